import type { AdmittedClient } from '@postern/core/registration/admit-client.js';
import { type AuditEvent, type AuditKind, insertAuditEvents } from '../audit/audit-event.js';
import { insertDecision, insertDecisions } from '../audit/insert-decision.js';
import type { Decision } from '../decision.js';
import { recordPresentation } from '../presentation/record-presentation.js';
import { insertRegistrationRequest } from '../store/client-requests.js';
import { insertFirstToken, insertRegistrationToken } from '../store/client-tokens.js';
import { insertClient, type RegisteredClient } from '../store/clients.js';
import type { Sql } from '../store/database.js';
import type { NameStanding } from '../store/name-reviews.js';
import { insertCertificates } from './insert-certificates.js';
import type { RegistrationAttempt } from './registration-attempt.js';
import { confirmRoom } from './registration-room.js';
import type { RegistrationToken } from './registration-token.js';

/** What was decided, with the secrets drawn for it. */
export interface NewRegistration {
  readonly client: AdmittedClient;
  readonly seals: readonly Decision[];
  readonly clientId: string;
  readonly token: RegistrationToken;
}

/** Thrown to roll back: another request with the same key was committed first. */
const taken = new Error('another request has the same key');

/**
 * Writes a registration in one transaction: organisation, certificates, decisions, client, keys, token, request and audit event.
 * Undefined, and nothing written, when the same request was recorded by another transaction meanwhile.
 */
export async function recordRegistration(
  attempt: RegistrationAttempt,
  registration: NewRegistration,
): Promise<RegisteredClient | undefined> {
  const client = toRegistered(attempt, registration);
  try {
    const nameStanding = await attempt.dependencies.database.transaction((sql) =>
      insertAll(sql, attempt, { ...registration, registered: client }),
    );
    return { ...client, nameStanding };
  } catch (cause) {
    if (cause === taken) return undefined;
    throw cause;
  }
}

/** Writes what a repeated request leaves behind: its own key, a fresh token, and the audit event. */
export async function recordRepetition(
  attempt: RegistrationAttempt,
  clientId: string,
  token: RegistrationToken,
): Promise<void> {
  const { dependencies, peer, now } = attempt;
  await dependencies.database.transaction(async (sql) => {
    await insertCertificates(sql, attempt);
    await insertDecision(sql, peer.decision);
    await insertRequests(sql, attempt, clientId);
    await insertRegistrationToken(sql, { clientId, tokenHash: token.tokenHash, issuedAt: now });
    await insertAuditEvents(sql, [eventOf(attempt, 'registration-repeated', clientId)]);
  });
}

async function insertAll(
  sql: Sql,
  attempt: RegistrationAttempt,
  all: NewRegistration & { readonly registered: RegisteredClient },
): Promise<NameStanding> {
  const { peer, now, call, dependencies } = attempt;
  await insertCertificates(sql, attempt, all.seals);
  await insertDecisions(sql, [peer.decision, ...all.seals]);
  await insertClient(sql, all.registered, peer.certificate.thumbprint);
  if (!(await insertRequests(sql, attempt, all.clientId))) throw taken;
  await insertFirstToken(sql, { clientId: all.clientId, tokenHash: all.token.tokenHash, issuedAt: now });
  const keys = { kids: all.client.keys.map(({ kid }) => kid), decisions: all.seals.map(({ id }) => id) };
  await insertAuditEvents(sql, [
    { ...eventOf(attempt, 'client-registered', all.clientId), detail: { ...keys, scope: all.client.metadata.scope } },
  ]);
  const presentation = { ...dependencies.presentation, isNew: true, at: now, correlationId: call.correlationId };
  const nameStanding = await recordPresentation(sql, all.registered, presentation);
  await confirmRoom(sql, attempt);
  return nameStanding;
}

/** False when one of the keys belongs to another request that still counts. */
async function insertRequests(sql: Sql, attempt: RegistrationAttempt, clientId: string): Promise<boolean> {
  for (const requestKey of attempt.requestKeys) {
    const request = { requestKey, bodyHash: attempt.bodyHash, clientId, receivedAt: attempt.now };
    if (!(await insertRegistrationRequest(sql, attempt.scope, request))) return false;
  }
  return true;
}

function toRegistered(attempt: RegistrationAttempt, { client, clientId }: NewRegistration): RegisteredClient {
  const { peer, scope, now } = attempt;
  const { brand, environment, organizationIdentifier } = scope;
  return {
    clientId,
    brand,
    environment,
    organizationIdentifier,
    legalName: peer.organization.legalName,
    ...client,
    issuedAt: now,
  };
}

function eventOf({ call, peer, scope, now }: RegistrationAttempt, kind: AuditKind, clientId: string): AuditEvent {
  return {
    at: now,
    kind,
    outcome: 'done',
    brand: scope.brand,
    environment: scope.environment,
    organizationIdentifier: scope.organizationIdentifier,
    clientId,
    thumbprint: peer.certificate.thumbprint,
    decisionId: peer.decision.id,
    correlationId: call.correlationId,
  };
}
