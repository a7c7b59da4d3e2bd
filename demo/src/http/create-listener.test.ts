import { spawnSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  explicit,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
} from '@postern/core/asn1/der-writer.js';
import type { Certificate } from '@postern/core/certificate/certificate.js';
import { parseCertificate } from '@postern/core/certificate/parse-certificate.js';
import { distinguishedName } from '@postern/core/issuance/distinguished-name.js';
import { renderPem } from '@postern/core/issuance/pem.js';
import { publicKeyBits, renderSpki } from '@postern/core/issuance/public-key-octets.js';
import { signStructure } from '@postern/core/issuance/signature-algorithm.js';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openWorld, type World } from '../world/open-world.js';
import { generateKeyPair } from '../x509/key-pair.js';
import type { ReaderReport } from './await-readers.js';
import { createListener } from './create-listener.js';
import { serveWorld } from './served-world.js';

const now = new Date('2026-11-22T10:00:00Z');
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) {
  console.warn('openssl is not on this machine: what it would say of OCSP, CRL and paths is not tested');
}

let dataDirectory = '';
let world: World;
let listener: Server;
let url = '';
let csr = '';

beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'demo-http-'));
  world = await openWorld({ dataDirectory }, now);
  listener = createListener(
    serveWorld(
      () => world,
      () => now,
    ),
  );
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  const key = await generateKeyPair('ec');
  const requested = sequence(
    integer(0),
    distinguishedName({ commonName: 'x' }),
    renderSpki(key.publicKey),
    explicit(0),
  );
  csr = renderPem('CERTIFICATE REQUEST', signStructure(requested, key.privateKey));
});

afterAll(async () => {
  listener.closeAllConnections();
  listener.close();
  await rm(dataDirectory, { recursive: true });
});

const get = (path: string) => fetch(`${url}${path}`);
const octetsOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());

const post = (path: string, body: unknown) =>
  fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const order = (more: object = {}) =>
  post('/qtsp/certificates', {
    csr,
    kind: 'qwac',
    organizationIdentifier: 'PSDFR-ACPR-12345',
    roles: ['PSP_AI'],
    ...more,
  });

async function issue(more: object = {}): Promise<Certificate> {
  const { certificate } = (await (await order(more)).json()) as { certificate: string };
  return parseCertificate(new X509Certificate(certificate).raw);
}

function ocspRequest(serialNumber: string): Uint8Array {
  const sha256 = (octets: Uint8Array) => octetString(createHash('sha256').update(octets).digest());
  const { certificate, publicKey } = world.qtsp.issuing;
  const algorithm = sequence(objectIdentifier('2.16.840.1.101.3.4.2.1'), nullValue());
  const serial = integer(Buffer.from(serialNumber, 'hex'));
  return sequence(
    sequence(
      sequence(
        sequence(sequence(algorithm, sha256(certificate.subject.der), sha256(publicKeyBits(publicKey)), serial)),
      ),
    ),
  );
}

/** What openssl says, given octets that it reads from a file. */
async function openssl(octets: Uint8Array, args: (file: string) => readonly string[]): Promise<string> {
  const file = join(dataDirectory, 'octets');
  await writeFile(file, octets);
  const { stdout, stderr } = spawnSync('openssl', [...args(file)], { encoding: 'utf8' });
  return `${stdout}\n${stderr}`;
}

const qtspFile = (name: string) => join(world.paths.qtsp, name);
const atNow = ['-attime', String(now.getTime() / 1000)];

describe('orders of certificates', () => {
  test('a request and its proof give a certificate and its path', async () => {
    const response = await order();
    expect(response.status).toBe(201);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const issued = (await response.json()) as Record<string, string>;
    expect(issued['path']?.startsWith(issued['certificate'] ?? '?')).toBe(true);
    expect(new X509Certificate(issued['certificate'] ?? '').serialNumber.toLowerCase()).toBe(issued['serialNumber']);
  });

  test.each([
    [{ defect: 'bent' }, /there is no defect "bent"; the defects are: expired,/],
    [{ csr: 'nothing' }, /not a PEM certification request/],
    [{ csr: 7 }, /csr is missing/],
    [{ roles: 'PSP_AI' }, /at least one role/],
  ])('%j is refused with words', async (more, words) => {
    const response = await order(more);
    expect(response.status).toBe(400);
    expect(((await response.json()) as { error: string }).error).toMatch(words);
  });
});

describe('certificate status', () => {
  test.runIf(hasOpenssl)('OCSP by POST and by GET: good, then revoked; unknown what was not issued', async () => {
    const certificate = await issue();
    const ask = async (serial: string, byGet: boolean) => {
      const asked = ocspRequest(serial);
      const path = encodeURIComponent(Buffer.from(asked).toString('base64'));
      const response = byGet
        ? await get(`/ocsp/${path}`)
        : await fetch(`${url}/ocsp`, { method: 'POST', body: Buffer.from(asked) });
      expect(response.headers.get('content-type')).toBe('application/ocsp-response');
      const issuing = ['-issuer', qtspFile('issuing.pem'), '-sha256', '-serial', `0x${serial}`];
      return openssl(await octetsOf(response), (file) => [
        'ocsp',
        '-respin',
        file,
        ...issuing,
        '-CAfile',
        qtspFile('root.pem'),
        ...atNow,
      ]);
    };
    expect(await ask(certificate.serialNumber, false)).toMatch(/\bgood\n[\s\S]*Response verify OK/);
    // Not waited for: it lasts until the status has been asked for again, as it is here.
    const revocation = post('/demo/revoke', { serialNumber: certificate.serialNumber });
    await vi.waitFor(async () => {
      expect(await ask(certificate.serialNumber, true)).toMatch(/\brevoked\n[\s\S]*Response verify OK/);
    });
    expect((await revocation).status).toBe(204);
    expect(await ask('0badc0de', true)).toMatch(/\bunknown\n[\s\S]*Response verify OK/);
  });

  test.runIf(hasOpenssl)(
    'a certificate that is held is revoked with that reason, and good again when it is released',
    async () => {
      const { serialNumber } = await issue();
      expect((await post('/demo/hold', { serialNumber })).status).toBe(204);
      const answer = await fetch(`${url}/ocsp`, { method: 'POST', body: Buffer.from(ocspRequest(serialNumber)) });
      const said = await openssl(await octetsOf(answer), (file) => [
        'ocsp',
        '-respin',
        file,
        '-noverify',
        '-resp_text',
      ]);
      expect(said).toContain('certificateHold');
      const crl = () => get('/crl/issuing.crl').then(octetsOf);
      const list = (file: string) => ['crl', '-inform', 'DER', '-in', file, '-noout', '-text'];
      expect(await openssl(await crl(), list)).toMatch(
        new RegExp(`${serialNumber.toUpperCase()}[\\s\\S]{1,200}Certificate Hold`),
      );
      // Not waited for: it lasts until the status has been asked for again, as it is here.
      const release = post('/demo/unhold', { serialNumber });
      await vi.waitFor(async () => {
        await fetch(`${url}/ocsp`, { method: 'POST', body: Buffer.from(ocspRequest(serialNumber)) });
        expect(await openssl(await crl(), list)).not.toContain(serialNumber.toUpperCase());
      });
      expect((await release).status).toBe(204);
      const revoked = await issue({ defect: 'revoked' });
      expect((await post('/demo/unhold', { serialNumber: revoked.serialNumber })).status).toBe(404);
    },
  );

  test('bytes that are no OCSP request are answered with malformedRequest', async () => {
    const response = await fetch(`${url}/ocsp`, { method: 'POST', body: 'whatever' });
    expect(Buffer.from(await octetsOf(response)).toString('hex')).toBe('30030a0101');
  });

  test.runIf(hasOpenssl)('CRL: signed by the issuing CA, with what was revoked', async () => {
    const revoked = await issue({ defect: 'revoked' });
    const crl = await octetsOf(await get('/crl/issuing.crl'));
    const said = await openssl(crl, (file) => [
      'crl',
      '-inform',
      'DER',
      '-in',
      file,
      '-noout',
      '-text',
      '-CAfile',
      qtspFile('issuing.pem'),
    ]);
    expect(said).toContain('verify OK');
    expect(said).toContain(revoked.serialNumber.toUpperCase());
  });

  test.runIf(hasOpenssl)('openssl builds the path of a certificate that is offered', async () => {
    const leaf = renderPem('CERTIFICATE', (await issue()).der);
    const issuers = ['-CAfile', qtspFile('root.pem'), '-untrusted', qtspFile('issuing.pem')];
    const purpose = ['-purpose', 'sslclient', '-x509_strict'];
    expect(await openssl(Buffer.from(leaf), (file) => ['verify', ...issuers, ...atNow, ...purpose, file])).toContain(
      ': OK',
    );
  });

  test('a certificate that was never issued cannot be revoked', async () => {
    expect((await post('/demo/revoke', { serialNumber: 'ff' })).status).toBe(404);
    expect((await post('/demo/revoke', {})).status).toBe(404);
  });
});

describe('the register', () => {
  type Metadata = Record<string, string>;
  const metadata = async () => (await (await get('/register/api/filemetadata')).json()) as Metadata;
  const download = ({ latest_version_relative_zip_path: path }: Metadata) => get(`/register/downloads/PSDMD/${path}`);

  test('a version that was named stays to be downloaded when the next one is out', async () => {
    await issue({ organizationIdentifier: 'PSDFR-ACPR-777' });
    const before = await metadata();
    // Not waited for: it lasts as long as the reader, which is this test, has not read the new version.
    const withdrawal = post('/demo/withdraw', { organizationIdentifier: 'PSDFR-ACPR-777' });
    let after = before;
    while (after['sha256_hash'] === before['sha256_hash']) {
      after = await metadata();
    }
    for (const version of [before, after]) {
      const zip = await octetsOf(await download(version));
      expect(createHash('sha256').update(zip).digest('hex')).toBe(version['sha256_hash']);
    }
    await metadata();
    expect((await withdrawal).status).toBe(204);
    expect(after['timestamp']).not.toBe(before['timestamp']);
  });

  test('readers are reported, for commands to wait for', async () => {
    const { register, directory } = (await (await get('/demo/readers')).json()) as ReaderReport;
    expect(directory).toBe(world.paths.demo);
    expect(register.askedMillisecondsAgo).toEqual(expect.any(Number));
    expect(register.fetchedVersion).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each([['/demo/withdraw'], ['/demo/reinstate']])('%s of an organisation that is not in it', async (path) => {
    expect((await post(path, { organizationIdentifier: 'PSDFR-ACPR-0' })).status).toBe(404);
    expect((await post(path, { organizationIdentifier: 'nonsense' })).status).toBe(400);
  });
});

describe('the lists', () => {
  test('change when they are told to, for everybody who reads them', async () => {
    const status = async () => /Svcstatus\/(\w+)/.exec(await (await get('/tl/fr.xml')).text())?.[1];
    const change = async (path: string, expected: string) => {
      // Not waited for: it lasts as long as the reader, which is this test, has not read the lists.
      const changed = post(path, {});
      await vi.waitFor(async () => {
        await get('/lotl.xml');
        expect(await status()).toBe(expected);
      });
      expect((await changed).status).toBe(204);
    };
    await change('/demo/withdraw-service', 'withdrawn');
    await change('/demo/reinstate-service', 'granted');
    expect((await post('/demo/expire-list', { list: 'de' })).status).toBe(400);
    const before = await (await get('/lotl.xml')).text();
    const rotation = post('/demo/rotate-signer', { announced: true });
    await vi.waitFor(async () => {
      await get('/tl/fr.xml');
      expect(await (await get('/lotl.xml')).text()).not.toBe(before);
    });
    expect((await rotation).status).toBe(204);
  });
});

describe('everything else', () => {
  test('lists, certificates and health are there', async () => {
    expect((await get('/lotl.xml')).headers.get('content-type')).toBe('application/vnd.etsi.tsl+xml');
    expect(await (await get('/tl/fr.xml')).text()).toContain('<SchemeTerritory>FR</SchemeTerritory>');
    expect(await octetsOf(await get('/certificates/issuing.cer'))).toEqual(world.qtsp.issuing.certificate.der);
    expect(await octetsOf(await get('/certificates/root.cer'))).toEqual(world.qtsp.root.certificate.der);
    expect(await (await get('/health')).json()).toEqual({ status: 'ok' });
    expect((await get('/elsewhere')).status).toBe(404);
  });

  test('a page of a foreign site can neither post without being asked nor bring its own host name', async () => {
    const withoutType = await fetch(`${url}/demo/withdraw`, { method: 'POST', body: '{}' });
    expect([withoutType.status, await withoutType.text()]).toEqual([400, expect.stringContaining('application/json')]);
    const oversized = await post('/demo/withdraw', { organizationIdentifier: 'x'.repeat(70_000) });
    expect(oversized.status).toBe(400);
    const { port } = listener.address() as AddressInfo;
    const status = await new Promise((resolve) =>
      request({ port, host: '127.0.0.1', path: '/health', headers: { host: 'attacker.example' } }, (response) =>
        resolve(response.resume().statusCode),
      ).end(),
    );
    expect(status).toBe(421);
  });
});
