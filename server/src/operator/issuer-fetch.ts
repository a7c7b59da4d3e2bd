import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request } from 'node:https';
import type { CustomFetch, CustomFetchOptions } from 'openid-client';
import { readBounded } from '../fetch/read-bounded.js';

const largestAnswer = 1_048_576;

/**
 * The way to the bank's identity provider, which may stand in the bank's own network behind its own authority: TLS always, no
 * redirects, bounded answers. `authorities` is PEM, in the place of the usual ones.
 */
export function createIssuerFetch(authorities: string | undefined): CustomFetch {
  return async (url, options) => {
    const answer = await send(url, options, authorities);
    const length = Number(answer.headers['content-length'] ?? 0);
    const body = await readBounded(answer, length, largestAnswer);
    if (body === undefined) throw new TypeError(`the answer is larger than ${largestAnswer} bytes`);
    const status = answer.statusCode ?? 0;
    const isEmpty = status === 204 || status === 304;
    return new Response(isEmpty ? null : Buffer.from(body), { status, headers: listHeaders(answer.headers) });
  };
}

function send(
  url: string,
  { method, headers, body, signal }: CustomFetchOptions,
  authorities: string | undefined,
): Promise<IncomingMessage> {
  const text = body instanceof URLSearchParams ? body.toString() : body;
  if (text !== undefined && text !== null && typeof text !== 'string') throw new TypeError('a form or nothing is sent');
  const length = text ? { 'content-length': Buffer.byteLength(text) } : {};
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method,
        headers: { ...headers, ...length },
        minVersion: 'TLSv1.2',
        ...(signal === undefined ? {} : { signal }),
        ...(authorities === undefined ? {} : { ca: authorities }),
      },
      resolve,
    );
    sent.once('error', reject);
    sent.end(text ?? undefined);
  });
}

function listHeaders(headers: IncomingHttpHeaders): Headers {
  const list = new Headers();
  for (const [name, values] of Object.entries(headers))
    for (const value of [values ?? []].flat()) list.append(name, value);
  return list;
}
