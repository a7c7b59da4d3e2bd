import { homeCountry, rolesForServices } from '../register/roles-for-services.js';
import type { Evidence, QualificationPolicy } from './evidence.js';
import type { Finding } from './finding.js';
import { tppRolesOf } from './psp-roles.js';
import type { Organization, Qualification, QualifiedCertificate } from './qualification.js';
import { institutionOf } from './reading/institutions-of.js';
import { organizationOf } from './reading/organization-of.js';
import { statementOf } from './reading/statement-of.js';
import type { Rule } from './rule.js';
import { ruleCatalogue } from './rule-catalogue.js';
import { validUntil } from './valid-until.js';

/**
 * The one decision on a certificate: runs every rule of the catalogue over the evidence at a time and keeps all findings.
 * Not qualified if any rule fails, else indeterminate if any is, else qualified. The same evidence, policy and time give
 * the same answer for ever, so that a recorded decision can be replayed.
 */
export function qualify(evidence: Evidence, policy: QualificationPolicy, now: Date): Qualification {
  const findings = ruleCatalogue.map((rule) => judgeRule(rule, { evidence, policy, now }));
  const failed = findings.findIndex(({ outcome }) => outcome === 'fail');
  const decisive = failed >= 0 ? failed : findings.findIndex(({ outcome }) => outcome === 'indeterminate');
  const rule = ruleCatalogue[decisive];
  if (rule !== undefined) {
    return { outcome: failed >= 0 ? 'not-qualified' : 'indeterminate', at: now, code: rule.refusal, findings };
  }
  return {
    outcome: 'qualified',
    at: now,
    certificate: evidence.certificate as QualifiedCertificate,
    organization: readOrganization(evidence, now),
    findings,
    validUntil: validUntil(evidence, policy, now),
  };
}

interface Occasion {
  readonly evidence: Evidence;
  readonly policy: QualificationPolicy;
  readonly now: Date;
}

function judgeRule(rule: Rule, { evidence, policy, now }: Occasion): Finding {
  const { id, layer, title, clause } = rule;
  if (rule.effective !== undefined && evidence.certificate.notBefore < new Date(rule.effective)) {
    const found = `issued before ${rule.effective}, when the clause began to apply`;
    return { rule: id, layer, title, outcome: 'not-applicable', found, expected: '', clause, remedy: '' };
  }
  const { outcome, found, expected, remedy } = rule.judge(evidence, policy, now);
  return { rule: id, layer, title, outcome, found, expected, clause, remedy: remedy ?? '' };
}

/** Called when every rule held; the catalogue's rules make sure that all three are there. */
function readOrganization(evidence: Evidence, now: Date): Organization {
  const identifier = organizationOf(evidence);
  const statement = statementOf(evidence);
  const institution = institutionOf(evidence, now);
  if (identifier === undefined || statement === undefined || institution === undefined) {
    throw new TypeError('The rule catalogue let evidence pass that names no organisation.');
  }
  return {
    identifier: identifier.text,
    legalName: institution.names[0] ?? institution.entityCode,
    certificateRoles: tppRolesOf(statement.roles),
    registerRoles: rolesForServices(institution, homeCountry(institution)),
  };
}
