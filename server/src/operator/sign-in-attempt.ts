import type { Lang } from '@postern/web/page-context.js';
import { readHostCookie, renderHostCookie } from '../http/host-cookie.js';
import { isSame, keyedText } from '../http/keyed-text.js';
import { createSecret } from '../http/secret.js';

const name = '__Host-postern-console-sign-in';
const seconds = 600;

/**
 * A sign-in at the identity provider that one browser has under way. All that binds the answer to it is derived from one secret in
 * its cookie, so that nothing is stored for who only knocks, and any node can take the answer.
 */
export interface SignInAttempt {
  readonly lang: Lang;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** A new attempt, and the cookie for it. Lax: the way back from the provider begins at another site. */
export function startAttempt(lang: Lang, now: Date): { readonly attempt: SignInAttempt; readonly cookie: string } {
  const value = `${lang}.${Math.floor(now.getTime() / 1_000)}.${createSecret()}`;
  return { attempt: deriveAttempt(lang, value), cookie: renderHostCookie({ name, value, sameSite: 'Lax', seconds }) };
}

/** The attempt of a browser that comes back with this state; undefined when it has none under way, or it took too long. */
export function readAttempt(
  { cookieHeader, state }: { readonly cookieHeader: string | undefined; readonly state: string },
  now: Date,
): SignInAttempt | undefined {
  const value = readHostCookie(cookieHeader, name) ?? '';
  const [, lang, startedAt] = /^(fr|en)\.(\d{1,12})\.[A-Za-z0-9_-]{43}$/.exec(value) ?? [];
  if (lang !== 'fr' && lang !== 'en') return undefined;
  const age = now.getTime() / 1_000 - Number(startedAt);
  const attempt = deriveAttempt(lang, value);
  return age >= -1 && age <= seconds && isSame(attempt.state, state) ? attempt : undefined;
}

/** An attempt is answered once. */
export function renderEndedAttemptCookie(): string {
  return renderHostCookie({ name, value: '', sameSite: 'Lax', seconds: 0 });
}

function deriveAttempt(lang: Lang, value: string): SignInAttempt {
  return {
    lang,
    state: keyedText(value, 'state'),
    nonce: keyedText(value, 'nonce'),
    codeVerifier: keyedText(value, 'verifier'),
  };
}
