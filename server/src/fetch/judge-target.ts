import { isIP } from 'node:net';

/** Which addresses of the web may be asked at all, before any name is resolved. */
export interface TargetPolicy {
  readonly allowPrivateAddresses?: boolean;
  readonly allowPlainHttp?: boolean;
}

export type Target =
  | { readonly failure?: undefined; readonly url: URL; readonly host: string }
  | { readonly failure: string };

/**
 * Judges the form of a URL: scheme, port (80 and 443 unless private addresses are allowed), no user name or password.
 * Numeric hosts in decimal, octal or hexadecimal come out in dotted form and are judged as the address they are.
 */
export function judgeTarget(text: string, policy: TargetPolicy): Target {
  const url = text.length <= 2048 ? URL.parse(text) : null;
  if (url === null) return { failure: 'not a URL' };
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return { failure: `the scheme ${url.protocol} is refused` };
  if (url.protocol === 'http:' && policy.allowPlainHttp !== true) return { failure: 'plain http is refused' };
  if (url.username !== '' || url.password !== '') return { failure: 'a URL with user information is refused' };
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  if (policy.allowPrivateAddresses !== true && port !== 80 && port !== 443)
    return { failure: `the port ${port} is refused` };
  return { url, host: hostOf(url) };
}

function hostOf(url: URL): string {
  const bare = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(bare) === 6 ? bare : url.hostname;
}
