import { createServer } from 'node:net';

/** A number with six free loopback ports from it on. */
export async function findPortBase(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    // Below the ports that the system gives to outgoing connections: one of those may be taken at any moment.
    const base = 11_000 + Math.floor(Math.random() * 2_100) * 10;
    const free = await Promise.all([0, 1, 2, 3, 4, 5].map((offset) => isFree(base + offset)));
    if (free.every((is) => is)) return base;
  }
  throw new Error('no six free ports found');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
