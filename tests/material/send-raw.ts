import { connect as connectPlain, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';

/** Where raw bytes go, and under which identity. */
export interface RawPlace {
  readonly url: string;
  readonly ca?: string;
  readonly identity?: { readonly path: string; readonly key: string } | undefined;
  readonly tls?: ConnectionOptions;
  /** Milliseconds to wait for the other side; two seconds where it is left out. */
  readonly patience?: number;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface RawExchange {
  /** The answers in their order; those that are not HTTP are left out. */
  readonly answers: readonly RawAnswer[];
  /** Whether the other side closed the connection before the time was over. */
  readonly closed: boolean;
  /** Whether a body was asked for (100 Continue). */
  readonly invited: boolean;
}

const usualPatience = 2_000;

/** Writes bytes on a connection of their own and reads until the other side closes it, or `expected` answers are complete. */
export function sendRaw(
  place: RawPlace,
  bytes: string | Uint8Array | readonly (string | Uint8Array)[],
  expected?: number,
): Promise<RawExchange> {
  return new Promise((resolve) => {
    const socket = openSocket(place);
    const parts = (Array.isArray(bytes) ? bytes : [bytes]).map((part) =>
      typeof part === 'string' ? Buffer.from(part, 'latin1') : part,
    );
    const isHead = Buffer.from(parts[0] ?? '').toString('latin1', 0, 5) === 'HEAD ';
    let received = Buffer.alloc(0);
    const finish = (closed: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      const invited = received.includes('HTTP/1.1 100 ');
      resolve({ answers: readAnswers(received, isHead), closed, invited });
    };
    const timer = setTimeout(() => finish(false), place.patience ?? usualPatience);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (expected !== undefined && readAnswers(received, isHead).length >= expected) finish(false);
    });
    socket.on('error', () => finish(true));
    socket.on('close', () => finish(true));
    for (const part of parts) socket.write(part);
  });
}

/** The text of a request with the given lines, and a Host unless one is among them. */
export function rawRequest(place: RawPlace, requestLine: string, headers: readonly string[] = [], body = ''): string {
  const host = headers.some((line) => /^host/i.test(line)) ? [] : [`Host: ${new URL(place.url).host}`];
  return `${[requestLine, ...host, ...headers].join('\r\n')}\r\n\r\n${body}`;
}

function openSocket({ url, ca, identity, tls }: RawPlace): Socket {
  const { protocol, hostname: host, port } = new URL(url);
  if (protocol === 'http:') return connectPlain({ host, port: Number(port) });
  return connectTls({
    host,
    port: Number(port),
    servername: host,
    ca,
    ...(identity === undefined ? {} : { cert: identity.path, key: identity.key }),
    ...tls,
  });
}

/** The answer to HEAD announces a length and brings nothing. */
function readAnswers(received: Buffer, isHead: boolean): readonly RawAnswer[] {
  const answers: RawAnswer[] = [];
  let rest = received.toString('latin1');
  for (;;) {
    const end = rest.indexOf('\r\n\r\n');
    const [statusLine = '', ...lines] = rest.slice(0, Math.max(end, 0)).split('\r\n');
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1] ?? 0);
    if (end < 0 || status === 0) return answers;
    const headers = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    );
    const length = Number(headers['content-length'] ?? 0);
    const body = rest.slice(end + 4, end + 4 + length);
    if (body.length < length && !isHead) return answers;
    if (status !== 100) answers.push({ status, headers, text: Buffer.from(body, 'latin1').toString('utf8') });
    rest = rest.slice(end + 4 + body.length);
  }
}
