import { BlockList, isIP } from 'node:net';
import { Refusal } from '@postern/core/refusal/refusal.js';
import { type HeaderList, parseHeaderList, readSingleHeader } from '@postern/core/signature/header-list.js';

/** The head of a request exactly as Node's parser left it. */
export interface RequestHead {
  readonly method: string;
  /** "1.1" */
  readonly version: string;
  readonly target: string;
  readonly rawHeaders: readonly string[];
  /** The server name of the TLS handshake; undefined without TLS, false when the client sent none. */
  readonly serverName: string | false | undefined;
}

/** What a listener serves. */
export interface ServedPlaces {
  /** Authorities, lower case. */
  readonly hosts: ReadonlySet<string>;
  /** Paths that end with a slash, below which all is one value in base64: there, and only there, a slash may be encoded. */
  readonly base64Below?: readonly string[];
  /** Whether it is served under any IP address of a network too, as probes inside a cluster name it: no page of somebody else's can have a browser ask an address as its own host. */
  readonly anyAddress?: boolean;
}

/** The most headers that a request may have. */
export const mostHeaders = 100;
/** The most characters that a request target may have. */
export const longestTarget = 8_192;
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE']);
const once = new Set([
  'authorization',
  'content-digest',
  'content-encoding',
  'content-length',
  'content-type',
  'cookie',
  'date',
  'digest',
  'expect',
  'host',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'origin',
  'signature',
  'signature-input',
  'transfer-encoding',
  'user-agent',
  'x-request-id',
]);

/**
 * Refuses what Node's parser lets through and what two readers could understand differently (RFC 9112 sections 3 and 11):
 * a target that is not in origin form, dot segments, encoded separators, repeated single headers, a foreign Host.
 * Returns the headers when the head is plain.
 */
export function guardRequestHead(head: RequestHead, places: ServedPlaces): HeaderList {
  if (!methods.has(head.method)) {
    throw new Refusal('METHOD_NOT_ALLOWED', `The method ${head.method.slice(0, 20)} is not used here.`);
  }
  guardTarget(head.target, places.base64Below ?? []);
  const headers = guardHeaders(head.rawHeaders);
  guardVersion(head.version, headers);
  guardBody(head.method, headers);
  guardHost(headers, head, places);
  return headers;
}

/** Most targets: segments of unreserved characters that do not begin with a dot, nothing encoded, no query. */
const plainTarget = /^(?:\/[\w~-][\w.~-]*)+$/;

/** Base64 (RFC 4648 section 4) in a path, its three signs encoded or not: nothing in it can be read as a dot segment. */
const base64Rest = /^(?:[A-Za-z0-9+/=]|%2[BbFf]|%3[Dd])+$/;

function guardTarget(target: string, base64Below: readonly string[]): void {
  if (target.length > longestTarget)
    throw new Refusal('REQUEST_TOO_LARGE', `The request target is longer than ${longestTarget} characters.`);
  if (plainTarget.test(target)) return;
  if (base64Below.some((path) => target.startsWith(path) && base64Rest.test(target.slice(path.length)))) return;
  if (!target.startsWith('/')) throw malformed('The request target must begin with a slash (origin form).');
  if (!/^[\x21-\x7e]+$/.test(target) || /[\\<>"`{}|^#]/.test(target)) {
    throw malformed('The request target holds a character that must be percent-encoded.');
  }
  const [path = '', query = ''] = splitOnce(target, '?');
  if (/\/\/|;|%2e|%2f|%5c|%25|%00/i.test(path))
    throw malformed(
      'The path holds an empty segment, a semicolon, or an encoded dot, slash, backslash, percent sign or NUL.',
    );
  if (path.split('/').some((segment) => segment === '.' || segment === '..'))
    throw malformed('The path holds a dot segment.');
  guardPercentEncoding(path);
  guardPercentEncoding(query);
}

function guardPercentEncoding(text: string): void {
  try {
    decodeURIComponent(text);
  } catch {
    throw malformed('The request target holds a percent-encoding that is not UTF-8.');
  }
}

function guardHeaders(rawHeaders: readonly string[]): HeaderList {
  if (rawHeaders.length / 2 > mostHeaders)
    throw new Refusal('REQUEST_TOO_LARGE', `The request has more than ${mostHeaders} headers.`);
  const headers = parseHeaderList(rawHeaders);
  if (headers.size < rawHeaders.length / 2) refuseRepeated(headers);
  const encoding = readSingleHeader(headers, 'content-encoding');
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new Refusal('MEDIA_TYPE_UNSUPPORTED', 'Content-Encoding is not accepted: send the body as it is.');
  }
  const expected = readSingleHeader(headers, 'expect');
  if (expected !== undefined && expected.toLowerCase() !== '100-continue')
    throw malformed('Expect may only be 100-continue.');
  const transfer = readSingleHeader(headers, 'transfer-encoding');
  if (transfer !== undefined && transfer.toLowerCase() !== 'chunked')
    throw malformed('Transfer-Encoding may only be chunked.');
  if (transfer !== undefined && headers.has('content-length'))
    throw malformed('Content-Length and Transfer-Encoding exclude each other.');
  return headers;
}

function refuseRepeated(headers: HeaderList): void {
  for (const [name, values] of headers) {
    if (values.length > 1 && once.has(name)) throw malformed(`The header ${name} may stand only once.`);
  }
}

/** Node's parser reads a request line without version as HTTP/0.9, and Transfer-Encoding in HTTP/1.0, which knows none (RFC 9112, 6.1). */
function guardVersion(version: string, headers: HeaderList): void {
  if (version !== '1.1' && version !== '1.0') throw malformed('The request line must end with HTTP/1.1.');
  if (version === '1.0' && headers.has('transfer-encoding')) throw malformed('HTTP/1.0 has no Transfer-Encoding.');
}

/** A body that no route reads would be one that nobody signed or judged. */
function guardBody(method: string, headers: HeaderList): void {
  if (method !== 'GET' && method !== 'HEAD') return;
  if (headers.has('transfer-encoding') || (readSingleHeader(headers, 'content-length') ?? '0') !== '0')
    throw malformed(`${method} takes no body.`);
}

function guardHost(
  headers: HeaderList,
  { serverName, version }: RequestHead,
  { hosts, anyAddress = false }: ServedPlaces,
): void {
  const host = readSingleHeader(headers, 'host')?.toLowerCase();
  // RFC 9112 section 3.2 asks for it from HTTP/1.1 on.
  if (host === undefined && version === '1.0' && anyAddress) return;
  if (host === undefined) throw malformed('The header host is missing.');
  if (!hosts.has(host) && !(anyAddress && isAddressOfNetwork(host.replace(/:\d+$/, ''))))
    throw new Refusal('MISDIRECTED_REQUEST', 'This listener does not serve the Host that the request names.');
  const name = host.replace(/:\d+$/, '');
  // No server name can be sent for an address (RFC 6066 section 3).
  if (serverName === undefined || (serverName === false && isAddress(name))) return;
  if (serverName === false)
    throw new Refusal('MISDIRECTED_REQUEST', 'The TLS handshake named no server: send the server name indication.');
  if (serverName.toLowerCase() !== name) {
    throw new Refusal('MISDIRECTED_REQUEST', 'The Host differs from the server name of the TLS handshake.');
  }
}

const ownAddresses = new BlockList();
for (const network of ['0.0.0.0', '127.0.0.0']) ownAddresses.addSubnet(network, 8, 'ipv4');
for (const address of ['::', '::1']) ownAddresses.addAddress(address, 'ipv6');

/** Whether a name is an address that other machines reach: those of this machine alone stand among the hosts where they are served. */
function isAddressOfNetwork(name: string): boolean {
  const address = name.replace(/^\[|\]$/g, '');
  const version = isIP(address);
  return version !== 0 && !ownAddresses.check(address, version === 4 ? 'ipv4' : 'ipv6');
}

function isAddress(name: string): boolean {
  return isIP(name.replace(/^\[|\]$/g, '')) !== 0;
}

function splitOnce(text: string, separator: string): readonly [string, string] {
  const position = text.indexOf(separator);
  return position < 0 ? [text, ''] : [text.slice(0, position), text.slice(position + 1)];
}

function malformed(message: string): Refusal {
  return new Refusal('REQUEST_MALFORMED', message);
}
