import { quoteValue } from './quote-value.js';
import { findPathFaults } from './web-address.js';

const longest = 2_000;

/** Whether a text looks like a link into a native application: a scheme of its own, with a dot in it. */
export function isNativeRedirectUri(text: string): boolean {
  const [, scheme = ''] = /^([^:/?#]*):/.exec(text.slice(0, longest)) ?? [];
  return scheme.includes('.');
}

/**
 * What is wrong with a link into a native application (RFC 8252 section 7.1), each as a predicate; empty when nothing is.
 * The scheme is a domain name of the third party in reverse order, followed by one slash: there is no authority in it.
 */
export function findNativeRedirectFaults(text: string): readonly string[] {
  if (text.length > longest) return [`must have at most ${longest} characters`];
  if (!/^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+$/.test(text))
    return ['must not hold characters that an address may not hold (RFC 3986)'];
  const [, scheme = '', path = ''] = /^([^:/?#]+):([^?#]*)/.exec(text) ?? [];
  if (
    !/^([a-z]{2,63}|xn--[a-z0-9-]{1,59})(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/.test(scheme) ||
    scheme.length > 253
  ) {
    return [
      `must begin with a domain name in reverse order and lower case, such as com.example.app, not ${quoteValue(scheme)}`,
    ];
  }
  if (!path.startsWith('/') || path.startsWith('//'))
    return ['must have one slash after the scheme (RFC 8252 section 7.1)'];
  return findPathFaults(path, text);
}
