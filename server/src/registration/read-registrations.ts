import { Refusal } from '@postern/core/refusal/refusal.js';
import type { AuditEvent } from '../audit/audit-event.js';
import { admitPeer, type QualifiedPeer } from '../decision.js';
import type { Realm } from '../realm.js';
import { readRegistrationTokenHashes } from '../store/client-tokens.js';
import { type RegisteredClient, readClient, readClientsOfOrganization } from '../store/clients.js';
import type { RegistrationDependencies } from './dependencies.js';
import { isRegistrationToken } from './registration-token.js';
import { renderRegistration } from './render-registration.js';

export interface ReadCall {
  readonly presented: readonly Uint8Array[];
  readonly correlationId: string;
}

/** All registrations of the organisation of the certificate presented: how a lost answer is found again. */
export async function listRegistrations(
  call: ReadCall,
  realm: Realm,
  dependencies: RegistrationDependencies,
): Promise<Readonly<Record<string, unknown>>> {
  return admitPeer(dependencies.judge, call.presented, async (peer) => {
    const clients = await readClientsOfOrganization(dependencies.database, {
      ...placeOf(realm),
      organizationIdentifier: peer.organization.identifier,
    });
    record({ call, realm, peer, dependencies });
    return { registrations: clients.map((client) => renderRegistration(client, realm)) };
  });
}

/**
 * One registration (RFC 7592 section 2.1). A certificate of its organisation is sufficient; an Authorization that is presented
 * must hold one of its tokens. That a client belongs to another organisation cannot be told from that it does not exist.
 */
export async function readRegistration(
  call: ReadCall & { readonly clientId: string; readonly authorization: string | undefined },
  realm: Realm,
  dependencies: RegistrationDependencies,
): Promise<Readonly<Record<string, unknown>>> {
  return admitPeer(dependencies.judge, call.presented, async (peer) => {
    const token = readBearer(call.authorization);
    // Asked for as one of this organisation, so that a foreign one is as quickly not found as one that does not exist.
    const sought = { clientId: call.clientId, organizationIdentifier: peer.organization.identifier };
    const [client, hashes] = await Promise.all([
      readClient(dependencies.database, { ...placeOf(realm), ...sought }),
      readRegistrationTokenHashes(dependencies.database, sought),
    ]);
    const isRight = token === undefined || isRegistrationToken(token, hashes);
    if (token !== undefined && (!isRight || client === undefined)) {
      throw new Refusal('REGISTRATION_TOKEN_INVALID', 'The registration access token is not one of this registration.');
    }
    if (client === undefined) {
      throw new Refusal('REGISTRATION_NOT_FOUND', 'The organisation of the certificate has no such registration here.');
    }
    record({ call, realm, peer, dependencies, client });
    return renderRegistration(client, realm, token);
  });
}

/** The text after Bearer (RFC 6750 section 2.1); another scheme gives a token that is never right. */
function readBearer(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined;
  return /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i.exec(authorization)?.[1] ?? '';
}

function placeOf(realm: Realm) {
  return { brand: realm.brand.id, environment: realm.environment };
}

interface Reading {
  readonly call: ReadCall;
  readonly realm: Realm;
  readonly peer: QualifiedPeer;
  readonly dependencies: RegistrationDependencies;
  readonly client?: RegisteredClient;
}

function record({ call, realm, peer, dependencies, client }: Reading): void {
  const event: AuditEvent = {
    at: dependencies.clock(),
    kind: 'registration-read',
    outcome: 'done',
    ...placeOf(realm),
    organizationIdentifier: peer.organization.identifier,
    clientId: client?.clientId,
    thumbprint: peer.certificate.thumbprint,
    decisionId: peer.decision.id,
    correlationId: call.correlationId,
  };
  dependencies.audit.append(event);
}
