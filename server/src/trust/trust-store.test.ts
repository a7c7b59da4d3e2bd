import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCertificate } from '@postern/core/certificate/parse-certificate.js';
import { judgeServices } from '@postern/core/trust/service-status.js';
import { describe, expect, test } from 'vitest';
import { caExtensions } from '../../../tests/material/issue.js';
import { issueCertificate } from '../../../tests/material/issue-certificate.js';
import { type ListRecipe, renderList, signList } from '../../../tests/material/signed-list.js';
import {
  authority,
  openTrustStoreWorld,
  operator,
  sequences,
  stranger,
} from '../../../tests/material/trust-store-world.js';
import { createFileCache } from '../fetch/file-cache.js';
import { createListFiles, digestOf } from './list-files.js';
import type { TrustStore } from './trust-store.js';

const { world, serveTop, serve, createStore, startedStore } = openTrustStoreWorld();

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
    expect(world.source.asked).toEqual(['/lotl.xml', '/fr.xml']);
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
    serveTop({ sequence: 2, pointers: [{ territory: 'DE', address: `${world.source.url}/de.xml`, signer: operator }] });
    world.source.answers.set('/de.xml', signList(renderList({ territory: 'DE', sequence: 1, services: [] }), operator));
    await store.refresh();
    expect(sequences(store)).toEqual({ EU: 2, DE: 1 });
  });

  test('follows a pointer to another signer', async () => {
    const store = await startedStore();
    serveTop({ sequence: 2, pointers: [{ territory: 'FR', address: `${world.source.url}/fr.xml`, signer: stranger }] });
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
      () => world.source.answers.set('/fr.xml', renderList({ territory: 'FR', sequence: 9 })),
      'does not end with a signature',
    ],
    ['signed by another [U2]', () => serve({ sequence: 9 }, stranger), 'not a pinned signer'],
    ['of another country [U8]', () => serve({ sequence: 9, territory: 'DE' }), 'is of DE, where that of FR'],
    ['of another type', () => serve({ sequence: 9, type: 'EUlistofthelists' }), 'not a national list'],
    ['of an older sequence', () => serve({ sequence: 4 }), '5 was accepted before'],
    ['of the same sequence, issued before', () => serve({ issuedAt: '2026-05-01T00:00:00Z' }), '5 was accepted before'],
    ['gone', () => world.source.answers.set('/fr.xml', 404), 'status 404'],
    ['moved [U13]', () => world.source.answers.set('/fr.xml', 302), 'redirect'],
    ['empty', () => world.source.answers.set('/fr.xml', ''), 'not well-formed'],
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
    world.now = new Date('2026-12-02T00:00:00Z');
    expect(sequences(store)).toEqual({ EU: 1, FR: 5 });
    expect(store.report()).toMatchObject({
      state: 'stale',
      reason: 'list EU: its next update was due on 2026-12-01T00:00:00.000Z',
    });
  });
  test('of a closed list is none', async () => {
    serve({ nextUpdate: null });
    const store = await startedStore();
    world.now = new Date('2026-12-02T00:00:00Z');
    expect(store.report().lists[1]?.state).toBe('ok');
  });
});

describe('the cache', () => {
  test('carries the lists over a start without sources', async () => {
    await startedStore();
    world.source.answers.clear();
    const store = createStore();
    await store.start();
    store.stop();
    expect(sequences(store)).toEqual({ EU: 1, FR: 5 });
    await store.refresh();
    expect(store.report()).toMatchObject({ state: 'stale', reason: 'list EU: the answer has the status 404' });
  });

  test('is verified anew: what was altered there is not taken', async () => {
    await startedStore();
    world.source.answers.clear();
    for (const name of await readdir(world.directory))
      await writeFile(join(world.directory, name), renderList({ territory: 'FR', sequence: 9 }));
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

describe('sequence numbers', () => {
  test('do not go back over a start although the list itself was lost', async () => {
    await startedStore();
    for (const name of await readdir(world.directory)) {
      if (name.endsWith('.xml')) await rm(join(world.directory, name));
    }
    serve({ sequence: 4 });
    const store = await startedStore();
    expect(sequences(store)).toBe('no national list is in force');
    expect(store.report().lists[1]?.reason).toContain('5 was accepted before');
  });
  test('do not go back for the list of lists either', async () => {
    serveTop({ sequence: 3 });
    const store = await startedStore();
    serveTop({ sequence: 2 });
    await store.refresh();
    expect(store.report().reason).toContain('3 was accepted before');
  });
  test('a floor that cannot be read is none', async () => {
    await startedStore();
    for (const name of await readdir(world.directory)) await rm(join(world.directory, name));
    await writeFile(join(world.directory, 'list-fr.floor.json'), '{"sequence": "nine"}');
    expect(sequences(await startedStore())).toEqual({ EU: 1, FR: 5 });
  });
});

describe('a list that shrinks [U9]', () => {
  const five = Array.from({ length: 5 }, () => ({ certificate: authority }));
  const seal = { certificate: authority, uses: ['ForeSeals'] };

  test.each<[string, Partial<ListRecipe>, string]>([
    ['by more than a fifth of its services', { services: five.slice(0, 3) }, 'it has 3 entries, where it had 5'],
    ['by all its services', { services: [] }, 'it has 0 entries, where it had 5'],
    ['by its last service for websites', { services: five.map(() => seal) }, 'no entry for website certificates'],
  ])('%s is held back, also over a start, until an operator lets it in', async (_name, change, reason) => {
    serve({ services: five });
    const store = await startedStore();
    serve({ sequence: 6, ...change });
    await store.refresh();
    expect(sequences(store)).toEqual({ EU: 1, FR: 5 });
    expect(store.report()).toMatchObject({ state: 'stale', lists: [{}, { state: 'quarantined', sequence: 5 }] });
    expect(store.report().reason).toContain(reason);
    expect(store.report().reason).toContain('postern trust accept FR 6');
    const again = createStore();
    await again.restore();
    expect(again.report().lists[1]?.state).toBe('quarantined');
    const files = createListFiles(createFileCache(world.directory), 'FR');
    await files.writeRelease(digestOf((await files.readQuarantined()) ?? new Uint8Array()));
    await store.refresh();
    expect(sequences(store)).toEqual({ EU: 1, FR: 6 });
    expect(store.report().state).toBe('ok');
    expect(await files.readQuarantined()).toBeUndefined();
  });
  test('by one service of five, or by withdrawals, is taken', async () => {
    serve({ services: five });
    const store = await startedStore();
    serve({ sequence: 6, services: five.slice(0, 4) });
    await store.refresh();
    serve({ sequence: 7, services: five.slice(0, 4).map((each) => ({ ...each, status: 'withdrawn' as const })) });
    await store.refresh();
    expect(sequences(store)).toEqual({ EU: 1, FR: 7 });
    expect(store.report().lists[1]?.services).toEqual({ granted: 0, withdrawn: 4 });
  });
  test('and grows again is no longer held back', async () => {
    serve({ services: five });
    const store = await startedStore();
    serve({ sequence: 6, services: [] });
    await store.refresh();
    serve({ sequence: 7, services: five });
    await store.refresh();
    expect(sequences(store)).toEqual({ EU: 1, FR: 7 });
    expect(store.report().state).toBe('ok');
  });
  test('the list of lists: territories that vanish are held back', async () => {
    const store = await startedStore();
    serveTop({ sequence: 2, pointers: [] });
    await store.refresh();
    expect(sequences(store)).toEqual({ EU: 1, FR: 5 });
    expect(store.report().lists[0]?.state).toBe('quarantined');
  });
});

describe('a list issued ahead of the clock [U7] [U28]', () => {
  test('is taken, and said', async () => {
    serve({ sequence: 6, issuedAt: '2026-07-03T00:00:00Z' });
    const store = await startedStore();
    expect(sequences(store)).toEqual({ EU: 1, FR: 6 });
    expect(store.report()).toMatchObject({ state: 'stale', lists: [{}, { state: 'stale' }] });
    expect(store.report().reason).toContain('ahead of the clock');
  });
});

describe('lists brought by another process [U22] [U23]', () => {
  test('are taken at the next refresh, where nothing is fetched', async () => {
    const offline = createStore({ fetch: undefined });
    expect(await offline.refresh()).toBe(false);
    expect(offline.report().reason).toBe('no list was imported yet');
    await startedStore();
    expect(await offline.refresh()).toBe(true);
    expect(sequences(offline)).toEqual({ EU: 1, FR: 5 });
  });
  test('a newer one is not overwritten by an older one', async () => {
    const slow = await startedStore();
    serve({ sequence: 9 });
    await startedStore();
    world.source.answers.set('/fr.xml', 404);
    await slow.refresh();
    expect(sequences(slow)).toEqual({ EU: 1, FR: 9 });
  });
});

describe('pinned anchors', () => {
  const pinned = issueCertificate({ commonName: 'Closed scheme', extensions: caExtensions(1) });
  const [certificate] = [parseCertificate(pinned.der)];
  const anchors = [{ certificates: [certificate], use: 'seal' as const, expires: new Date('2026-09-01T00:00:00Z') }];

  test('stand beside the lists, named, for their use and until their day', async () => {
    const store = await startedStore({ pinnedAnchors: anchors });
    const view = store.current();
    const services = view.available ? view.snapshot.services : [];
    const service = services.find(({ territory }) => territory === '—pinned');
    expect(service).toMatchObject({ serviceName: 'Closed scheme', providerName: 'Pinned by the configuration' });
    expect(sequences(store)).toEqual({ EU: 1, FR: 5, '—pinned': 1 });
    expect(store.report()).toMatchObject({
      state: 'ok',
      pinned: ['Closed scheme is pinned for seal until 2026-09-01T00:00:00.000Z'],
    });
    const judged = (use: 'seal' | 'website', at: string) =>
      judgeServices(service === undefined ? [] : [service], { certificate, use, at: new Date(at) }).standing;
    expect(judged('seal', '2026-08-31T23:59:59Z')).toBe('granted');
    expect(judged('seal', '2026-09-01T00:00:00Z')).toBe('not-granted');
    expect(judged('website', '2026-08-01T00:00:00Z')).toBe('other-use');
    world.now = new Date('2026-09-01T00:00:00Z');
    expect(store.report()).toMatchObject({ state: 'stale', reason: expect.stringContaining('which has passed') });
  });
  test('change the version of the trust data', async () => {
    const versionOf = (store: TrustStore) => {
      const view = store.current();
      return view.available && view.snapshot.version;
    };
    const plain = versionOf(await startedStore());
    const one = versionOf(await startedStore({ pinnedAnchors: anchors }));
    const other = versionOf(
      await startedStore({ pinnedAnchors: anchors.map((anchor) => ({ ...anchor, expires: new Date('2026-10-01') })) }),
    );
    expect(new Set([plain, one, other]).size).toBe(3);
  });
});
