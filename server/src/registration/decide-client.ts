import { type AdmittedClient, admitClient } from '@postern/core/registration/admit-client.js';
import type { ClientMetadataDraft } from '@postern/core/registration/parse-client-metadata.js';
import type { RegisteredKey } from '@postern/core/registration/registered-key.js';
import type { Decision } from '../decision.js';
import type { Asking } from './count-request.js';
import { recordKeyEvents } from './record-key-events.js';

/** A client that may be registered, with the decisions about its sealing certificates. */
export interface DecidedClient {
  readonly client: AdmittedClient;
  readonly seals: readonly Decision[];
}

/** Judges every sealing certificate of a draft, then the whole: at registration and at each update alike. */
export async function decideClient(
  asking: Asking,
  draft: ClientMetadataDraft,
  correlationId: string,
): Promise<DecidedClient> {
  const { peer, realm, dependencies } = asking;
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
  const client = admitClient({ draft, peer, seals: judged, environment: realm.environment });
  return { client: { ...client, keys: client.keys.map((key) => completePath(key, seals)) }, seals };
}

/** Where the sealing certificate came alone, the path by which it was found qualified is registered with it. */
function completePath(key: RegisteredKey, seals: readonly Decision[]): RegisteredKey {
  const path = seals.find(({ evidence }) => evidence.certificate.thumbprint === key.kid)?.evidence.path;
  if (key.x5c.length > 1 || path === undefined || 'problem' in path) return key;
  return { ...key, x5c: path.certificates.map(({ der }) => Buffer.from(der).toString('base64')) };
}
