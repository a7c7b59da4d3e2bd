import { createHmac, timingSafeEqual } from 'node:crypto';

/** Who asked for test certificates, as a browser proves it. */
export interface Owner {
  readonly id: string;
  readonly secret: string;
}

const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const secretForm = /^[\w-]{43}$/;

/** An owner whose id and secret have the form of ours. */
export function parseOwner(id: string, secret: string): Owner | undefined {
  return idForm.test(id) && secretForm.test(secret) ? { id, secret } : undefined;
}

/** The owner in a Cookie header, if there is one of this brand's sandbox and it has the form of ours. */
export function readOwnerCookie(brand: string, header: string | undefined): Owner | undefined {
  const start = `${cookieName(brand)}=`;
  const [value, ...others] = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(start));
  const [id = '', secret = '', ...more] = value?.slice(start.length).split('.') ?? [];
  return others.length + more.length > 0 ? undefined : parseOwner(id, secret);
}

/** The Set-Cookie line: this host only, TLS only, out of reach of scripts, gone with the browser. */
export function renderOwnerCookie(brand: string, { id, secret }: Owner): string {
  return `${cookieName(brand)}=${id}.${secret}; Path=/; Secure; HttpOnly; SameSite=Lax`;
}

/** The Set-Cookie line that has a browser forget. */
export function renderForgottenCookie(brand: string): string {
  return `${cookieName(brand)}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0`;
}

/** The token in the forms of an owner's pages: another site has the cookie sent at best, and cannot read it. */
export function createFormToken({ id, secret }: Owner): string {
  return createHmac('sha256', secret).update(`form ${id}`).digest('base64url');
}

export function isFormToken(owner: Owner, token: string): boolean {
  const expected = Buffer.from(createFormToken(owner));
  const given = Buffer.from(token);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function cookieName(brand: string): string {
  return `__Host-postern-sandbox-${brand}`;
}
