import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { createGuardedFetch } from '../../server/src/fetch/guarded-fetch.js';
import { createTrustStore, type TrustStore, type TrustStoreOptions } from '../../server/src/trust/trust-store.js';
import { caExtensions } from './issue.js';
import { issueCertificate } from './issue-certificate.js';
import { type LoopbackSource, startLoopbackSource } from './loopback-source.js';
import { type ListRecipe, renderList, signList } from './signed-list.js';

/** Who signs the lists of these tests, and what they list. */
export const top = issueCertificate({ commonName: 'Top' });
export const operator = issueCertificate({ commonName: 'Operator' });
export const stranger = issueCertificate({ commonName: 'Stranger' });
export const authority = issueCertificate({ commonName: 'Issuing CA', extensions: caExtensions(1) });

/** A source of lists, a folder and a clock, new for each test of the file that opens it. */
export function openTrustStoreWorld() {
  const world = { source: {} as LoopbackSource, directory: '', now: new Date(0) };

  const serveTop = (change: Partial<ListRecipe>, signer = top) => {
    const { answers, url } = world.source;
    const pointers = [
      { territory: 'EU', address: `${url}/lotl.xml`, signer: top },
      { territory: 'FR', address: `${url}/fr.pdf`, signer: operator, mimeType: 'application/pdf' },
      { territory: 'FR', address: `${url}/fr.xml`, signer: operator },
    ];
    const content = renderList({ territory: 'EU', sequence: 1, type: 'EUlistofthelists', pointers, ...change });
    answers.set('/lotl.xml', signList(content, signer));
  };
  const serve = (change: Partial<ListRecipe>, signer = operator) => {
    const content = renderList({ territory: 'FR', sequence: 5, services: [{ certificate: authority }], ...change });
    world.source.answers.set('/fr.xml', signList(content, signer));
  };
  const createStore = (change: Partial<TrustStoreOptions> = {}): TrustStore =>
    createTrustStore({
      lotlUrl: `${world.source.url}/lotl.xml`,
      lotlSigners: [top.der],
      refreshSeconds: 3600,
      cacheDirectory: world.directory,
      fetch: createGuardedFetch({ allowPlainHttp: true, allowPrivateAddresses: true }),
      clock: () => world.now,
      ...change,
    });

  beforeEach(async () => {
    world.source = await startLoopbackSource();
    world.directory = await mkdtemp(join(tmpdir(), 'trust-'));
    world.now = new Date('2026-07-01T00:00:00Z');
    serveTop({});
    serve({});
  });
  afterEach(async () => {
    await world.source.stop();
    await rm(world.directory, { recursive: true });
  });

  return {
    world,
    serveTop,
    serve,
    createStore,
    startedStore: async (change: Partial<TrustStoreOptions> = {}) => {
      const store = createStore(change);
      await store.refresh();
      return store;
    },
  };
}

/** The sequence numbers of the lists in force, or why there are none. */
export function sequences(store: TrustStore) {
  const view = store.current();
  return view.available
    ? Object.fromEntries(view.snapshot.lists.map(({ territory, sequence }) => [territory, sequence]))
    : view.reason;
}
