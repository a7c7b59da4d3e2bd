/** Cookies as a browser keeps them (RFC 6265), for hosts without sub-domains of each other. */
export interface CookieJar {
  /** Takes the Set-Cookie headers of an answer from `url`. */
  readonly store: (url: URL, setCookies: readonly string[]) => void;
  /** The Cookie header for a request to `url`; undefined when there is nothing to send. */
  readonly headerFor: (url: URL) => string | undefined;
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly host: string;
  readonly path: string;
}

/** An empty cookie jar. */
export function createCookieJar(): CookieJar {
  const cookies = new Map<string, Cookie>();
  return {
    store: (url, setCookies) => {
      for (const text of setCookies) {
        const { cookie, ended } = parseSetCookie(text, url);
        const key = `${cookie.host}\n${cookie.path}\n${cookie.name}`;
        if (ended) cookies.delete(key);
        else cookies.set(key, cookie);
      }
    },
    headerFor: (url) => {
      const sent = [...cookies.values()].filter(
        ({ host, path }) => host === url.hostname && pathMatches(url.pathname, path),
      );
      sent.sort((one, other) => other.path.length - one.path.length);
      return sent.length === 0 ? undefined : sent.map(({ name, value }) => `${name}=${value}`).join('; ');
    },
  };
}

function parseSetCookie(text: string, url: URL): { readonly cookie: Cookie; readonly ended: boolean } {
  const [pair = '', ...rest] = text.split(';').map((part) => part.trim());
  const [name, value] = splitPair(pair);
  const attributes = new Map(rest.map((part) => splitPair(part)).map(([key, content]) => [key.toLowerCase(), content]));
  const given = attributes.get('path');
  const path = given?.startsWith('/') ? given : url.pathname.replace(/\/[^/]*$/, '') || '/';
  const age = attributes.get('max-age');
  return { cookie: { name, value, host: url.hostname, path }, ended: age !== undefined && Number(age) <= 0 };
}

function splitPair(text: string): readonly [string, string] {
  const position = text.indexOf('=');
  return position < 0 ? [text, ''] : [text.slice(0, position).trim(), text.slice(position + 1).trim()];
}

function pathMatches(path: string, cookiePath: string): boolean {
  return path === cookiePath || path.startsWith(cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`);
}
