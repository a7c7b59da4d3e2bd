import { randomInt } from 'node:crypto';
import { createFormToken, isFormToken } from '../http/form-token.js';
import { readHostCookie, renderHostCookie } from '../http/host-cookie.js';
import { keyedText } from '../http/keyed-text.js';
import { hashSecret } from '../http/secret.js';
import type { AuthorizationStage } from '../store/authorization-requests.js';
import { longestSeconds } from './authorization-settings.js';

/** The cookie that binds authorizations to one browser until somebody signs in; it holds a random secret and nothing else. */
const browserCookie = '__Host-postern-authorization';

/** The secret in a Cookie header, if it has the form of one of ours. */
export function readBrowserSecret(cookieHeader: string | undefined): string | undefined {
  return readSecret(cookieHeader, browserCookie);
}

/** The secrets of a browser that can be those of an authorization: its own, once somebody has signed in, and the one before. */
export function readSecrets(cookieHeader: string | undefined, id: string): readonly string[] {
  return [signedInCookie(id), browserCookie].flatMap((name) => readSecret(cookieHeader, name) ?? []);
}

/** The Set-Cookie line: this host only, TLS only, out of reach of scripts, not sent with a form of another site. */
export function renderBrowserCookie(secret: string): string {
  return renderHostCookie({ name: browserCookie, value: secret, sameSite: 'Lax' });
}

/**
 * The Set-Cookie line of a sign-in: from there on one authorization is bound to a secret that did not exist before, so that a secret
 * that somebody else put into the browser opens nothing. Gone when the authorization is over at the latest.
 */
export function renderSignedInCookie(id: string, secret: string): string {
  return renderHostCookie({ name: signedInCookie(id), value: secret, sameSite: 'Lax', seconds: longestSeconds });
}

function signedInCookie(id: string): `__Host-${string}` {
  return `${browserCookie}-${id}`;
}

function readSecret(cookieHeader: string | undefined, name: string): string | undefined {
  const secret = readHostCookie(cookieHeader, name);
  return secret !== undefined && /^[A-Za-z0-9_-]{43}$/.test(secret) ? secret : undefined;
}

/** What is stored of the browser's secret. */
export function hashBrowser(secret: string): string {
  return hashSecret(secret);
}

/** A place in one authorization. */
export interface FormPlace {
  readonly id: string;
  readonly stage: AuthorizationStage;
}

/** The token in a form: only our own page in this browser has it, and it is for one stage of one authorization. */
export function createStageToken(secret: string, { id, stage }: FormPlace): string {
  return createFormToken(secret, `${id} ${stage}`);
}

const stages: readonly AuthorizationStage[] = ['sign-in', 'second-factor', 'consent'];

/** The stage whose form a token was made for, and the one of the browser's secrets under which it was. */
export function readStageToken(
  secrets: readonly string[],
  { id, token }: { readonly id: string; readonly token: string },
): { readonly secret: string; readonly stage: AuthorizationStage } | undefined {
  return stages
    .flatMap((stage) => secrets.map((secret) => ({ secret, stage })))
    .find(({ secret, stage }) => isFormToken(secret, `${id} ${stage}`, token));
}

/** A one-time code of six digits. */
export function createOneTimeCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}

/** What is stored of a one-time code: bound to the authorization, and of no use without the browser's secret, which is not stored. */
export function hashOneTimeCode(secret: string, id: string, code: string): string {
  return keyedText(secret, `code ${id} ${code}`);
}
