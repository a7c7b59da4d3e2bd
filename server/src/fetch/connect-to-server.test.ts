import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { oid } from '@postern/core/certificate/object-identifiers.js';
import { renderPem } from '@postern/core/issuance/pem.js';
import { afterEach, describe, expect, it } from 'vitest';
import * as der from '../../../core/src/asn1/der-writer.js';
import { commonName, ecKeys, extension, issueCertificate, rootCa } from '../../../tests/material/issue.js';
import { connectToServer } from './connect-to-server.js';

const notAfter = new Date('2046-01-01T00:00:00Z');
const authority = rootCa('Authority of servers', { notAfter });
const stops: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** What connecting to `host` ends in, where the server's certificate has this common name and these alternative names. */
async function connectTo(host: string, common: string, names: readonly Uint8Array[]): Promise<string> {
  const keys = ecKeys();
  const extensions = names.length === 0 ? [] : [extension(oid.subjectAlternativeName, der.sequence(...names))];
  const certificate = issueCertificate({ subject: commonName(common), keys, issuer: authority, notAfter, extensions });
  const server = createServer({
    cert: renderPem('CERTIFICATE', certificate),
    key: keys.privateKey.export({ format: 'pem', type: 'pkcs8' }),
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const ca = renderPem('CERTIFICATE', authority.certificate);
  const { port } = server.address() as AddressInfo;
  const lookup = (_host: string, _options: unknown, answer: (cause: null, found: unknown) => void) =>
    answer(null, [{ address: '127.0.0.1', family: 4 }]);
  const socket = connectToServer({ host, port, ca, lookup: lookup as never });
  stops.push(async () => {
    socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return new Promise((resolve) => {
    socket.once('secureConnect', () => resolve('connected'));
    socket.once('error', (cause: NodeJS.ErrnoException) => resolve(cause.code ?? String(cause)));
  });
}

const dnsName = (text: string) => der.implicit(2, der.ia5String(text));
const address = (...octets: number[]) => der.implicit(7, der.octetString(Uint8Array.from(octets)));
const refused = 'ERR_TLS_CERT_ALTNAME_INVALID';

describe('connectToServer', () => {
  it.each([
    ['the name', 'api.bank.example', 'x', [dnsName('api.bank.example')], 'connected'],
    ['the name in other letters', 'API.bank.example.', 'x', [dnsName('api.bank.example')], 'connected'],
    ['a wildcard for a whole label', 'api.bank.example', 'x', [dnsName('*.bank.example')], 'connected'],
    ['the address', '127.0.0.1', 'x', [address(127, 0, 0, 1)], 'connected'],
    ['another name', 'api.bank.example', 'x', [dnsName('bank.example')], refused],
    ['a common name alone', 'api.bank.example', 'api.bank.example', [], refused],
    ['a common name beside an address', 'api.bank.example', 'api.bank.example', [address(127, 0, 0, 1)], refused],
    ['a wildcard for a part of a label', 'api.bank.example', 'x', [dnsName('a*.bank.example')], refused],
    ['a wildcard for two labels', 'api.bank.example', 'x', [dnsName('*.example')], refused],
    ['an address as a name', '127.0.0.1', '127.0.0.1', [dnsName('127.0.0.1')], refused],
    ['another address', '127.0.0.1', 'x', [address(127, 0, 0, 2)], refused],
  ])('a certificate for %s', async (_case, host, common, names, outcome) => {
    expect(await connectTo(host, common, names)).toBe(outcome);
  });
});
