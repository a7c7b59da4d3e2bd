import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eachStore } from '../../../tests/material/each-store.js';
import type { Database } from '../store/database.js';
import { insertJourney, readForgottenJourneys, removeJourney } from '../store/journeys.js';
import { migrate } from '../store/migrate.js';
import {
  insertApplicant,
  insertSandboxCertificate,
  readApplicant,
  readCertificatesOf,
  readSandboxVersion,
  type SandboxApplicant,
} from '../store/sandbox.js';
import { createUuid } from '../store/uuid.js';
import { exhibitExchange } from './exhibit-exchange.js';
import { connectTo } from './explorer-connection.js';

const now = new Date('2026-11-22T10:00:00Z');

describe('the connections of a journey', () => {
  const send = connectTo({
    origins: new Set(['https://api.bank.example', 'https://www.bank.example']),
    trusted: [],
    signal: AbortSignal.timeout(10_000),
  });

  it.each([
    'https://evil.example/',
    'http://api.bank.example/',
    'https://api.bank.example:8443/',
    'https://api.bank.example.evil.example/',
    'https://api.bank.example@evil.example/',
    'https://127.0.0.1/',
    'file:///etc/passwd',
  ])('K15: lead not to %s', async (url) => {
    await expect(send({ method: 'GET', url })).rejects.toThrow('nowhere but to our own addresses');
  });
});

describe('what a step shows', () => {
  it('is the exchange, with long values abridged and no more of a body than can be read', () => {
    const answer = { status: 200, statusText: 'OK', headers: { 'content-type': 'application/json' } };
    const exhibit = exhibitExchange({
      request: { method: 'POST', url: 'https://api.bank.example/x?y=1', body: `{"x5c":"${'A'.repeat(500)}"}` },
      answer: { ...answer, body: JSON.stringify({ list: Array(500).fill('text') }) },
    });
    expect(exhibit).toMatchObject({ kind: 'exchange' });
    const { request, answer: shown } = exhibit as { request: string; answer: string };
    expect(request).toMatch(/^POST \/x\?y=1 HTTP\/1.1\nhost: api.bank.example\n\n/);
    expect(request).toContain('A… (500)');
    expect(shown).toMatch(/^HTTP\/1.1 200 OK\ncontent-type/);
    expect(shown.length).toBeLessThan(3_200);
    expect(shown).toMatch(/… \(\d+ more\)$/);
  });
});

describe.each(eachStore)('what is left of a journey, on %s', (_kind, open) => {
  let database: Database;

  beforeAll(async () => {
    database = await open();
    await migrate(database);
  });

  afterAll(() => database?.close());

  it('is removed whole, also when its server was stopped, and nobody else’s with it', async () => {
    const journey = { name: 'Journey 00ff', brand: 'a-bank' };
    const applicantOf = (organizationName: string, brand: string, number: number) => ({
      id: createUuid(now),
      brand,
      organizationIdentifier: `PSDFR-TEST-${number}`,
      organizationName,
      contact: 'a@b.example',
      roles: ['PSP_AI'] as const,
      secretHash: 'hash',
      state: 'issued' as const,
      registerState: 'active' as const,
      requests: undefined,
      requestedAt: now,
      decidedAt: undefined,
      decidedBy: undefined,
      reason: undefined,
    });
    const [own, other, elsewhere] = [
      applicantOf(journey.name, 'a-bank', 1),
      applicantOf('Journey', 'a-bank', 2),
      applicantOf(journey.name, 'b-bank', 3),
    ];
    for (const applicant of [own, other, elsewhere]) {
      await insertApplicant(database, applicant);
      await insertCertificateWithWarning(database, applicant);
    }
    await insertJourney(database, journey, now);
    expect(await readForgottenJourneys(database, 'a-bank', now)).toEqual([]);
    const later = new Date(now.getTime() + 1);
    expect(await readForgottenJourneys(database, 'a-bank', later)).toEqual([journey]);
    const version = await readSandboxVersion(database);
    expect(await database.transaction((sql) => removeJourney(sql, journey, later))).toEqual([]);
    expect(await readApplicant(database, own.id)).toBeUndefined();
    expect(await readApplicant(database, other.id)).toBeDefined();
    expect(await readApplicant(database, elsewhere.id)).toBeDefined();
    expect(await readCertificatesOf(database, own.id)).toEqual([]);
    expect(await readCertificatesOf(database, other.id)).toHaveLength(1);
    expect(await readSandboxVersion(database)).toBe(version + 1);
    expect(await readForgottenJourneys(database, 'a-bank', later)).toEqual([]);
  });
});

async function insertCertificateWithWarning(database: Database, { id, brand }: SandboxApplicant): Promise<void> {
  await insertSandboxCertificate(database, {
    serialNumber: id,
    applicantId: id,
    brand,
    kind: 'qwac',
    issuer: 'issuer',
    thumbprint: id,
    path: '',
    issuedAt: now,
    notAfter: now,
    state: 'good',
    revokedAt: undefined,
    reason: undefined,
    defect: undefined,
  });
  await database.query('insert into sandbox_warning (serial_number, days, warned_at) values ($1, 7, $2)', [id, now]);
}
