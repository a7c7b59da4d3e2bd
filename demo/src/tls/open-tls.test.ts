import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { daysFrom } from '../world/instants.js';
import { worldPaths } from '../world/world-paths.js';
import { openTls } from './open-tls.js';

let dataDirectory = '';

beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'demo-tls-'));
});

afterAll(() => rm(dataDirectory, { recursive: true }));

const file = (name: string) => readFile(join(worldPaths(dataDirectory).tls, name), 'utf8');

test('a TLS client that trusts the CA accepts the certificate for localhost and the loopback addresses', async () => {
  // TLS has no clock to be given: the material is made for today.
  await openTls(worldPaths(dataDirectory), new Date());
  const server = createServer({ key: await file('server-key.pem'), cert: await file('server.pem') }, (socket) =>
    socket.end(),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const ca = await file('ca.pem');
  for (const name of ['localhost', '127.0.0.1']) {
    const authorized = await new Promise((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      const socket: TLSSocket = connect({
        host: '127.0.0.1',
        port,
        ca,
        ...(name === 'localhost' ? { servername: name } : {}),
      });
      socket.once('secureConnect', () => resolve(socket.destroy().authorized)).once('error', reject);
    });
    expect(authorized).toBe(true);
  }
  server.close();
});

test('the certificate is made anew when less than 30 days are left, by the same CA', async () => {
  const paths = worldPaths(dataDirectory);
  const [ca, before] = await Promise.all([file('ca.pem'), file('server.pem')]);
  await openTls(paths, daysFrom(new Date(), 300));
  expect(await file('server.pem')).toBe(before);
  await openTls(paths, daysFrom(new Date(), 336));
  expect(await file('server.pem')).not.toBe(before);
  expect(await file('ca.pem')).toBe(ca);
});
