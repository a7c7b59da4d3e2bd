import { parseCertificate } from '@postern/core/certificate/parse-certificate.js';
import type { CertificationRequest } from '@postern/core/certificate/parse-certification-request.js';
import { renderPem } from '@postern/core/issuance/pem.js';
import { insertAuditEvents } from '../audit/audit-event.js';
import type { Sql } from '../store/database.js';
import { insertSandboxCertificate, raiseSandboxVersion, type SandboxApplicant } from '../store/sandbox.js';
import type { RequestPair } from './parse-request.js';
import type { SandboxCall, SandboxContext } from './sandbox-context.js';
import { issueTestCertificate } from './sandbox-profile.js';

/** Issues what the requests ask for and writes it, with an event for each; to be called in the transaction of what led to it. */
export async function issueAndRecord(
  sql: Sql,
  context: SandboxContext,
  { applicant, requests, call }: { applicant: SandboxApplicant; requests: Partial<RequestPair>; call: SandboxCall },
): Promise<void> {
  const { website, seal } = requests;
  if (website !== undefined) await issueOne(sql, context, { applicant, call, kind: 'qwac', request: website });
  if (seal !== undefined) await issueOne(sql, context, { applicant, call, kind: 'qsealc', request: seal });
  await raiseSandboxVersion(sql);
}

interface Issuing {
  readonly applicant: SandboxApplicant;
  readonly call: SandboxCall;
  readonly kind: 'qwac' | 'qsealc';
  readonly request: CertificationRequest;
}

async function issueOne(sql: Sql, context: SandboxContext, { applicant, call, kind, request }: Issuing): Promise<void> {
  const { root, issuers } = context.authority();
  const [issuer] = issuers;
  const order = { ...applicant, kind, publicKey: request.publicKey };
  const der = issueTestCertificate(order, { ...context, issuer }, call.now);
  const certificate = parseCertificate(der);
  const path = [der, issuer.credential.certificate.der, root.certificate.der];
  await insertSandboxCertificate(sql, {
    serialNumber: certificate.serialNumber,
    applicantId: applicant.id,
    brand: applicant.brand,
    kind,
    issuer: issuer.credential.certificate.thumbprint,
    thumbprint: certificate.thumbprint,
    path: path.map((each) => renderPem('CERTIFICATE', each)).join(''),
    issuedAt: call.now,
    notAfter: certificate.notAfter,
    state: 'good',
    revokedAt: undefined,
    reason: undefined,
    defect: undefined,
  });
  await insertAuditEvents(sql, [
    {
      at: call.now,
      kind: 'sandbox-certificate-issued',
      outcome: 'done',
      brand: applicant.brand,
      environment: 'sandbox',
      organizationIdentifier: applicant.organizationIdentifier,
      thumbprint: certificate.thumbprint,
      correlationId: call.correlationId,
      detail: { applicant: applicant.id, kind, serialNumber: certificate.serialNumber },
    },
  ]);
}
