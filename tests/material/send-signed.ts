import type { KeyObject } from 'node:crypto';
import { type RawAnswer, sendRaw } from './send-raw.js';
import { writeSignedCall } from './signed-call.js';

/** A third party that calls the accounts. */
export interface SignedCaller {
  readonly qwac: { readonly path: string; readonly key: string };
  readonly seal: { readonly keyId: string; readonly privateKey: KeyObject };
  readonly accessToken: string;
}

/** A good signed GET of the accounts at a listener of the bank whose public address is `publicUrl`, on a connection of its own. */
export async function callAccounts(
  caller: SignedCaller,
  place: { readonly url: string; readonly publicUrl: string; readonly ca: string },
): Promise<RawAnswer> {
  const bytes = writeSignedCall(
    {
      host: new URL(place.publicUrl).host,
      target: '/demo-bank/stet-psd2-api/v1/accounts',
      token: caller.accessToken,
      key: caller.seal.privateKey,
      keyId: caller.seal.keyId,
    },
    {},
  );
  const { answers } = await sendRaw({ url: place.url, ca: place.ca, identity: caller.qwac }, bytes, 1);
  if (answers[0] === undefined) throw new Error('no answer');
  return answers[0];
}

/** The stable code of a refusal; undefined for what is none. */
export function codeOf({ text }: RawAnswer): string | undefined {
  const body: unknown = text.startsWith('{') ? JSON.parse(text) : {};
  return (body as { error_code?: string }).error_code;
}
