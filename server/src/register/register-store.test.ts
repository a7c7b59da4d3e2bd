import { mkdtemp, readdir, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
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
import { createRegisterStore, type RegisterStore } from './register-store.js';

const now = new Date('2026-08-17T00:00:00Z');
let source: LoopbackSource;
let directory: string;

beforeEach(async () => {
  source = await startLoopbackSource();
  directory = await mkdtemp(join(tmpdir(), 'register-'));
  publish([{ number: '12345' }]);
});
afterEach(async () => {
  await source.stop();
  await rm(directory, { recursive: true });
});

function publish(entities: readonly EntityRecipe[], change: Readonly<Record<string, string>> = {}) {
  publishZip(registerZip(goldenCopy(entities.map(goldenEntity))), change);
}

function publishZip(zip: Uint8Array, change: Readonly<Record<string, string>> = {}) {
  source.answers.set('/files/20260816/register.zip', zip);
  source.answers.set('/metadata', fileMetadata(source.url, zip, change));
}

function createStore(): RegisterStore {
  return createRegisterStore({
    metadataUrl: `${source.url}/metadata`,
    refreshSeconds: 3600,
    cacheDirectory: directory,
    fetch: createGuardedFetch({ allowPlainHttp: true, allowPrivateAddresses: true }),
    clock: () => now,
  });
}

async function loadedStore(): Promise<RegisterStore> {
  const store = createStore();
  expect(await store.refresh()).toBe(true);
  return store;
}

function namesOf(store: RegisterStore, number = '12345') {
  const answer = store.lookup({ country: 'FR', authority: 'ACPR', number });
  return answer.available ? answer.candidates.map(({ names }) => names[0]) : answer.reason;
}

const many = (count: number, first = 10_000): EntityRecipe[] =>
  Array.from({ length: count }, (_, at) => ({ number: String(first + at), type: at % 3 === 0 ? 'PSD_PI' : 'PSD_AG' }));

describe('the register store', () => {
  test('cannot be asked before a file was loaded', () => {
    expect(createStore().lookup({ country: 'FR', authority: 'ACPR', number: '12345' })).toEqual({
      available: false,
      reason: 'the register has not been fetched yet',
    });
  });

  test('finds institutions by their reference', async () => {
    const store = await loadedStore();
    expect(namesOf(store)).toEqual(['Établissement {"12345"}']);
    expect(namesOf(store, '99999')).toEqual([]);
    expect(store.lookup(undefined)).toMatchObject({
      available: true,
      candidates: [],
      publishedAt: new Date('2026-08-16T00:00:16Z'),
    });
    expect(store.report()).toMatchObject({ state: 'ok', institutions: 1, unreadable: 0 });
    expect(store.version()).toMatch(/^[0-9a-f]{64}$/);
  });

  test('asks for the metadata only while they stay the same, and tells of a change', async () => {
    const store = await loadedStore();
    let changes = 0;
    store.onChange(() => {
      changes += 1;
    });
    await store.refresh();
    expect(source.asked).toEqual(['/metadata', '/files/20260816/register.zip', '/metadata']);
    expect(changes).toBe(0);
    publish([{ number: '12345', name: 'New name' }]);
    await store.refresh();
    expect(changes).toBe(1);
    expect(namesOf(store)).toEqual(['New name']);
  });

  test('reads a file that comes in many chunks', async () => {
    publish(many(3000));
    const store = await loadedStore();
    expect(store.report()).toMatchObject({ institutions: 1000 });
    expect(namesOf(store, '12997')).toHaveLength(1);
  });
});

describe('a file that is not right keeps the one in force [U17]', () => {
  const good = registerZip(goldenCopy([goldenEntity({ number: '12345', name: 'Other' })]));
  const json = goldenCopy([goldenEntity({ number: '12345', name: 'Other' })]);
  const digest = strToU8('0'.repeat(64));

  test.each<[string, () => void, string]>([
    ['the source is gone', () => source.answers.set('/metadata', 503), 'status 503'],
    [
      'the file is gone',
      () => {
        publishZip(good);
        source.answers.set('/files/20260816/register.zip', 404);
      },
      'status 404',
    ],
    ['the metadata are not JSON', () => source.answers.set('/metadata', '<html>'), 'not JSON'],
    ['the metadata have another shape', () => source.answers.set('/metadata', '{}'), 'sha256_hash'],
    [
      'the ZIP has another digest',
      () => publishZip(good, { sha256_hash: '0'.repeat(64) }),
      'digest is not the announced one',
    ],
    [
      'the ZIP is shorter',
      () => publishZip(good, { latest_version_relative_zip_size: String(good.length + 1) }),
      'bytes where',
    ],
    ['the ZIP is longer', () => publishZip(good, { latest_version_relative_zip_size: '10' }), 'longer than 10 bytes'],
    ['the ZIP is none', () => publishZip(strToU8('not a zip')), 'the ZIP'],
    ['the ZIP is cut', () => publishZip(good.subarray(0, 120)), 'the ZIP'],
    ['the JSON has another digest', () => publishZip(registerZip(json, '0'.repeat(64))), 'stands beside it'],
    ['there is no digest beside it', () => publishZip(zipSync({ 'a.json': json })), 'the ZIP holds'],
    [
      'there are two JSON files',
      () => publishZip(zipSync({ 'a.json': json, 'b.json': json, 'a.sha256': digest })),
      'more than one JSON',
    ],
    ['the JSON is truncated', () => publishZip(registerZip(json.subarray(0, json.length - 3))), 'ends too early'],
    [
      'the schema is another',
      () => publishZip(registerZip(goldenCopy([{ ...goldenEntity({ number: '1' }), Properties: 'x' }]))),
      'cannot be read',
    ],
    ['it holds no institution', () => publish([{ number: '1', type: 'PSD_AG' }]), 'no institution'],
    ['an institution stands there twice [U17]', () => publish([{ number: '1' }, { number: '1' }]), 'twice'],
    [
      'it is older',
      () => publish([{ number: '12345', name: 'Other' }], { timestamp: 'Sat Aug 15 00:00:16 UTC 2026' }),
      'older',
    ],
    [
      'it is elsewhere [U15]',
      () => publishZip(good, { golden_copy_path_context: 'http://169.254.169.254/' }),
      'refused address',
    ],
  ])('%s', async (_name, change, reason) => {
    const store = await loadedStore();
    const version = store.version();
    change();
    expect(await store.refresh()).toBe(false);
    expect(store.report()).toMatchObject({ state: 'stale', version, reason: expect.stringContaining(reason) });
    expect(namesOf(store)).toEqual(['Établissement {"12345"}']);
    publish([{ number: '12345', name: 'Right again' }]);
    expect(await store.refresh()).toBe(true);
    expect(namesOf(store)).toEqual(['Right again']);
  });

  test('and is not read a second time while it stays the same', async () => {
    const store = await loadedStore();
    publishZip(registerZip(json, '0'.repeat(64)));
    await store.refresh();
    source.asked.length = 0;
    await store.refresh();
    expect(source.asked).toEqual(['/metadata']);
    expect(store.report().reason).toContain('stands beside it');
  });

  test('an unreadable entity among many is left out and counted', async () => {
    publishZip(registerZip(goldenCopy([...many(50).map(goldenEntity), { EntityType: 'PSD_PI' }])));
    const store = await loadedStore();
    expect(store.report()).toMatchObject({ state: 'ok', unreadable: 1, institutions: 17 });
  });
});

describe('a file that shrinks', () => {
  test('by more than 5 % is in quarantine', async () => {
    publish(many(200));
    const store = await loadedStore();
    publish(many(189));
    expect(await store.refresh()).toBe(false);
    expect(store.report()).toMatchObject({ state: 'stale', reason: expect.stringContaining('it is in quarantine') });
    publish(many(190));
    expect(await store.refresh()).toBe(true);
  });
  test('may, while it is small', async () => {
    publish(many(99));
    const store = await loadedStore();
    publish(many(10));
    expect(await store.refresh()).toBe(true);
  });
});

describe('the cache', () => {
  test('carries the register over a start without source', async () => {
    await loadedStore();
    source.answers.clear();
    const store = createStore();
    await store.start();
    store.stop();
    expect(namesOf(store)).toHaveLength(1);
    await store.refresh();
    expect(store.report()).toMatchObject({ state: 'stale', reason: 'the answer has the status 404' });
  });
  test('holds the newest file only, and a damaged one is not taken [U22]', async () => {
    const first = await loadedStore();
    publish([{ number: '12345', name: 'New name' }]);
    await first.refresh();
    const files = (await readdir(directory)).toSorted();
    expect(files).toEqual([`register-${first.version()}.zip`, 'register-metadata.json']);
    await truncate(join(directory, files[0] ?? ''), 50);
    source.answers.clear();
    const store = createStore();
    await store.start();
    store.stop();
    expect(store.report().state).toBe('failed');
  });
});
