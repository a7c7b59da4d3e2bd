import { randomInt } from 'node:crypto';
import { readHostCookie, renderHostCookie } from '../http/host-cookie.js';
import { isSame, keyedText } from '../http/keyed-text.js';
import { hashSecret } from '../http/secret.js';
import type { AuthorizationStage } from '../store/authorization-requests.js';

/** The cookie that binds authorizations to one browser; it holds a random secret and nothing else. */
export const browserCookie = '__Host-postern-authorization';

/** The secret in a Cookie header, if it has the form of one of ours. */
export function readBrowserSecret(cookieHeader: string | undefined): string | undefined {
  const secret = readHostCookie(cookieHeader, browserCookie);
  return secret !== undefined && /^[A-Za-z0-9_-]{43}$/.test(secret) ? secret : undefined;
}

/** The Set-Cookie line: this host only, TLS only, out of reach of scripts, not sent with a form of another site. */
export function renderBrowserCookie(secret: string): string {
  return renderHostCookie({ name: browserCookie, value: secret, sameSite: 'Lax' });
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
export function createFormToken(secret: string, { id, stage }: FormPlace): string {
  return keyedText(secret, `form ${id} ${stage}`);
}

export function isFormToken(secret: string, place: FormPlace, token: string): boolean {
  return isSame(createFormToken(secret, place), token);
}

/** A one-time code of six digits. */
export function createOneTimeCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}

/** What is stored of a one-time code: bound to the authorization, and of no use without the browser's secret, which is not stored. */
export function hashOneTimeCode(secret: string, id: string, code: string): string {
  return keyedText(secret, `code ${id} ${code}`);
}
