import { request } from 'node:https';

export interface TlsCall {
  readonly method: string;
  readonly url: string;
  readonly ca: string;
  /** PEM of the certificate with its issuers, and of its key; nothing is presented without it. */
  readonly identity?: { readonly path: string; readonly key: string } | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
  /** An address of this machine (127.0.0.0/8) from which the call comes. */
  readonly from?: string | undefined;
}

export interface TlsAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The body as JSON object; empty when it is none. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** One request on a connection of its own, so that each call has its own handshake. */
export function sendOverTls(call: TlsCall): Promise<TlsAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      call.url,
      {
        method: call.method,
        agent: false,
        ca: call.ca,
        headers: {
          ...call.headers,
          ...(call.body === undefined ? {} : { 'content-length': Buffer.byteLength(call.body) }),
        },
        ...(call.from === undefined ? {} : { localAddress: call.from, family: 4 }),
        ...(call.identity === undefined ? {} : { cert: call.identity.path, key: call.identity.key }),
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('error', reject);
        answer.once('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            text,
            json: text.startsWith('{') ? JSON.parse(text) : {},
          });
        });
      },
    );
    sent.once('error', reject);
    if (call.body !== undefined) sent.write(call.body);
    sent.end();
  });
}
