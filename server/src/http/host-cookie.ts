/** The value of a cookie in a Cookie header; undefined when it stands there not at all, or more than once. */
export function readHostCookie(cookieHeader: string | undefined, name: string): string | undefined {
  const pairs = (cookieHeader ?? '').split(';').map((pair) => pair.trim());
  const [pair, ...more] = pairs.filter((each) => each.startsWith(`${name}=`));
  return more.length === 0 ? pair?.slice(name.length + 1) : undefined;
}

/** A cookie named `__Host-…`. Without `seconds` it lives as long as the browser; with 0 it ends. */
export interface HostCookie {
  readonly name: `__Host-${string}`;
  readonly value: string;
  readonly sameSite: 'Lax' | 'Strict';
  readonly seconds?: number;
}

/** The Set-Cookie line: this host only, TLS only, out of reach of scripts, not sent with a form of another site. */
export function renderHostCookie({ name, value, sameSite, seconds }: HostCookie): string {
  const age = seconds === undefined ? '' : `; Max-Age=${seconds}`;
  return `${name}=${value}; Path=/; Secure; HttpOnly; SameSite=${sameSite}${age}`;
}
