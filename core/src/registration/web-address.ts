import { z } from 'zod';
import { quoteValue } from './quote-value.js';

const longest = 2_000;

/** An https address that we show or keep, and never fetch at request time. */
export const webAddressSchema = z.string({ error: 'must be text' }).check((context) => {
  for (const message of findAddressFaults(context.value))
    context.issues.push({ code: 'custom', message, input: context.value });
});

/**
 * What is wrong with an https address, each as a predicate ("must …"); empty when nothing is. An address passes only in
 * its one canonical form (RFC 3986 section 6.2.2), so that comparing text is comparing addresses, and only with a host
 * that means the same from everywhere: no IP address in any spelling, no local or internal name.
 */
export function findAddressFaults(text: string): readonly string[] {
  if (text.length > longest) return [`must have at most ${longest} characters`];
  if (!/^[\x21-\x7e]+$/.test(text)) return [`must hold printable ASCII characters only${asciiForm(text)}`];
  const parts = /^([^:/?#]+):(?:\/\/([^/?#]*))?([^?#]*)/.exec(text);
  if (parts === null || parts[1] !== 'https' || parts[2] === undefined) return ['must begin with https://'];
  if (!/^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+$/.test(text))
    return ['must not hold characters that an address may not hold (RFC 3986)'];
  return [...findAuthorityFaults(parts[2]), ...findPathFaults(parts[3] ?? '', text)];
}

/** The host of an address without faults. */
export function hostOf(address: string): string {
  return new URL(address).hostname;
}

function findAuthorityFaults(authority: string): readonly string[] {
  if (authority.includes('@')) return ['must not hold user information before the host'];
  if (authority.includes('*') || authority.includes('%'))
    return ['must name one host, without wildcard or percent-encoding'];
  const [host = '', port] = authority.startsWith('[') ? [authority] : authority.split(':', 2);
  return [...findHostFaults(host), ...(port === undefined ? [] : findPortFaults(port))];
}

function findHostFaults(host: string): readonly string[] {
  if (host !== host.toLowerCase()) return ['must name the host in lower case'];
  if (host.endsWith('.')) return ['must not end the host with a dot'];
  const canonical = parseHost(host);
  if (canonical === undefined) return [`must name a host of the domain name system, not ${quoteValue(host)}`];
  if (canonical !== host || isNumeric(canonical)) return ['must name the host, not an IP address'];
  if (!canonical.includes('.') || insideNames.test(canonical)) return ['must not name a host of an inside network'];
  return [];
}

/** Lower-case letters, digits and hyphens in labels (RFC 1123); what the URL standard makes of it, undefined when it cannot. */
function parseHost(host: string): string | undefined {
  if (host.startsWith('[')) return '[ip]';
  if (host.length > 253 || !/^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*$/.test(host) || /(^|\.)-|-(\.|$)/.test(host))
    return undefined;
  return URL.parse(`https://${host}/`)?.hostname;
}

function isNumeric(host: string): boolean {
  return /^\d+(\.\d+){3}$/.test(host);
}

function findPortFaults(port: string): readonly string[] {
  if (port === '443') return ['must not name the port 443, which goes without saying'];
  return /^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65_535 ? [] : ['must not name a port that does not exist'];
}

/** What is wrong with a path and with the percent signs of the address around it. */
export function findPathFaults(path: string, text: string): readonly string[] {
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) return ['must hold a percent sign only before two hexadecimal digits'];
  if (/%2e|%2f|%5c|%0[0-9a-f]|%1[0-9a-f]|%7f/i.test(text)) {
    return ['must not percent-encode a dot, slash, backslash or control character'];
  }
  return path.split('/').some((segment) => segment === '.' || segment === '..') ? ['must not hold dot segments'] : [];
}

function asciiForm(text: string): string {
  const host = /^https:\/\/[^/?#@]+/i.test(text) ? URL.parse(text)?.hostname : undefined;
  return host?.includes('xn--') ? `; the host in ASCII is ${host}` : '';
}

/** Special-use names (RFC 6761, 6762, 7686, 8375, 9476) and those that inside networks use. */
const insideNames =
  /(^|\.)(localhost|localdomain|local|internal|intranet|private|corp|home|lan|invalid|onion|alt|arpa|kube|cluster|consul|docker)$/;
