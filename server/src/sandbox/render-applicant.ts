import type { IssuedCertificate, SandboxApplicant } from '../store/sandbox.js';

/** An applicant as its owner sees it, in JSON. */
export type RenderedApplicant = ReturnType<typeof renderApplicant>;

/** What the owner of test certificates is told: never the secret, which is not kept. */
export function renderApplicant(applicant: SandboxApplicant, certificates: readonly IssuedCertificate[]) {
  const { state, decidedAt, reason } = applicant;
  return {
    id: applicant.id,
    state,
    organization_identifier: applicant.organizationIdentifier,
    organization_name: applicant.organizationName,
    roles: applicant.roles,
    contact: applicant.contact,
    register_state: applicant.registerState,
    requested_at: applicant.requestedAt.toISOString(),
    ...(decidedAt === undefined ? {} : { decided_at: decidedAt.toISOString() }),
    ...(reason === undefined ? {} : { reason }),
    certificates: certificates.map((certificate) => ({
      kind: certificate.kind,
      serial_number: certificate.serialNumber,
      state: certificate.state,
      issued_at: certificate.issuedAt.toISOString(),
      not_after: certificate.notAfter.toISOString(),
      ...(certificate.revokedAt === undefined ? {} : { revoked_at: certificate.revokedAt.toISOString() }),
      path: certificate.path,
    })),
  };
}
