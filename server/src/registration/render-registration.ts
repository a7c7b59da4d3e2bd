import { findForeignHosts } from '@postern/core/registration/foreign-hosts.js';
import { renderJwk } from '@postern/core/registration/render-jwk.js';
import type { Realm } from '../realm.js';
import type { RegisteredClient } from '../store/clients.js';
import { mayShowNames, type NameStanding } from '../store/name-reviews.js';

/**
 * A registration as RFC 7591 section 3.2.1 and RFC 7592 section 3 answer it, its members always in the same order and without
 * a registration access token.
 * `warnings` are for the developer's eyes: they may be sent back with the rest, and are ignored.
 */
export function renderRegistration(
  client: RegisteredClient,
  realm: Pick<Realm, 'issuer'>,
): Readonly<Record<string, unknown>> {
  const warnings = [
    ...findForeignHosts(client.metadata).map(({ text }) => text.replace(' must ', ' should ')),
    ...describeNameStanding(client.nameStanding),
    ...(client.suspension === undefined ? [] : [`The bank has suspended this registration: ${client.suspension}`]),
  ];
  return {
    client_id: client.clientId,
    client_id_issued_at: issuedAtOf(client),
    ...Object.fromEntries(Object.entries(client.metadata).sort(([a], [b]) => (a < b ? -1 : 1))),
    jwks: { keys: client.keys.map(renderJwk) },
    registration_client_uri: clientUriOf(client, realm),
    ...(warnings.length === 0 ? {} : { warnings }),
  };
}

function describeNameStanding(standing: NameStanding | undefined): readonly string[] {
  if (standing === undefined || mayShowNames(standing)) return [];
  const reasons = standing.doubts.map(({ text }) => text).join(', ');
  return [
    standing.state === 'refused'
      ? `client_name is not shown to customers: it ${reasons}. They see the registered legal name alone.`
      : `client_name is shown to customers once the bank has looked at it: it ${reasons}. Until then they see the registered legal name alone.`,
  ];
}

export function clientUriOf({ clientId }: Pick<RegisteredClient, 'clientId'>, realm: Pick<Realm, 'issuer'>): string {
  return `${realm.issuer}/oauth2/registrations/${clientId}`;
}

/** Seconds since 1970. */
export function issuedAtOf({ issuedAt }: Pick<RegisteredClient, 'issuedAt'>): number {
  return Math.floor(issuedAt.getTime() / 1000);
}
