import { readHostCookie, renderHostCookie } from '../http/host-cookie.js';

const name = '__Host-postern-console';

/** The secret of a session in a Cookie header, if it has the form of one of ours. */
export function readSessionSecret(cookieHeader: string | undefined): string | undefined {
  const secret = readHostCookie(cookieHeader, name);
  return secret !== undefined && /^[A-Za-z0-9_-]{43}$/.test(secret) ? secret : undefined;
}

/** Sent with nothing that another site starts, not even a link: the pages of the console are reached from itself. */
export function renderSessionCookie(secret: string): string {
  return renderHostCookie({ name, value: secret, sameSite: 'Strict' });
}

export function renderEndedSessionCookie(): string {
  return renderHostCookie({ name, value: '', sameSite: 'Strict', seconds: 0 });
}
