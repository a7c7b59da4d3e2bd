import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { DemoError } from '../demo-error.js';
import { type Answer, failure } from './answer.js';
import { routes } from './routes.js';
import type { ServedWorld } from './served-world.js';

/** The HTTP server of a demo world, not yet listening. */
export function createListener(served: ServedWorld): Server {
  return createServer(
    { requestTimeout: 10_000, headersTimeout: 5_000, keepAliveTimeout: 60_000 },
    (request, response) => {
      answer(served, request)
        .catch(answerError)
        .then((result) => send(response, result))
        .catch(() => response.destroy());
    },
  );
}

async function answer(served: ServedWorld, request: IncomingMessage): Promise<Answer> {
  const address = URL.parse(request.url ?? '', served.world().url);
  if (address === null || !request.url?.startsWith('/')) {
    return failure(400, 'the request target cannot be read');
  }
  // Without this, a page of a foreign site could give its own name the address of this machine and then talk to the world.
  if (!/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(request.headers.host ?? '')) {
    return failure(421, 'the Host must be localhost');
  }
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const name = Object.keys(routes).find((route) => matches(route, `${method} ${address.pathname}`));
  const route = name === undefined ? undefined : routes[name];
  return route === undefined ? failure(404, 'there is nothing here') : route({ served, request, address });
}

function matches(route: string, asked: string): boolean {
  return route.endsWith('/') ? asked.startsWith(route) : asked === route;
}

function answerError(error: unknown): Answer {
  if (error instanceof DemoError) {
    return failure(error.usage ? 400 : 404, error.message);
  }
  console.error(error);
  return failure(500, 'something failed here');
}

function send(response: ServerResponse, { status, contentType, body }: Answer): void {
  response.writeHead(status, {
    'cache-control': 'no-store',
    ...(contentType === undefined ? {} : { 'content-type': contentType }),
    ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
  });
  response.end(body);
}
