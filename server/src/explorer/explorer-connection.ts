import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { Agent, request } from 'node:https';
import { rootCertificates } from 'node:tls';

export interface ExplorerRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface ExplorerAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request and its answer, as they went over the network. */
export interface Exchange {
  readonly request: ExplorerRequest;
  readonly answer: ExplorerAnswer;
}

/** PEM: a certificate with its issuers, and its key. */
export interface Identity {
  readonly path: string;
  readonly key: string;
}

/** Sends as somebody, or as nobody. */
export type Send = (request: ExplorerRequest, identity?: Identity) => Promise<Exchange>;

export interface ConnectionLimits {
  /** The origins that are ours; nothing is ever sent elsewhere. */
  readonly origins: ReadonlySet<string>;
  /** PEM: what our own listeners present, trusted beside the certificates of the web. */
  readonly trusted: readonly string[];
  /** Ends whatever is under way. */
  readonly signal: AbortSignal;
}

const mostBytes = 512 * 1024;

/** Reads what our own listeners present: a server may be behind a CA of the house, which no other machine trusts. */
export function readTrusted(files: readonly string[]): readonly string[] {
  return [...new Set(files)].map((file) => readFileSync(file, 'utf8'));
}

/** A client for our own public addresses, over TLS, that verifies what it connects to. Each request has a connection of its own. */
export function connectTo({ origins, trusted, signal }: ConnectionLimits): Send {
  const ca = [...rootCertificates, ...trusted];
  return async (asked, identity) => {
    const url = new URL(asked.url);
    if (!origins.has(url.origin))
      throw new Error(`the journey leads nowhere but to our own addresses, not to ${url.origin}`);
    const tls = identity === undefined ? {} : { cert: identity.path, key: identity.key };
    const agent = new Agent({ ca, allowPartialTrustChain: true, minVersion: 'TLSv1.2', ...tls });
    try {
      return { request: asked, answer: await send(asked, { agent, signal }) };
    } finally {
      agent.destroy();
    }
  };
}

function send(
  { method, url, headers, body }: ExplorerRequest,
  { agent, signal }: { readonly agent: Agent; readonly signal: AbortSignal },
): Promise<ExplorerAnswer> {
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent, signal, headers: { ...headers, ...length } }, (answer) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      answer.on('data', (part: Buffer) => {
        bytes += part.length;
        if (bytes > mostBytes) answer.destroy(new Error(`the answer is longer than ${mostBytes} bytes`));
        else parts.push(part);
      });
      answer.once('error', reject);
      answer.once('end', () => {
        const { statusCode: status = 0, statusMessage: statusText = '', headers: answered } = answer;
        resolve({ status, statusText, headers: answered, body: Buffer.concat(parts).toString('utf8') });
      });
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
