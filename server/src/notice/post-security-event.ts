import type { GuardedFetch } from '../fetch/guarded-fetch.js';
import type { SigningKeys } from '../keys/signing-keys.js';
import { allBrands, type Realm } from '../realm.js';
import type { Notice } from '../store/notices.js';
import type { NoticeAdapter } from './deliver-notices.js';

export interface WebhookOptions {
  /** The bank's own receiver, which knows how to reach people. */
  readonly url: string;
  readonly fetch: GuardedFetch;
  readonly signingKeys: Pick<SigningKeys, 'issueJwt'>;
  readonly realms: readonly Realm[];
  readonly clock: () => Date;
}

const timeoutMs = 10_000;
const mostAnswered = 64 * 1024;

/**
 * Posts each notice as a Security Event Token (RFC 8417) by push (RFC 8935): `application/secevent+jwt`, signed with the key that
 * signs access tokens, to be verified with the JWKS of the issuer named in it. Taken when the answer is 2xx; `jti` is the
 * notice's id and stays the same when it comes again.
 */
export function createWebhook(options: WebhookOptions): NoticeAdapter {
  return async (notice) => {
    const answer = await options.fetch(options.url, {
      method: 'POST',
      headers: { 'content-type': 'application/secevent+jwt' },
      accept: 'application/json',
      body: Buffer.from(options.signingKeys.issueJwt('secevent+jwt', describeEvent(notice, options))),
      maxBytes: mostAnswered,
      timeoutMs,
    });
    if (answer.failure === undefined || isTaken(answer.status)) return undefined;
    return answer.failure;
  };
}

function isTaken(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

function describeEvent(
  { id, clientId, applicantId, kind, content, writtenAt }: Notice,
  { url, realms, clock }: WebhookOptions,
) {
  const inEnvironment = realms.filter(({ environment }) => environment === content.environment);
  // A client of all brands is told of by the first: the keys of all are the same.
  const realm =
    inEnvironment.find(({ brand }) => brand.id === content.brand) ??
    (content.brand === allBrands ? inEnvironment[0] : undefined);
  return {
    iss: realm?.issuer ?? '',
    aud: url,
    jti: id,
    iat: Math.floor(clock().getTime() / 1000),
    toe: Math.floor(writtenAt.getTime() / 1000),
    sub_id: { format: 'opaque', id: clientId ?? applicantId ?? '' },
    events: {
      [`urn:postern:notice:${kind}`]: {
        ...(clientId === undefined
          ? { applicant: applicantId, organization_name: content.clientName }
          : { client_id: clientId, client_name: content.clientName }),
        organization_identifier: content.organizationIdentifier,
        contacts: content.contacts,
        ...content.detail,
      },
    },
  };
}
