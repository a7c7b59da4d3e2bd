import { type AdmittedClient, admitClient } from '@postern/core/registration/admit-client.js';
import type { ClientMetadataDraft } from '@postern/core/registration/parse-client-metadata.js';
import type { Problem } from '@postern/core/registration/problem.js';
import type { RegisteredKey } from '@postern/core/registration/registered-key.js';
import type { Decision } from '../decision.js';
import type { RegisteredClient } from '../store/clients.js';
import type { Asking } from './count-request.js';
import { passTurns } from './pass-turns.js';
import { recordKeyEvents } from './record-key-events.js';
import { findAddressProblems } from './verify-key-addresses.js';
import { type SentRegistration, verifyRequest } from './verify-request.js';

/** A client that may be registered, with the decisions about its sealing certificates. */
export interface DecidedClient {
  readonly client: AdmittedClient;
  readonly seals: readonly Decision[];
}

/** What is asked to be registered, in the place of what is registered already. */
export interface AskedClient {
  readonly draft: ClientMetadataDraft;
  readonly registered: Pick<RegisteredClient, 'clientId' | 'keys'> | undefined;
  readonly call: SentRegistration & { readonly correlationId: string };
}

/** Judges every sealing certificate of a draft, the whole, then the signature of its request: at registration and at each update alike. */
export async function decideClient(asking: Asking, asked: AskedClient): Promise<DecidedClient> {
  const { peer, realm, dependencies } = asking;
  const { draft, call, registered } = asked;
  const seals = await Promise.all(
    draft.keys.map(async ({ path }, position) => {
      // Many at once would hold up whoever else asks.
      await passTurns(position);
      return dependencies.judge.judge(
        path.map(({ der }) => der),
        'seal',
      );
    }),
  );
  const judged = draft.keys.flatMap((candidate, position) => {
    const decision = seals[position];
    return decision === undefined ? [] : [{ candidate, qualification: decision.qualification }];
  });
  await recordKeyEvents(asking, { draft, seals, correlationId: call.correlationId });
  const application = { draft, peer, seals: judged, environment: realm.environment };
  const client = admitClient(application);
  await verifyRequest(asking, call, { sent: client.keys, clientId: registered?.clientId });
  const problems = await findAddressFaults(asking, asked);
  if (problems.length > 0) admitClient({ ...application, draft: { ...draft, problems } });
  return { client: { ...client, keys: client.keys.map((key) => completePath(key, seals)) }, seals };
}

/** Looked for last: only what is right otherwise is worth asking a third party's server for. */
async function findAddressFaults(
  { dependencies: { policy, fetch } }: Asking,
  { draft, registered }: AskedClient,
): Promise<readonly Problem[]> {
  return policy.verifyX5u ? findAddressProblems(draft.keys, registered?.keys ?? [], fetch) : [];
}

/** Where the sealing certificate came alone, the path by which it was found qualified is registered with it. */
function completePath(key: RegisteredKey, seals: readonly Decision[]): RegisteredKey {
  const path = seals.find(({ evidence }) => evidence.certificate.thumbprint === key.kid)?.evidence.path;
  if (key.x5c.length > 1 || path === undefined || 'problem' in path) return key;
  return { ...key, x5c: path.certificates.map(({ der }) => Buffer.from(der).toString('base64')) };
}
