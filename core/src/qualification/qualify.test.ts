import { describe, expect, it } from 'vitest';
import {
  createTestQtsp,
  gatherEvidence,
  issueCrl,
  issueQualified,
  type QualifiedRecipe,
} from '../../../tests/material/issue-qualified-evidence.js';
import {
  after,
  goodInstitution,
  goodService,
  now,
  policy,
  withInstitution,
  withServices,
} from '../../../tests/material/qualification-evidence.js';
import { oid } from '../certificate/object-identifiers.js';
import { Refusal } from '../refusal/refusal.js';
import type { Evidence } from './evidence.js';
import { qualify } from './qualify.js';
import { requireQualified } from './require-qualified.js';
import { ruleCatalogue } from './rule-catalogue.js';
import { validUntil } from './valid-until.js';

const qtsp = createTestQtsp();
const good = gatherEvidence(qtsp, issueQualified(qtsp));

function evidenceOf(recipe: QualifiedRecipe): Evidence {
  return gatherEvidence(qtsp, issueQualified(qtsp, recipe));
}

function withRegister(candidates: readonly (typeof goodInstitution)[]): Evidence {
  return { ...good, register: { available: true, version: 'r1', publishedAt: now, candidates } };
}

/** The rules that did not hold, the decisive one first. */
function broken(evidence: Evidence, at = now) {
  const { findings } = qualify(evidence, policy, at);
  const failed = findings.filter(({ outcome }) => outcome === 'fail').map(({ rule }) => rule);
  return failed.length > 0
    ? failed
    : findings.filter(({ outcome }) => outcome === 'indeterminate').map(({ rule }) => rule);
}

describe('qualify', () => {
  it('says qualified when every rule holds, with the organisation and the end', () => {
    const qualification = qualify(good, policy, now);
    expect(qualification.findings.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'not-applicable')).toEqual(
      [],
    );
    expect(qualification).toMatchObject({
      outcome: 'qualified',
      at: now,
      organization: {
        identifier: 'PSDFR-ACPR-12345',
        legalName: 'EXEMPLE (S.A.S.)',
        certificateRoles: ['PSP_PI', 'PSP_AI'],
        registerRoles: ['PSP_PI', 'PSP_AI'],
      },
      validUntil: after(3600),
    });
    expect(requireQualified(qualification)).toBe(qualification);
  });

  it('keeps the finding of every rule, in the order of the catalogue', () => {
    expect(qualify(good, policy, now).findings.map(({ rule }) => rule)).toEqual(ruleCatalogue.map(({ id }) => id));
  });

  it.each<[string, () => Evidence, string, string]>([
    ['expired (C3)', () => evidenceOf({ notAfter: after(-1) }), 'time.not-expired', 'CERTIFICATE_EXPIRED'],
    ['not-yet-valid (C4)', () => evidenceOf({ notBefore: after(3600) }), 'time.not-before', 'CERTIFICATE_INVALID'],
    ['wrong-issuer (C43)', () => wrongIssuer(), 'path.trusted-issuer', 'CERTIFICATE_UNKNOWN_ISSUER'],
    [
      'no-psd2-statement (C13)',
      () => evidenceOf({ withoutPsd2: true }),
      'psd2.statement-present',
      'CERTIFICATE_INVALID',
    ],
    [
      'role-name-mismatch (C15)',
      () => evidenceOf({ roles: [[oid.rolePspAi, 'PSP_PI']] }),
      'psd2.role-name-matches-oid',
      'CERTIFICATE_INVALID',
    ],
    ['flat-roles', () => evidenceOf({ flatRoles: true }), 'psd2.statement-well-formed', 'CERTIFICATE_INVALID'],
    [
      'seal-as-qwac (C9)',
      () => evidenceOf({ qcType: oid.qcTypeEseal }),
      'qc.type-matches-use',
      'CERTIFICATE_WRONG_TYPE',
    ],
    [
      'revoked (C26)',
      () => gatherEvidence(qtsp, good.certificate, 'revoked'),
      'revocation.not-revoked',
      'CERTIFICATE_REVOKED',
    ],
    ['unknown-organization (C19)', () => withRegister([]), 'register.organization-found', 'CERTIFICATE_BLOCKED'],
    [
      'withdrawn-organization (A4)',
      () => withRegister([{ ...goodInstitution, authorisationDates: ['2019-03-01', '2026-02-01'] }]),
      'register.authorisation-active',
      'CERTIFICATE_BLOCKED',
    ],
    ['nca-mismatch', () => evidenceOf({ ncaId: 'DE-BAFIN' }), 'psd2.nca-matches-organization', 'CERTIFICATE_INVALID'],
    [
      'roles of a bank only (C17)',
      () => evidenceOf({ roles: [[oid.rolePspAs, 'PSP_AS']] }),
      'psd2.tpp-role-present',
      'ROLE_INVALID',
    ],
  ])('%s is named by its own rule alone', (_, evidence, rule, code) => {
    const built = evidence();
    expect(broken(built)).toEqual([rule]);
    const qualification = qualify(built, policy, now);
    expect(qualification).toMatchObject({ outcome: 'not-qualified', code });
    expect(refusalOf(() => requireQualified(qualification))).toMatchObject({
      code,
      message: expect.stringContaining(rule),
      findings: qualification.findings,
    });
  });

  it.each<[string, Evidence, string, string]>([
    [
      'no trusted lists',
      { ...good, trust: { available: false, reason: 'none' } },
      'trust.lists-available',
      'TRUST_DATA_UNAVAILABLE',
    ],
    [
      'no register',
      { ...good, register: { available: false, reason: 'none' } },
      'register.available',
      'TRUST_DATA_UNAVAILABLE',
    ],
    [
      'no answer about revocation (C28)',
      { ...good, revocation: [] },
      'revocation.status-known',
      'CERTIFICATE_STATUS_UNKNOWN',
    ],
    [
      'OCSP unknown (C27)',
      gatherEvidence(qtsp, good.certificate, 'unknown'),
      'revocation.status-known',
      'CERTIFICATE_STATUS_UNKNOWN',
    ],
  ])('%s leaves it open', (_, evidence, rule, code) => {
    expect(broken(evidence)).toEqual([rule]);
    expect(qualify(evidence, policy, now)).toMatchObject({ outcome: 'indeterminate', code });
    expect(refusalOf(() => requireQualified(qualify(evidence, policy, now))).code).toBe(code);
  });

  it('what fails outweighs what is open', () => {
    const evidence: Evidence = {
      ...gatherEvidence(qtsp, good.certificate, 'revoked'),
      trust: { available: false, reason: 'none' },
    };
    expect(qualify(evidence, policy, now)).toMatchObject({ outcome: 'not-qualified', code: 'CERTIFICATE_REVOKED' });
  });

  it('does not apply a clause to certificates issued before it was one', () => {
    const finding = qualify(good, policy, now).findings.find(({ rule }) => rule === 'qc.statements-once');
    expect(finding).toMatchObject({ outcome: 'not-applicable', found: expect.stringContaining('2026-06-01') });
  });
});

describe('validUntil', () => {
  function end(evidence: Evidence) {
    return requireQualified(qualify(evidence, policy, now)).validUntil;
  }

  it.each<[string, Evidence, Date]>([
    ['the OCSP response', good, after(3600)],
    ['the certificate', evidenceOf({ notAfter: after(60) }), after(60)],
  ])('is that of %s', (_, evidence, expected) => {
    expect(end(evidence)).toEqual(expected);
  });

  it('is the next change announced in the register or on the trusted list', () => {
    const withdrawal = withInstitution({ authorisationDates: ['2019-03-01', '2026-03-02'] });
    expect(validUntil(withdrawal, policy, now)).toEqual(new Date('2026-03-02T00:00:00Z'));
    const [current] = goodService.statuses;
    const announced = current === undefined ? [] : [{ ...current, startingAt: after(60) }, current];
    expect(validUntil(withServices([{ ...goodService, statuses: announced }]), policy, now)).toEqual(after(60));
  });

  it('is that of the CRL where only a CRL is good, or of the list if that ends first', () => {
    const crl = { source: 'crl', address: 'http://crl.example/', receivedAt: now, bytes: issueCrl(qtsp) } as const;
    expect(end({ ...good, revocation: [crl] })).toEqual(after(7200));
    const lists = good.trust.available ? good.trust.lists.map((list) => ({ ...list, nextUpdate: after(60) })) : [];
    expect(end({ ...good, revocation: [crl], trust: { available: true, version: 'v', lists } })).toEqual(
      after(60 + policy.staleListGraceSeconds),
    );
  });
});

function wrongIssuer(): Evidence {
  const forged = createTestQtsp();
  const certificate = issueQualified(forged);
  return { ...gatherEvidence(qtsp, certificate), revocation: [] };
}

function refusalOf(act: () => unknown): Refusal {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
