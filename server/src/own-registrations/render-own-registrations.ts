import type { OwnCertificate, OwnClient, OwnRegistrations } from '@postern/web/views/own-registrations-view.js';

/** The same as the page tells, as JSON. */
export function renderOwnRegistrations(
  { presented, organization, clients, certificates, refusals }: OwnRegistrations,
  { errorsPage, correlationId }: { readonly errorsPage: string; readonly correlationId: string },
): Readonly<Record<string, unknown>> {
  return {
    outcome: presented.outcome,
    ...(presented.code === undefined ? {} : { code: presented.code, findings: presented.findings }),
    certificate: presented.thumbprint,
    ...(organization === undefined
      ? {}
      : { organization: { identifier: organization.identifier, legal_name: organization.legalName } }),
    clients: clients.map(renderClient),
    certificates: certificates.map(renderCertificate),
    refusals: refusals.map(({ at, code, method, route, correlationId: reference, findings }) => ({
      at,
      code,
      method,
      route,
      correlation_id: reference,
      findings,
      documentation: `${errorsPage}#${code}`,
    })),
    correlation_id: correlationId,
  };
}

function renderClient(client: OwnClient) {
  return {
    client_id: client.clientId,
    client_name: client.name,
    scope: client.scopes.join(' '),
    redirect_uris: client.redirectUris,
    issued_at: client.issuedAt,
    for_all_brands: client.forAllBrands,
    suspension: client.suspension,
    name_state: client.nameState,
    name_doubts: client.nameDoubts,
    keys: client.keys.map(({ kid, alias, x5u, notAfter, standing }) => ({
      kid,
      alias,
      x5u,
      not_after: notAfter,
      state: standing,
    })),
  };
}

function renderCertificate({ thumbprint, use, firstSeenAt, notAfter, standing, reason }: OwnCertificate) {
  return { thumbprint, use, first_seen_at: firstSeenAt, not_after: notAfter, state: standing, reason };
}
