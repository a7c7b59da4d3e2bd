import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestQtsp, issueQualified } from '../../../tests/material/issue-qualified-evidence.js';
import { createStatusCache } from './status-cache.js';

const qtsp = createTestQtsp();
const subject = (serialNumber: string) => ({
  certificate: issueQualified(qtsp, { organizationIdentifier: `PSDFR-ACPR-${serialNumber}` }),
  issuer: qtsp.certificate,
});
const receivedAt = new Date('2026-11-01T00:00:00Z');
const ocsp = { source: 'ocsp', address: 'http://ocsp.example/', receivedAt, bytes: new Uint8Array([1]) } as const;
const crlFrom = (address: string) =>
  ({ source: 'crl', address, receivedAt, bytes: new Uint8Array(Buffer.from(address)) }) as const;

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'postern-status-'));
});
afterEach(() => rm(directory, { recursive: true }));

it('sweeps old answers that nothing uses, and no file of anybody else', async () => {
  const cache = createStatusCache(directory);
  const [used, idle, fresh] = [subject('1'), subject('2'), subject('3')];
  await cache.write(used, crlFrom('http://used.example/'));
  await cache.write(idle, crlFrom('http://idle.example/'));
  const foreign = ['list-fr.xml', 'register-metadata.json', `register-${'0'.repeat(64)}.zip`];
  for (const name of foreign) await writeFile(join(directory, name), 'x');
  for (const name of await readdir(directory)) await utimes(join(directory, name), receivedAt, receivedAt);
  await cache.write(fresh, ocsp);

  const before = new Date('2026-11-15T00:00:00Z');
  const kept = [{ subject: used, crlAddress: 'http://used.example/' }];
  expect(await cache.sweep(before, kept)).toBe(2);
  expect(await cache.read(used)).toEqual(crlFrom('http://used.example/'));
  expect(await cache.read(idle)).toBeUndefined();
  expect(await cache.read(fresh)).toEqual(ocsp);
  expect(await readdir(directory)).toEqual(expect.arrayContaining(foreign));
  expect(await cache.sweep(before, kept)).toBe(0);
});

it('has nothing to sweep where there is no directory', async () => {
  expect(await createStatusCache(join(directory, 'none')).sweep(new Date(), [])).toBe(0);
});
