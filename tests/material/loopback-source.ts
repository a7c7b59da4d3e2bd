import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a source on the loopback answers at a path: bytes, a status, or nothing at all when absent. */
export type SourceAnswer =
  | string
  | Uint8Array
  | number
  | ((request: IncomingMessage, body: Uint8Array) => Uint8Array | number);

/** A source of files on a port of its own, whose answers a test may change at any time. */
export interface LoopbackSource {
  readonly url: string;
  readonly answers: Map<string, SourceAnswer>;
  /** The paths asked, in their order. */
  readonly asked: string[];
  stop(): Promise<void>;
}

export async function startLoopbackSource(): Promise<LoopbackSource> {
  const answers = new Map<string, SourceAnswer>();
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const path = request.url ?? '';
    asked.push(path);
    const found = answers.get(path) ?? 404;
    const answer = typeof found === 'function' ? found(request, body) : found;
    if (typeof answer === 'number') response.writeHead(answer).end();
    else response.end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers,
    asked,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
