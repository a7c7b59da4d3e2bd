import { parseJson } from '@postern/core/json/parse-json.js';
import { Refusal } from '@postern/core/refusal/refusal.js';
import { type AdmittedClient, admitClient } from '@postern/core/registration/admit-client.js';
import { parseClientMetadata } from '@postern/core/registration/parse-client-metadata.js';
import { admitPeer, type Decision } from '../decision.js';
import type { Realm } from '../realm.js';
import { type RegistrationRequest, readRegistrationRequests } from '../store/client-requests.js';
import { readClient } from '../store/clients.js';
import type { RegistrationDependencies } from './dependencies.js';
import { recordRegistration, recordRepetition } from './record-registration.js';
import {
  openAttempt,
  type RegistrationAttempt,
  type RegistrationCall,
  repetitionHours,
} from './registration-attempt.js';
import { issueRegistrationToken } from './registration-token.js';
import { renderRegistration } from './render-registration.js';

export interface RegistrationAnswer {
  /** 201 for a new client, 200 for the answer to a repeated request. */
  readonly status: 200 | 201;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * Registers a client (RFC 7591 section 3) for the organisation of the certificate presented, or answers a repeated request with the
 * client that it made. Throws Refusal: of the certificate, REQUEST_MALFORMED, METADATA_INVALID, REDIRECT_URI_INVALID,
 * IDEMPOTENCY_KEY_REUSED.
 */
export async function registerClient(
  call: RegistrationCall,
  realm: Realm,
  dependencies: RegistrationDependencies,
): Promise<RegistrationAnswer> {
  return admitPeer(dependencies.judge, call.presented, async (peer) => {
    const attempt = openAttempt({ call, realm, peer, dependencies });
    const earlier = await findEarlier(attempt);
    if (earlier !== undefined) return repeat(attempt, earlier);
    const { client, seals } = await decide(attempt);
    const token = issueRegistrationToken(dependencies.randomBytes);
    const clientId = dependencies.randomBytes(20).toString('hex');
    const registered = await recordRegistration(attempt, { client, seals, clientId, token });
    if (registered !== undefined) return { status: 201, body: renderRegistration(registered, realm, token.token) };
    // The same request came a second time while the first was under way, and that one has won.
    const winner = await findEarlier(attempt);
    if (winner === undefined) throw new Error('a registration request was taken and is not there');
    return repeat(attempt, winner);
  });
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

async function decide(attempt: RegistrationAttempt): Promise<{ client: AdmittedClient; seals: readonly Decision[] }> {
  const { call, realm, peer, dependencies } = attempt;
  const draft = parseClientMetadata(parseJson(call.body), dependencies.ownHosts, realm.brand.registration);
  const seals = await Promise.all(
    draft.keys.map(({ path }) =>
      dependencies.judge.judge(
        path.map(({ der }) => der),
        'seal',
      ),
    ),
  );
  const judged = draft.keys.flatMap((candidate, position) => {
    const decision = seals[position];
    return decision === undefined ? [] : [{ candidate, qualification: decision.qualification }];
  });
  return { client: admitClient({ draft, peer, seals: judged, environment: realm.environment }), seals };
}

async function repeat(attempt: RegistrationAttempt, earlier: RegistrationRequest): Promise<RegistrationAnswer> {
  const { realm, dependencies, scope } = attempt;
  const client = await readClient(dependencies.database, { ...scope, clientId: earlier.clientId });
  if (client === undefined) throw new Error(`the client ${earlier.clientId} ended while its registration was repeated`);
  const token = issueRegistrationToken(dependencies.randomBytes);
  await recordRepetition(attempt, client.clientId, token);
  return { status: 200, body: renderRegistration(client, realm, token.token) };
}
