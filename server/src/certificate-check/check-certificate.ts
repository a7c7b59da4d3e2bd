import { readOrganizationIdentifier } from '@postern/core/certificate/organization-identifier.js';
import { renderName } from '@postern/core/certificate/render-name.js';
import { isVouchedFor } from '@postern/core/qualification/is-vouched-for.js';
import { tppRolesOf } from '@postern/core/qualification/psp-roles.js';
import { insertAuditEvents } from '../audit/audit-event.js';
import type { AuditLog } from '../audit/audit-log.js';
import { insertDecision } from '../audit/insert-decision.js';
import type { CertificateJudge, Decision } from '../decision.js';
import type { Realm } from '../realm.js';
import type { Database } from '../store/database.js';

export interface CheckDependencies {
  readonly database: Database;
  readonly judge: CertificateJudge;
  readonly audit: Pick<AuditLog, 'append'>;
  readonly clock: () => Date;
}

export interface CheckCall {
  readonly presented: readonly Uint8Array[];
  readonly correlationId: string;
  /** The address that it came from. */
  readonly source: string;
}

/**
 * What the bank thinks of a certificate for TLS: every rule's finding, whatever the outcome. Recorded, so that it can be replayed; of a
 * stranger once a day.
 * Throws Refusal CERTIFICATE_MISSING, and CERTIFICATE_INVALID when it cannot even be read.
 */
export async function checkCertificate(
  call: CheckCall,
  realm: Realm,
  dependencies: CheckDependencies,
): Promise<Decision> {
  const decision = await dependencies.judge.judge(call.presented, 'website');
  await record({ call, realm, decision }, dependencies);
  return decision;
}

/** A decision as the check answers it. */
export function renderCheck(decision: Decision, correlationId: string): Readonly<Record<string, unknown>> {
  const { qualification } = decision;
  return {
    outcome: qualification.outcome,
    ...(qualification.outcome === 'qualified'
      ? { organization: qualification.organization }
      : { code: qualification.code }),
    roles: rolesOf(decision),
    certificate: describe(decision),
    findings: qualification.findings,
    decision: decision.id,
    correlation_id: correlationId,
  };
}

async function record(
  { call, realm, decision }: { call: CheckCall; realm: Realm; decision: Decision },
  { database, audit, clock }: CheckDependencies,
): Promise<void> {
  const { qualification, evidence } = decision;
  const identifier = readOrganizationIdentifier(evidence.certificate);
  const at = clock();
  const event = {
    at,
    kind: 'certificate-checked',
    outcome: 'done',
    code: qualification.outcome === 'qualified' ? undefined : qualification.code,
    brand: realm.brand.id,
    environment: realm.environment,
    organizationIdentifier: identifier.kind === 'psd' ? identifier.text : undefined,
    thumbprint: evidence.certificate.thumbprint,
    decisionId: decision.id,
    correlationId: call.correlationId,
  } as const;
  if (!isVouchedFor(evidence, qualification.at)) return audit.append(event, call.source);
  await database.transaction(async (sql) => {
    await insertDecision(sql, decision);
    await insertAuditEvents(sql, [event]);
  });
}

function rolesOf({ evidence }: Decision): readonly string[] {
  return evidence.certificate.qcStatements.psd2.flatMap((statement) =>
    statement.malformed === undefined ? tppRolesOf(statement.roles) : [],
  );
}

function describe({ evidence: { certificate } }: Decision) {
  return {
    subject: renderName(certificate.subject),
    issuer: renderName(certificate.issuer),
    serialNumber: certificate.serialNumber,
    thumbprint: certificate.thumbprint,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
  };
}
