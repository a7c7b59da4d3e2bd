import { createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import * as der from '@postern/core/asn1/der-writer.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConnection } from './connection.js';

/** A certificate that signs itself, valid around now, for 127.0.0.1. */
function selfSigned(commonName: string): { readonly certificate: string; readonly key: string } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = der.sequence(der.set(der.sequence(der.objectIdentifier('2.5.4.3'), der.utf8String(commonName))));
  const algorithm = der.sequence(der.objectIdentifier('1.2.840.10045.4.3.2'));
  const hour = 3_600_000;
  const loopback = der.sequence(der.tlv(0x87, Uint8Array.of(127, 0, 0, 1)));
  const tbs = der.sequence(
    der.explicit(0, der.integer(2)),
    der.integer(Uint8Array.of(1, ...randomBytes(8))),
    algorithm,
    name,
    der.sequence(der.time(new Date(Date.now() - hour)), der.time(new Date(Date.now() + hour))),
    name,
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
    der.explicit(3, der.sequence(der.sequence(der.objectIdentifier('2.5.29.17'), der.octetString(loopback)))),
  );
  const bytes = der.sequence(tbs, algorithm, der.bitString(sign('sha256', tbs, privateKey)));
  const certificate = `-----BEGIN CERTIFICATE-----\n${Buffer.from(bytes).toString('base64')}\n-----END CERTIFICATE-----\n`;
  return { certificate, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

const server = selfSigned('bank');
const client = selfSigned('tpp');
let listener: Server;
let address: string;
const sockets = new Set<unknown>();

beforeAll(async () => {
  listener = createServer(
    { cert: server.certificate, key: server.key, requestCert: true, rejectUnauthorized: false },
    (request, response) => {
      sockets.add(request.socket);
      const peer = (request.socket as TLSSocket).getPeerX509Certificate();
      const body: Buffer[] = [];
      request.on('data', (part: Buffer) => body.push(part));
      request.on('end', () => {
        if (request.url === '/cut') return void request.socket.destroy();
        response.writeHead(request.url === '/missing' ? 404 : 200, { 'content-type': 'text/plain' });
        response.end(
          `${request.method} ${peer?.subject.replace('CN=', '') ?? 'nobody'} ${request.headers.host} ${Buffer.concat(body)}`,
        );
      });
    },
  );
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  address = `https://127.0.0.1:${(listener.address() as AddressInfo).port}`;
});

afterAll(() => {
  listener.close();
  listener.closeAllConnections();
});

describe('openConnection', () => {
  it('presents its certificate, keeps the connection, and gives every status as an answer', async () => {
    const connection = openConnection({ ...client, ca: server.certificate });
    sockets.clear();
    const created = await connection.send({ method: 'POST', url: `${address}/x`, body: 'é' });
    const missing = await connection.send({ method: 'GET', url: `${address}/missing` });
    connection.close();
    expect(created).toMatchObject({ status: 200, statusText: 'OK', method: 'POST', url: `${address}/x` });
    expect(created.body.toString()).toBe(`POST tpp ${new URL(address).host} é`);
    expect(missing.status).toBe(404);
    expect(sockets.size).toBe(1);
  });

  it('presents none when it has none', async () => {
    const connection = openConnection({ ca: server.certificate });
    const answer = await connection.send({ method: 'GET', url: address });
    connection.close();
    expect(answer.body.toString()).toContain('GET nobody');
  });

  it('does not talk to a server that its CA does not vouch for', async () => {
    for (const connection of [openConnection(client), openConnection({ ...client, ca: client.certificate })]) {
      await expect(connection.send({ method: 'GET', url: address })).rejects.toThrow(/certificate/);
      connection.close();
    }
  });

  it('says so when the server cuts the line', async () => {
    const connection = openConnection({ ca: server.certificate });
    await expect(connection.send({ method: 'GET', url: `${address}/cut` })).rejects.toThrow(/hang up|ECONNRESET/);
    connection.close();
  });
});
