import { lookup as resolveHost } from 'node:dns/promises';
import type { ClientRequest, ClientRequestArgs, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import { type ConnectionOptions, TLSSocket } from 'node:tls';
import { request as requestHttp } from '../node-http.js';
import { connectToServer } from './connect-to-server.js';
import { judgeAddress } from './judge-address.js';
import { judgeTarget, type TargetPolicy } from './judge-target.js';
import { readBounded } from './read-bounded.js';

/** The network as the fetcher meets it; what is left out is the operating system's. The judge of addresses stands between the two. */
export interface FetchNetwork {
  /** Host → addresses. */
  readonly resolve?: (host: string) => Promise<readonly ResolvedAddress[]>;
  /** Where an address that was judged and let pass is reached, as a firewall translates it. */
  readonly route?: (end: FetchEnd) => FetchEnd;
}

/** One end of a connection. */
export interface FetchEnd extends ResolvedAddress {
  readonly port: number;
}

/** What the server may fetch; leaving a member out is the strictest choice. */
export interface FetchPolicy extends TargetPolicy, FetchNetwork {}

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

export interface FetchRequest {
  readonly method?: 'GET' | 'POST';
  readonly body?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly accept?: string;
  /** The answer is dropped as soon as it is longer. */
  readonly maxBytes: number;
  /** For everything: name resolution, connection, TLS and the whole body. */
  readonly timeoutMs: number;
  /** Plain HTTP for this request whatever the policy: what is fetched carries its own signature (OCSP, CRL). */
  readonly plainHttp?: boolean;
}

/** The answer of a source (200, or 304 to a conditional request), or why there is none. */
export type FetchAnswer =
  | {
      readonly failure?: undefined;
      readonly status: 200 | 304;
      readonly headers: IncomingHttpHeaders;
      readonly bytes: Uint8Array;
      readonly etag: string | undefined;
      readonly lastModified: string | undefined;
    }
  | {
      readonly failure: string;
      /** Of the answer, when there was one but not the one wanted. */
      readonly status?: number;
      /** The name leads to no address, or to one that may not be connected to: why is for us alone where strangers choose names. */
      readonly noAddress?: true;
      /** We would not have it: no outage, which passes by itself, but something that somebody should look at. */
      readonly refused?: true;
    };

export type GuardedFetch = (url: string, request: FetchRequest) => Promise<FetchAnswer>;

/**
 * Makes the one way in which the server reaches out: no redirects, no private addresses, no content encodings, bounded in
 * bytes and time. The addresses that were judged are those connected to, so that a second resolution cannot change them.
 * Never rejects: every failure is a value.
 */
export function createGuardedFetch(policy: FetchPolicy): GuardedFetch {
  return async (url, request) => {
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), request.timeoutMs);
    try {
      return await fetchOnce(policy, url, request, timeout.signal);
    } catch (fault) {
      return { failure: timeout.signal.aborted ? `no answer within ${request.timeoutMs} ms` : describe(fault) };
    } finally {
      clearTimeout(timer);
    }
  };
}

async function fetchOnce(
  policy: FetchPolicy,
  url: string,
  request: FetchRequest,
  signal: AbortSignal,
): Promise<FetchAnswer> {
  const allowPlainHttp = policy.allowPlainHttp === true || request.plainHttp === true;
  const target = judgeTarget(url, { ...policy, allowPlainHttp });
  if (target.failure !== undefined) return { ...target, refused: true };
  const resolve = isIP(target.host) === 0 ? (policy.resolve ?? resolveAll) : resolveAll;
  const addresses = await untilAborted(resolve(target.host), signal).catch((fault: unknown) => {
    if (signal.aborted) throw fault;
    return describe(fault);
  });
  if (typeof addresses === 'string') return { failure: addresses, noAddress: true };
  const refused = addresses.find(({ address }) => !mayConnect(address, policy));
  if (refused !== undefined)
    return {
      failure: `${target.host} resolves to the refused address ${refused.address}`,
      noAddress: true,
      refused: true,
    };
  if (addresses.length === 0) return { failure: `${target.host} has no address`, noAddress: true };
  return exchange({ url: target.url, request, ends: routeTo(target.url, addresses, policy), signal });
}

function routeTo({ port, protocol }: URL, addresses: readonly ResolvedAddress[], policy: FetchPolicy): Ends {
  const number = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
  const [first, ...others] = addresses.map((address) => {
    const end = { ...address, port: number };
    return policy.route?.(end) ?? end;
  });
  if (first === undefined) throw new RangeError('there is no address to go to');
  // One port for one request: of several ends those are tried that share that of the first.
  return [first, ...others.filter((end) => end.port === first.port)];
}

function mayConnect(address: string, policy: TargetPolicy): boolean {
  const scope = judgeAddress(address);
  return scope === 'public' || (scope === 'private' && policy.allowPrivateAddresses === true);
}

interface Exchange {
  readonly url: URL;
  readonly request: FetchRequest;
  readonly ends: Ends;
  readonly signal: AbortSignal;
}

type Ends = readonly [FetchEnd, ...FetchEnd[]];

async function exchange(made: Exchange): Promise<FetchAnswer> {
  const sent = send(made);
  try {
    const message = await new Promise<IncomingMessage>((resolve, reject) => {
      sent.once('response', resolve);
      sent.on('error', reject);
      sent.end(made.request.body);
    });
    return await readAnswer(message, made.request);
  } catch (fault) {
    if (!isUntrusted(sent)) throw fault;
    return { failure: describe(fault), refused: true };
  } finally {
    sent.destroy();
  }
}

/** Whether the connection ended because the certificate of the host does not verify, or is not for it. */
function isUntrusted({ socket }: ClientRequest): boolean {
  // Null while there is nothing against the certificate, undefined where there is none; an error of the connection leaves it so.
  return socket instanceof TLSSocket && Boolean(socket.authorizationError);
}

function send({ url, request, ends, signal }: Exchange): ClientRequest {
  const secure = url.protocol === 'https:';
  const open = secure ? requestHttps : requestHttp;
  return open(url, {
    method: request.method ?? 'GET',
    // Either way without an agent: no connection is used twice.
    ...(secure ? { createConnection: connect } : { agent: false }),
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    signal,
    port: ends[0].port,
    lookup: answerWith(ends),
    headers: {
      host: url.host,
      accept: request.accept ?? '*/*',
      'accept-encoding': 'identity',
      'user-agent': 'postern',
      ...(request.body === undefined ? {} : { 'content-length': request.body.length }),
      ...request.headers,
    },
  });
}

function connect(options: ClientRequestArgs): Duplex {
  return connectToServer(options as ConnectionOptions);
}

function answerWith(addresses: readonly ResolvedAddress[]): LookupFunction {
  return (_host, options, answer) => {
    if (options.all === true)
      answer(
        null,
        addresses.map(({ address, family }) => ({ address, family })),
      );
    else answer(null, addresses[0]?.address ?? '', addresses[0]?.family);
  };
}

async function readAnswer(message: IncomingMessage, request: FetchRequest): Promise<FetchAnswer> {
  const { statusCode = 0, headers } = message;
  if (statusCode !== 200 && statusCode !== 304)
    return {
      failure: refuseStatus(statusCode),
      status: statusCode,
      ...(isRedirect(statusCode) ? { refused: true } : {}),
    };
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity')
    return { failure: `the answer has the content encoding ${encoding}` };
  const bytes = await readBounded(message, Number(headers['content-length'] ?? 0), request.maxBytes);
  if (bytes === undefined) return { failure: `the answer is longer than ${request.maxBytes} bytes` };
  return { status: statusCode, headers, bytes, etag: headers.etag, lastModified: headers['last-modified'] };
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

function refuseStatus(status: number): string {
  return isRedirect(status)
    ? `the answer is a redirect (${status}), which is not followed`
    : `the answer has the status ${status}`;
}

async function resolveAll(host: string): Promise<readonly ResolvedAddress[]> {
  return resolveHost(host, { all: true, verbatim: true });
}

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(new Error('aborted'));
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function describe(fault: unknown): string {
  if (fault instanceof AggregateError && fault.errors.length > 0) return describe(fault.errors[0]);
  if (!(fault instanceof Error)) return 'the request failed';
  const code = 'code' in fault && typeof fault.code === 'string' ? `${fault.code}: ` : '';
  return `${code}${fault.message || 'the request failed'}`;
}
