import { parseJson } from '@postern/core/json/parse-json.js';
import { Refusal } from '@postern/core/refusal/refusal.js';
import { parseClientMetadataInSteps } from '@postern/core/registration/parse-client-metadata.js';
import type { Realm } from '../realm.js';
import { requireActive } from '../require-active.js';
import { type RegistrationRequest, readRegistrationRequests } from '../store/client-requests.js';
import { readClient } from '../store/clients.js';
import { admitChange } from './admit-change.js';
import { countRequest } from './count-request.js';
import { type DecidedClient, decideClient } from './decide-client.js';
import type { RegistrationDependencies } from './dependencies.js';
import { doInTurns } from './pass-turns.js';
import { type RenderedRegistration, renderAnswer } from './read-registrations.js';
import { recordRegistration, recordRepetition } from './record-registration.js';
import {
  openAttempt,
  type RegistrationAttempt,
  type RegistrationCall,
  repetitionHours,
} from './registration-attempt.js';
import { requireRoom } from './registration-room.js';
import { issueRegistrationToken } from './registration-token.js';
import { requireSignature, verifyRequest } from './verify-request.js';

export interface RegistrationAnswer extends RenderedRegistration {
  /** 201 for a new client, 200 for the answer to a repeated request. */
  readonly status: 200 | 201;
}

/**
 * Registers a client (RFC 7591 section 3) for the organisation of the certificate presented, or answers a repeated request with the
 * client that it made. Throws Refusal: of the certificate, REQUEST_MALFORMED, METADATA_INVALID, REDIRECT_URI_INVALID,
 * IDEMPOTENCY_KEY_REUSED, RATE_LIMITED, REGISTRATION_QUOTA_REACHED, CLIENT_SUSPENDED, INITIAL_TOKEN_INVALID, and those of `verifyRequest`.
 */
export async function registerClient(
  call: RegistrationCall,
  realm: Realm,
  dependencies: RegistrationDependencies,
): Promise<RegistrationAnswer> {
  return admitChange(dependencies, call.presented, async (peer) => {
    const attempt = openAttempt({ call, realm, peer, dependencies });
    refuseInitialToken(call);
    await countRequest(attempt, 'registrations');
    requireSignature(attempt, call);
    const earlier = await findEarlier(attempt);
    if (earlier !== undefined) return repeat(attempt, earlier);
    await requireRoom(attempt);
    const { client, seals } = await decide(attempt);
    const token = issueRegistrationToken(dependencies.randomBytes);
    const clientId = dependencies.randomBytes(20).toString('hex');
    const registered = await recordRegistration(attempt, { client, seals, clientId, token });
    if (registered !== undefined) return { status: 201, ...renderAnswer(registered, realm, token.token) };
    // The same request came a second time while the first was under way, and that one has won.
    const winner = await findEarlier(attempt);
    if (winner === undefined) throw new Error('a registration request was taken and is not there');
    return repeat(attempt, winner);
  });
}

/** RFC 7591 section 3: who may register is said by an initial access token, where one is issued. None is: whatever comes is never right. */
function refuseInitialToken({ authorization }: RegistrationCall): void {
  if (authorization === undefined) return;
  throw new Refusal('INITIAL_TOKEN_INVALID', 'Send no Authorization header: no initial access tokens are issued here.');
}

async function findEarlier({
  dependencies,
  scope,
  requestKeys,
  bodyHash,
}: RegistrationAttempt): Promise<RegistrationRequest | undefined> {
  const found = await readRegistrationRequests(dependencies.database, scope, requestKeys);
  const byKey = found.find(({ requestKey }) => requestKey.startsWith('key:'));
  if (byKey !== undefined && byKey.bodyHash !== bodyHash) {
    throw new Refusal(
      'IDEMPOTENCY_KEY_REUSED',
      `The Idempotency-Key came within the last ${repetitionHours} hours with another body.`,
    );
  }
  return byKey ?? found[0];
}

async function decide(attempt: RegistrationAttempt): Promise<DecidedClient> {
  const { call, dependencies } = attempt;
  const draft = await doInTurns(
    parseClientMetadataInSteps(parseJson(call.body), dependencies.ownHosts, dependencies.policy),
  );
  return decideClient(attempt, { draft, registered: undefined, call });
}

async function repeat(attempt: RegistrationAttempt, earlier: RegistrationRequest): Promise<RegistrationAnswer> {
  const { call, realm, dependencies, scope } = attempt;
  const client = await readClient(dependencies.database, { ...scope, clientId: earlier.clientId });
  if (client === undefined) throw new Error(`the client ${earlier.clientId} ended while its registration was repeated`);
  requireActive(client);
  await verifyRequest(attempt, call, { sent: [], clientId: client.clientId });
  const token = issueRegistrationToken(dependencies.randomBytes);
  await recordRepetition(attempt, client.clientId, token);
  return { status: 200, ...renderAnswer(client, realm, token.token) };
}
