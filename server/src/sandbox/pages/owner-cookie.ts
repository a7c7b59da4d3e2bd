import { createFormToken, isFormToken } from '../../http/form-token.js';
import { readHostCookie, renderHostCookie } from '../../http/host-cookie.js';
import { isUuid } from '../../store/uuid.js';

/** Who asked for test certificates, as a browser proves it. */
export interface Owner {
  readonly id: string;
  readonly secret: string;
}

/** An owner whose id and secret have the form of ours. */
export function parseOwner(id: string, secret: string): Owner | undefined {
  return isUuid(id) && /^[\w-]{43}$/.test(secret) ? { id, secret } : undefined;
}

/** The owner in a Cookie header, if there is one of this brand's sandbox and it has the form of ours. */
export function readOwnerCookie(brand: string, header: string | undefined): Owner | undefined {
  const [id = '', secret = '', ...more] = readHostCookie(header, cookieName(brand))?.split('.') ?? [];
  return more.length > 0 ? undefined : parseOwner(id, secret);
}

/** The Set-Cookie line; gone with the browser. */
export function renderOwnerCookie(brand: string, { id, secret }: Owner): string {
  return renderHostCookie({ name: cookieName(brand), value: `${id}.${secret}`, sameSite: 'Lax' });
}

/** The Set-Cookie line that has a browser forget. */
export function renderForgottenCookie(brand: string): string {
  return renderHostCookie({ name: cookieName(brand), value: '', sameSite: 'Lax', seconds: 0 });
}

/** The token in the forms of an owner's pages: another site has the cookie sent at best, and cannot read it. */
export function createOwnerToken({ id, secret }: Owner): string {
  return createFormToken(secret, id);
}

export function isOwnerToken({ id, secret }: Owner, token: string): boolean {
  return isFormToken(secret, id, token);
}

function cookieName(brand: string): `__Host-${string}` {
  return `__Host-postern-sandbox-${brand}`;
}
