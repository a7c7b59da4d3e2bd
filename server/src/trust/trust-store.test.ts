import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { authorityExtensions, issueCertificate } from '../../../tests/material/issue-certificate.js';
import { type LoopbackSource, startLoopbackSource } from '../../../tests/material/loopback-source.js';
import { type ListRecipe, renderList, signList } from '../../../tests/material/signed-list.js';
import { createGuardedFetch } from '../fetch/guarded-fetch.js';
import { createTrustStore, type TrustStore } from './trust-store.js';

const top = issueCertificate({ commonName: 'Top' });
const operator = issueCertificate({ commonName: 'Operator' });
const stranger = issueCertificate({ commonName: 'Stranger' });
const authority = issueCertificate({ commonName: 'Issuing CA', extensions: authorityExtensions });

let source: LoopbackSource;
let directory: string;
let now: Date;

beforeEach(async () => {
  source = await startLoopbackSource();
  directory = await mkdtemp(join(tmpdir(), 'trust-'));
  now = new Date('2026-07-01T00:00:00Z');
  serveTop({});
  serve({});
});
afterEach(async () => {
  await source.stop();
  await rm(directory, { recursive: true });
});

function serveTop(change: Partial<ListRecipe>, signer = top) {
  const pointers = [
    { territory: 'EU', address: `${source.url}/lotl.xml`, signer: top },
    { territory: 'FR', address: `${source.url}/fr.pdf`, signer: operator, mimeType: 'application/pdf' },
    { territory: 'FR', address: `${source.url}/fr.xml`, signer: operator },
  ];
  const content = renderList({ territory: 'EU', sequence: 1, type: 'EUlistofthelists', pointers, ...change });
  source.answers.set('/lotl.xml', signList(content, signer));
}

function serve(change: Partial<ListRecipe>, signer = operator) {
  source.answers.set(
    '/fr.xml',
    signList(renderList({ territory: 'FR', sequence: 5, services: [{ certificate: authority }], ...change }), signer),
  );
}

function createStore(): TrustStore {
  return createTrustStore({
    lotlUrl: `${source.url}/lotl.xml`,
    lotlSigners: [top.der],
    refreshSeconds: 3600,
    cacheDirectory: directory,
    fetch: createGuardedFetch({ allowPlainHttp: true, allowPrivateAddresses: true }),
    clock: () => now,
  });
}

async function startedStore(): Promise<TrustStore> {
  const store = createStore();
  await store.refresh();
  return store;
}

function sequences(store: TrustStore) {
  const view = store.current();
  return view.available
    ? Object.fromEntries(view.snapshot.lists.map(({ territory, sequence }) => [territory, sequence]))
    : view.reason;
}

describe('the trust store', () => {
  test('has nothing to judge by until lists were loaded', () => {
    const store = createStore();
    expect(store.current()).toEqual({ available: false, reason: 'trusted lists have not been loaded yet' });
    expect(store.report().state).toBe('failed');
  });

  test('loads the list of lists and the lists it points to', async () => {
    const store = await startedStore();
    expect(sequences(store)).toEqual({ EU: 1, FR: 5 });
    expect(store.report()).toMatchObject({
      state: 'ok',
      reason: undefined,
      lists: [
        { territory: 'EU', state: 'ok' },
        { territory: 'FR', state: 'ok' },
      ],
    });
    const view = store.current();
    expect(view.available && view.snapshot.services).toHaveLength(1);
    expect(view.available && [...view.index.anchors.values()].flat()).toHaveLength(1);
    expect(source.asked).toEqual(['/lotl.xml', '/fr.xml']);
  });

  test('keeps snapshot and silence while nothing changes, and tells of a change', async () => {
    const store = await startedStore();
    let changes = 0;
    const stop = store.onChange(() => {
      changes += 1;
    });
    const before = store.current();
    await store.refresh();
    expect(store.current()).toBe(before);
    expect(changes).toBe(0);
    serve({ sequence: 6, services: [{ certificate: authority, status: 'withdrawn' }] });
    await store.refresh();
    expect(sequences(store)).toEqual({ EU: 1, FR: 6 });
    expect(changes).toBe(1);
    stop();
    serve({ sequence: 7 });
    await store.refresh();
    expect(changes).toBe(1);
  });

  test('drops a list that the list of lists no longer points to', async () => {
    const store = await startedStore();
    serveTop({ sequence: 2, pointers: [{ territory: 'DE', address: `${source.url}/de.xml`, signer: operator }] });
    source.answers.set('/de.xml', signList(renderList({ territory: 'DE', sequence: 1, services: [] }), operator));
    await store.refresh();
    expect(sequences(store)).toEqual({ EU: 2, DE: 1 });
  });

  test('follows a pointer to another signer', async () => {
    const store = await startedStore();
    serveTop({ sequence: 2, pointers: [{ territory: 'FR', address: `${source.url}/fr.xml`, signer: stranger }] });
    await store.refresh();
    expect(sequences(store)).toBe('no national list is in force');
    serve({ sequence: 4 }, stranger);
    await store.refresh();
    expect(store.report().reason).toContain('5 was accepted before');
    serve({ sequence: 6 }, stranger);
    await store.refresh();
    expect(sequences(store)).toEqual({ EU: 2, FR: 6 });
  });
});

describe('a list that is no better keeps the one in force', () => {
  test.each<[string, () => void, string]>([
    [
      'unsigned [U1]',
      () => source.answers.set('/fr.xml', renderList({ territory: 'FR', sequence: 9 })),
      'does not end with a signature',
    ],
    ['signed by another [U2]', () => serve({ sequence: 9 }, stranger), 'not a pinned signer'],
    ['of another country [U8]', () => serve({ sequence: 9, territory: 'DE' }), 'is of DE, where that of FR'],
    ['of another type', () => serve({ sequence: 9, type: 'EUlistofthelists' }), 'not a national list'],
    ['of an older sequence', () => serve({ sequence: 4 }), '5 was accepted before'],
    ['of the same sequence, issued before', () => serve({ issuedAt: '2026-05-01T00:00:00Z' }), '5 was accepted before'],
    ['gone', () => source.answers.set('/fr.xml', 404), 'status 404'],
    ['moved [U13]', () => source.answers.set('/fr.xml', 302), 'redirect'],
    ['empty', () => source.answers.set('/fr.xml', ''), 'not well-formed'],
  ])('%s', async (_name, change, reason) => {
    const store = await startedStore();
    change();
    expect(await store.refresh()).toBe(false);
    expect(sequences(store)).toEqual({ EU: 1, FR: 5 });
    expect(store.report().state).toBe('stale');
    expect(store.report().reason).toContain(reason);
    serve({ sequence: 10 });
    expect(await store.refresh()).toBe(true);
    expect(sequences(store)).toEqual({ EU: 1, FR: 10 });
  });

  test('the list of lists signed by another [U2]', async () => {
    const store = await startedStore();
    serveTop({ sequence: 2, pointers: [] }, stranger);
    await store.refresh();
    expect(sequences(store)).toEqual({ EU: 1, FR: 5 });
    expect(store.report().reason).toMatch(/list EU: The list is signed by .*, which is not a pinned signer/);
  });

  test('and a pointer into the inside is not followed [U15]', async () => {
    serveTop({ pointers: [{ territory: 'FR', address: 'http://169.254.169.254/fr.xml', signer: operator }] });
    const store = await startedStore();
    expect(store.report().lists[1]?.reason).toContain('refused address 169.254.169.254');
  });
});

describe('age', () => {
  test('of a list past its next update is said, and the list stays', async () => {
    const store = await startedStore();
    now = new Date('2026-12-02T00:00:00Z');
    expect(sequences(store)).toEqual({ EU: 1, FR: 5 });
    expect(store.report()).toMatchObject({
      state: 'stale',
      reason: 'list EU: its next update was due on 2026-12-01T00:00:00.000Z',
    });
  });
  test('of a closed list is none', async () => {
    serve({ nextUpdate: null });
    const store = await startedStore();
    now = new Date('2026-12-02T00:00:00Z');
    expect(store.report().lists[1]?.state).toBe('ok');
  });
});

describe('the cache', () => {
  test('carries the lists over a start without sources', async () => {
    await startedStore();
    source.answers.clear();
    const store = createStore();
    await store.start();
    store.stop();
    expect(sequences(store)).toEqual({ EU: 1, FR: 5 });
    await store.refresh();
    expect(store.report()).toMatchObject({ state: 'stale', reason: 'list EU: the answer has the status 404' });
  });

  test('is verified anew: what was altered there is not taken', async () => {
    await startedStore();
    source.answers.clear();
    for (const name of await readdir(directory))
      await writeFile(join(directory, name), renderList({ territory: 'FR', sequence: 9 }));
    const store = createStore();
    await store.start();
    store.stop();
    expect(store.current().available).toBe(false);
  });

  test('keeps what was accepted from going back over a start', async () => {
    await startedStore();
    serve({ sequence: 4 });
    const store = createStore();
    await store.start();
    store.stop();
    await store.refresh();
    expect(sequences(store)).toEqual({ EU: 1, FR: 5 });
  });
});
