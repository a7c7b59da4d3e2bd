import { type AdmittedClient, admitClient } from '@postern/core/registration/admit-client.js';
import type { ClientMetadataDraft } from '@postern/core/registration/parse-client-metadata.js';
import type { RegisteredKey } from '@postern/core/registration/registered-key.js';
import type { Decision } from '../decision.js';
import type { Asking } from './count-request.js';
import { recordKeyEvents } from './record-key-events.js';
import { findAddressProblems } from './verify-key-addresses.js';

/** A client that may be registered, with the decisions about its sealing certificates. */
export interface DecidedClient {
  readonly client: AdmittedClient;
  readonly seals: readonly Decision[];
}

/** What is asked to be registered, in the place of what is registered already. */
export interface AskedClient {
  readonly draft: ClientMetadataDraft;
  readonly registered: readonly RegisteredKey[];
  readonly correlationId: string;
}

/** Judges every sealing certificate of a draft, then the whole: at registration and at each update alike. */
export async function decideClient(asking: Asking, asked: AskedClient): Promise<DecidedClient> {
  const { peer, realm, dependencies } = asking;
  const { draft, correlationId } = asked;
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
  await recordKeyEvents(asking, { draft, seals, correlationId });
  const verified = await verifyAddresses(asking, asked);
  const client = admitClient({ draft: verified, peer, seals: judged, environment: realm.environment });
  return { client: { ...client, keys: client.keys.map((key) => completePath(key, seals)) }, seals };
}

/** Only what is right otherwise is worth asking a third party's server for. */
async function verifyAddresses(
  { dependencies: { policy, fetch } }: Asking,
  { draft, registered }: AskedClient,
): Promise<ClientMetadataDraft> {
  if (!policy.verifyX5u || draft.problems.length > 0) return draft;
  return { ...draft, problems: await findAddressProblems(draft.keys, registered, fetch) };
}

/** Where the sealing certificate came alone, the path by which it was found qualified is registered with it. */
function completePath(key: RegisteredKey, seals: readonly Decision[]): RegisteredKey {
  const path = seals.find(({ evidence }) => evidence.certificate.thumbprint === key.kid)?.evidence.path;
  if (key.x5c.length > 1 || path === undefined || 'problem' in path) return key;
  return { ...key, x5c: path.certificates.map(({ der }) => Buffer.from(der).toString('base64')) };
}
