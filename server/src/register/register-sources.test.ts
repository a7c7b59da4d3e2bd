import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type EntityRecipe,
  fileMetadata,
  goldenCopy,
  goldenEntity,
  registerZip,
} from '../../../tests/material/golden-copy.js';
import { type LoopbackSource, startLoopbackSource } from '../../../tests/material/loopback-source.js';
import { createGuardedFetch } from '../fetch/guarded-fetch.js';
import { createCorrectionsStore } from './corrections-store.js';
import { explainOrganization } from './explain-organization.js';
import { isOrganizationActive } from './is-organization-active.js';
import { createRegisterStore, type RegisterStore } from './register-store.js';

const now = new Date('2026-08-17T00:00:00Z');
let source: LoopbackSource;
let directory: string;
let file: string;
const opened: RegisterStore[] = [];

beforeEach(async () => {
  source = await startLoopbackSource();
  directory = await mkdtemp(join(tmpdir(), 'register-sources-'));
  file = join(directory, 'corrections.yaml');
  publish([{ number: '12345' }]);
});
afterEach(async () => {
  for (const store of opened.splice(0)) store.stop();
  await source.stop();
  await rm(directory, { recursive: true });
});

function publish(entities: readonly EntityRecipe[]): Uint8Array {
  const zip = registerZip(goldenCopy(entities.map(goldenEntity)));
  source.answers.set('/files/20260816/register.zip', zip);
  source.answers.set('/metadata', fileMetadata(source.url, zip));
  return zip;
}

function createStore(change: { metadataUrl?: string | undefined; corrections?: { file: string } } = {}): RegisterStore {
  const store = createRegisterStore({
    metadataUrl: `${source.url}/metadata`,
    refreshSeconds: 3600,
    cacheDirectory: join(directory, 'cache'),
    fetch: createGuardedFetch({ allowPlainHttp: true, allowPrivateAddresses: true }),
    clock: () => now,
    ...change,
  });
  opened.push(store);
  return store;
}

const statement = { authority: 'FR_ACPR', number: '12345', source: 'REGAFI', reason: 'a letter' };
const withdrawn = { ...statement, authorisationDates: ['2019-03-01', '2026-08-01'] };
const override = { ...statement, authorisationDates: ['2019-03-01'], override: true, expires: '2026-08-20' };
const bank = {
  ...statement,
  number: '30004',
  type: 'CRD_CRE_INS',
  names: ['Banque Exemple'],
  authorisationDates: ['2001-01-01'],
  expires: '2026-08-20',
};
const write = (...entries: readonly object[]) => writeFile(file, JSON.stringify({ entries }));
const active = (store: RegisterStore, number = '12345', at = now) =>
  isOrganizationActive(store, `PSDFR-ACPR-${number}`, at);

describe('other sources beside the EBA register', () => {
  test('add credit institutions, and a withdrawal that they know counts [U21]', async () => {
    await write(bank, withdrawn);
    const store = createStore({ corrections: { file } });
    await store.start();
    expect([active(store, '30004'), active(store)]).toEqual([true, false]);
    expect(active(store, '30004', new Date('2026-08-21T00:00:00Z'))).toBe(false);
    expect(store.version()).toMatch(/^[0-9a-f]{64}\+[0-9a-f]{64}$/);
    expect(store.lookup(undefined)).toMatchObject({ available: true, version: store.version() });
    expect(store.report().corrections).toEqual({
      reason: undefined,
      version: expect.any(String),
      entries: 2,
      expired: 0,
      conflicts: [
        {
          authority: 'FR_ACPR',
          number: '12345',
          agreement: 'restricted',
          differences: ['REGAFI says withdrawn, the EBA register active'],
        },
      ],
    });
  });

  test('a positive override ends by itself, and is told as long as it counts [U21, O13]', async () => {
    publish([{ number: '12345', dates: ['2019-03-01', '2026-01-01'] }]);
    await write(override);
    const store = createStore({ corrections: { file } });
    await store.start();
    expect(active(store)).toBe(true);
    expect(store.report().corrections?.conflicts).toMatchObject([{ agreement: 'overridden' }]);
    expect(active(store, '12345', new Date('2026-08-21T00:00:00Z'))).toBe(false);
  });

  test('an institution that one of them alone has is undecided', async () => {
    await write({ ...bank, type: 'PSD_PI' });
    const store = createStore({ corrections: { file } });
    await store.start();
    const options = { hostCountry: 'FR', now };
    expect(explainOrganization(store, 'PSDFR-ACPR-30004', options)?.standing).toBe('undecided');
    expect(explainOrganization(store, 'PSDFR-ACPR-12345', options)?.standing).toBe('authorised');
    expect(explainOrganization(store, 'PSDFR-ACPR-1', options)?.standing).toBe('not-authorised');
    expect(explainOrganization(store, 'nobody', options)).toBeUndefined();
  });
});

describe('the file of corrections', () => {
  const open = () => createCorrectionsStore({ file, cacheDirectory: join(directory, 'cache') });

  test('counts at once when it changes; a broken one changes nothing and is told', async () => {
    await write(bank);
    const store = open();
    let changes = 0;
    store.onChange(() => {
      changes += 1;
    });
    expect(await store.refresh()).toBe(true);
    const first = store.current();
    await writeFile(file, 'entries: [');
    expect(await store.refresh()).toBe(false);
    expect(await store.refresh()).toBe(false);
    expect([store.current(), changes]).toEqual([first, 1]);
    expect(store.failure()).toContain('cannot be used');
    await rm(file);
    expect(await store.refresh()).toBe(false);
    expect(store.failure()).toContain('cannot be read');
    await write(bank, withdrawn);
    expect(await store.refresh()).toBe(true);
    expect([store.current()?.entries.length, changes]).toEqual([2, 2]);
  });

  test('is restored at a start from the last good one', async () => {
    await write(bank);
    await open().refresh();
    await writeFile(file, 'entries: [');
    const store = open();
    await store.start();
    store.stop();
    expect(store.current()?.entries).toHaveLength(1);
    expect(store.failure()).toContain('cannot be used');
  });

  test('that was configured and never good leaves nobody in', async () => {
    const store = createStore({ corrections: { file } });
    await store.start();
    expect(store.lookup(undefined)).toMatchObject({ available: false, reason: expect.stringContaining('ENOENT') });
    expect(store.report().state).toBe('failed');
    expect(active(store)).toBe(false);
  });
});

describe('files that an operator brings', () => {
  const many = (count: number): EntityRecipe[] =>
    Array.from({ length: count }, (_, at) => ({ number: String(10_000 + at) }));
  const deliver = (entities: readonly EntityRecipe[], change: Readonly<Record<string, string>> = {}) => {
    const zip = registerZip(goldenCopy(entities.map(goldenEntity)));
    return { zip, metadataOctets: Buffer.from(fileMetadata(source.url, zip, change)), accepted: false };
  };

  test('come into force, and a running store takes them over', async () => {
    const running = createStore({ metadataUrl: undefined });
    await running.start();
    expect(running.report()).toMatchObject({ state: 'failed', reason: expect.stringContaining('none was imported') });
    await createStore({ metadataUrl: undefined }).take(deliver([{ number: '777' }]));
    expect(await running.refresh()).toBe(true);
    expect(active(running, '777')).toBe(true);
    expect(running.report().state).toBe('ok');
  });

  test.each<[string, () => ReturnType<typeof deliver>, string]>([
    ['another digest', () => deliver(many(1), { sha256_hash: '0'.repeat(64) }), 'digest'],
    ['an institution twice', () => deliver([...many(1), ...many(1)]), 'duplicate'],
    ['an older file', () => deliver(many(1), { timestamp: 'Sat Aug 15 00:00:16 UTC 2026' }), 'older'],
    ['no institution', () => deliver([{ number: '1', type: 'PSD_AG' }]), 'empty'],
  ])('%s is refused by name [U17]', async (_name, delivery, problem) => {
    const store = createStore();
    await store.refresh();
    const version = store.version();
    await expect(store.take(delivery())).rejects.toMatchObject({ name: 'Refusal', problems: [problem] });
    expect(store.version()).toBe(version);
  });

  test('a shrunken file waits in quarantine until it is accepted, across processes [U9]', async () => {
    publish(many(200));
    const running = createStore();
    await running.start();
    const zip = publish(many(150));
    expect(await running.refresh()).toBe(false);
    const { quarantined = '', problem } = running.report();
    expect([quarantined, problem]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), 'shrunken']);
    const operator = createStore();
    await operator.restore();
    expect(operator.report()).toMatchObject({ entities: 200, quarantined });
    await operator.take({ zip, metadataOctets: Buffer.from(fileMetadata(source.url, zip)), accepted: true });
    expect(await running.refresh()).toBe(true);
    expect(running.report()).toMatchObject({ entities: 150, quarantined: undefined, problem: undefined, state: 'ok' });
    const files = await readdir(join(directory, 'cache'));
    expect(files.toSorted()).toEqual([`register-${quarantined}.zip`, 'register-metadata.json']);
  });
});
