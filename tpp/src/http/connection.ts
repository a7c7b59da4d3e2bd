import { type ClientRequest, type IncomingMessage, Agent as PlainAgent, request as requestPlain } from 'node:http';
import { Agent, request as requestTls } from 'node:https';
import type { HttpAnswer } from './http-answer.js';

/** What a request needs; headers go out as given, Host included. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** PEM texts of a TLS client. */
export interface ConnectionCredentials {
  /** The client certificate with its issuers; none means that no certificate is presented. */
  readonly certificate?: string;
  readonly key?: string;
  /** The CA that the server's certificate must lead to; the system's when absent. */
  readonly ca?: string;
}

/** Kept-alive connections under one identity; they stay open until closed. */
export interface Connection {
  readonly send: (request: OutgoingRequest) => Promise<HttpAnswer>;
  readonly close: () => void;
}

const limits = { milliseconds: 30_000, bytes: 8 * 1024 * 1024 };

/** Opens a client for https with mutual TLS (and plain http, for a demo QTSP). The server's certificate is always verified. */
export function openConnection({ certificate, key, ca }: ConnectionCredentials = {}): Connection {
  const tls = new Agent({
    keepAlive: true,
    minVersion: 'TLSv1.2',
    ...(certificate === undefined ? {} : { cert: certificate }),
    ...(key === undefined ? {} : { key }),
    ...(ca === undefined ? {} : { ca }),
  });
  const plain = new PlainAgent({ keepAlive: true });
  return {
    send: (request) => sendOnce(request, { tls, plain }),
    close: () => {
      tls.destroy();
      plain.destroy();
    },
  };
}

interface Agents {
  readonly tls: Agent;
  readonly plain: PlainAgent;
}

async function sendOnce(request: OutgoingRequest, agents: Agents): Promise<HttpAnswer> {
  for (;;) {
    const attempt = startRequest(request, agents);
    try {
      return await readAnswer(attempt, request);
    } catch (error) {
      // A kept connection may die just as it is used again; only a request without effect may then be sent anew.
      if (attempt.reusedSocket && request.method === 'GET' && isReset(error)) continue;
      throw error;
    }
  }
}

function startRequest({ method, url, headers, body }: OutgoingRequest, agents: Agents): ClientRequest {
  const address = new URL(url);
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const options = { method, headers: { ...headers, ...length }, signal: AbortSignal.timeout(limits.milliseconds) };
  const started =
    address.protocol === 'http:'
      ? requestPlain(address, { ...options, agent: agents.plain })
      : requestTls(address, { ...options, agent: agents.tls });
  started.end(body);
  return started;
}

function readAnswer(started: ClientRequest, { method, url }: OutgoingRequest): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    started.once('error', reject);
    started.once('response', (response) => {
      readBody(response).then((body) => {
        const { statusCode: status = 0, statusMessage: statusText = '', headers } = response;
        resolve({ method, url, status, statusText, headers, body });
      }, reject);
    });
  });
}

async function readBody(response: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > limits.bytes) throw new Error(`the answer is longer than ${limits.bytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function isReset(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ECONNRESET' || code === 'EPIPE';
}
