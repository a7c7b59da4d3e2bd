import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ServiceCriterion, TrustService } from '../../core/src/trust/trust-service.js';
// The built server: it verifies large lists in a thread, which is started from its own file.
import { createListReader } from '../../server/dist/trust/list-reader.js';
import { createTrustStore, type TrustStore, type TrustStoreOptions } from '../../server/dist/trust/trust-store.js';
import { verifyList } from '../../server/dist/trust/verify-list.js';
import { issueCertificate } from '../material/issue-certificate.js';
import { renderList, signList } from '../material/signed-list.js';

/** Real lists, published by others, through the whole store; the clock is 2026-08-21T12:00:00Z. */
const lists = resolve(import.meta.dirname, '../../../shared/data/trusted-lists');
const present = existsSync(lists);
if (!present) console.log(`skipped: ${lists} is absent, the store is not tried on real trusted lists`);

const lotlUrl = 'https://ec.europa.eu/tools/lotl/eu-lotl.xml';
const journalOf2019 = 'https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=uriserv:OJ.C_.2019.276.01.0001.01.ENG';
const journalOf2026 = 'https://eur-lex.europa.eu/eli/C/2026/1944/oj';

let directory: string;
let files: Map<string, Uint8Array>;
let stores: TrustStore[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lists-'));
  files = new Map();
  stores = [];
});
afterEach(async () => {
  for (const store of stores) store.stop();
  await rm(directory, { recursive: true });
});

function read(path: string): Uint8Array {
  return new Uint8Array(readFileSync(join(lists, path)));
}

function anchor(part: string): Uint8Array {
  const folder = join(lists, 'lotl-anchors');
  const name = readdirSync(folder).find((each) => each.endsWith('.pem') && each.includes(part)) ?? '';
  const pem = readFileSync(join(folder, name), 'utf8');
  return new Uint8Array(Buffer.from(pem.replaceAll(/-----[^-]+-----/g, ''), 'base64'));
}

const anchors = ['-1-', '-2-', '-3-', '-4-', '-5-', '-6-'];

/** Serves the list of lists, and national lists at whatever address it points to. */
function serve(lotl: string, national: Readonly<Record<string, Uint8Array>> = {}): void {
  const octets = read(lotl);
  files.set(lotlUrl, octets);
  const peeked = verifyList({ octets, signers: 'anyone' });
  for (const pointer of 'list' in peeked ? peeked.list.pointers : []) {
    const list = national[pointer.territory];
    if (list !== undefined) files.set(pointer.address, list);
  }
}

function createStore(change: Partial<TrustStoreOptions> = {}): TrustStore {
  const store = createTrustStore({
    lotlUrl,
    lotlSigners: anchors.map(anchor),
    officialJournal: journalOf2026,
    refreshSeconds: 3_600,
    cacheDirectory: directory,
    fetch: async (url) => {
      const bytes = files.get(url);
      if (bytes === undefined) return { failure: 'the answer has the status 404', status: 404 };
      return { status: 200, headers: {}, bytes, etag: undefined, lastModified: undefined };
    },
    clock: () => new Date('2026-08-21T12:00:00Z'),
    ...change,
  });
  stores.push(store);
  return store;
}

function reportOf(store: TrustStore, territory: string) {
  return store.report().lists.find((list) => list.territory === territory);
}

describe.skipIf(!present)('the way from the Official Journal to the real list of lists', () => {
  const of2019 = { lotlSigners: present ? [anchor('-6-')] : [], officialJournal: journalOf2019 };
  const pivot = (number: number) => `https://ec.europa.eu/tools/lotl/eu-lotl-pivot-${number}.xml`;
  const servePivots = () => {
    files.set(pivot(282), read('dss/eu-lotl-pivot-282.xml'));
    files.set(pivot(300), read('dss/eu-lotl-pivot-300.xml'));
    files.set(pivot(335), read('history/EU_seq335_2023-11-26.xml'));
  };

  test('needs no pivot since the notice of 2026', async () => {
    serve('current/eu-lotl.xml');
    const store = createStore();
    await store.refresh();
    expect(reportOf(store, 'EU')).toMatchObject({ state: 'ok', sequence: 390 });
  });
  test('leads through pivots 282, 300 and 335 from the notice of 2019', async () => {
    serve('history/EU_seq335_2023-11-26.xml');
    servePivots();
    const store = createStore({ ...of2019, clock: () => new Date('2023-12-01T00:00:00Z') });
    await store.refresh();
    expect(reportOf(store, 'EU')).toMatchObject({ state: 'ok', sequence: 335 });
  });
  test('breaks off where a pivot is missing (341)', async () => {
    serve('history/EU_seq361_2025-03-31.xml');
    servePivots();
    const store = createStore(of2019);
    await store.refresh();
    expect(reportOf(store, 'EU')).toMatchObject({ state: 'failed' });
    expect(reportOf(store, 'EU')?.reason).toContain('eu-lotl-pivot-341.xml is missing');
  });
  test('does not begin with other signers', async () => {
    serve('history/EU_seq335_2023-11-26.xml');
    servePivots();
    const store = createStore({ ...of2019, lotlSigners: [anchor('-1-')] });
    await store.refresh();
    expect(reportOf(store, 'EU')?.reason).toMatch(/eu-lotl-pivot-282.xml is refused: .* not a pinned signer/);
  });
  test('raises an alarm when the list names another notice than the one entered', async () => {
    serve('current/eu-lotl.xml');
    const store = createStore({ officialJournal: 'https://eur-lex.europa.eu/eli/C/2025/1/oj' });
    await store.refresh();
    expect(reportOf(store, 'EU')).toMatchObject({ state: 'stale', sequence: 390 });
    expect(reportOf(store, 'EU')?.reason).toContain(`names ${journalOf2026}`);
  });
});

describe.skipIf(!present)('a real national list in the store', () => {
  const luxembourg = present ? read('current/TSL_LU.xml') : new Uint8Array();
  const text = Buffer.from(luxembourg).toString();
  const stranger = issueCertificate({ commonName: 'Stranger' });
  const forged = signList(
    renderList({ territory: 'LU', sequence: 99, services: [{ certificate: stranger }] }),
    stranger,
  );

  test.each<[string, () => Uint8Array | string, string]>([
    ['a list whose signer is not in the pointer', () => forged, 'not a pinned signer'],
    ['a list rolled back', () => read('history/LU_seq59_2025-06-11.xml'), '66 was accepted before'],
    ['an older one rolled back', () => read('history/LU_seq52_2023-11-30.xml'), 'not a pinned signer'],
    ['the list of another country', () => read('current/TSL_NL.xml'), 'not a pinned signer'],
    [
      'an altered one',
      () => text.replace('Svcstatus/withdrawn', 'Svcstatus/granted'),
      'digest of TrustServiceStatusList',
    ],
    [
      'an unsigned one',
      () => text.replace(/<ds:Signature [\s\S]*<\/ds:Signature>/, ''),
      'does not end with a signature',
    ],
    [
      'one with two signatures',
      () => text.replace(/(<ds:Signature [\s\S]*<\/ds:Signature>)/, '$1$1'),
      'more than one signature',
    ],
    [
      'a wrapped one',
      () => text.replace(/(<TrustServiceStatusList[\s\S]*)$/, '<x>$1</x>'),
      'does not end with a signature',
    ],
    [
      'one with a DOCTYPE',
      () => text.replace('<TrustServiceStatusList', '<!DOCTYPE x><TrustServiceStatusList'),
      'document type',
    ],
    ['half of one', () => text.slice(0, text.length / 2), 'not well-formed'],
  ])('keeps its place against %s', async (_name, attack, reason) => {
    serve('current/eu-lotl.xml', { LU: luxembourg });
    const store = createStore();
    await store.refresh();
    const octets = attack();
    serve('current/eu-lotl.xml', { LU: typeof octets === 'string' ? Buffer.from(octets) : octets });
    await store.refresh();
    expect(reportOf(store, 'LU')).toMatchObject({ state: 'stale', sequence: 66 });
    expect(reportOf(store, 'LU')?.reason).toContain(reason);
  });
  test('is taken with a comment in it, which changes nothing', async () => {
    const commented = text.replace('Svcstatus/withdrawn', 'Svcstatus/with<!-- -->drawn');
    serve('current/eu-lotl.xml', { LU: Buffer.from(commented) });
    const store = createStore();
    await store.refresh();
    expect(reportOf(store, 'LU')).toMatchObject({ state: 'ok', services: { granted: 4, withdrawn: 7 } });
  });
  test('is stale past its next update, and closed lists are not', async () => {
    serve('current/eu-lotl.xml', { NL: read('current/TSL_NL.xml'), UK: read('current/TSL_UK.xml') });
    const store = createStore();
    await store.refresh();
    expect(reportOf(store, 'NL')).toMatchObject({
      state: 'stale',
      sequence: 76,
      reason: 'its next update was due on 2026-08-10T12:30:21.000Z',
    });
    expect(reportOf(store, 'UK')).toMatchObject({ state: 'ok', nextUpdate: undefined });
  });
  test('grows from year to year and is never held back', async () => {
    const store = createStore();
    for (const path of ['history/NL_seq71_2024-11-12.xml', 'current/TSL_NL.xml']) {
      serve('current/eu-lotl.xml', { NL: read(path) });
      await store.refresh();
    }
    expect(reportOf(store, 'NL')).toMatchObject({ sequence: 76, state: 'stale' });
  });
});

const national = present ? readdirSync(join(lists, 'current')).filter((name) => name.startsWith('TSL_')) : [];

describe.skipIf(!present)('all real national lists', () => {
  test('leave no granted service undecidable', () => {
    const services = national.flatMap((name) => {
      const verified = verifyList({ octets: read(`current/${name}`), signers: 'anyone' });
      return 'list' in verified ? verified.list.services : [];
    });
    const granted = services.filter(({ statuses }) => statuses[0]?.status.endsWith('/granted'));
    const qualified = granted.filter(({ statuses }) => statuses[0]?.qualifications !== undefined);
    const undecidable = granted.filter(isUndecidable);
    console.log(
      `trusted lists: ${granted.length} granted services, ${qualified.length} with qualifications, ${undecidable.length} undecidable`,
    );
    expect(granted.length).toBeGreaterThan(600);
    expect(undecidable.map(({ serviceName }) => serviceName)).toEqual([]);
  });

  test('are verified and evaluated in one process of its own, within 300 MB', () => {
    const ran = spawnSync(process.execPath, ['--input-type=module', '--eval', measurement], { encoding: 'utf8' });
    expect(ran.stderr).toBe('');
    const { seconds, megabytes, found } = JSON.parse(ran.stdout);
    console.log(
      `trusted lists: ${national.length} lists, ${found} services verified and evaluated in ${seconds.toFixed(1)} s of processor time (6 s asked), ${megabytes.toFixed(0)} MB resident at most (300 MB asked)`,
    );
    expect(found).toBeGreaterThan(1_000);
    expect(megabytes).toBeLessThan(300);
  });

  test('are verified beside the event loop', async () => {
    const reader = createListReader();
    const delay = monitorEventLoopDelay({ resolution: 5 });
    const octets = read('current/TSL_ES.xml');
    delay.enable();
    const verified = await reader.verify({ octets, signers: 'anyone' });
    delay.disable();
    reader.stop();
    console.log(
      `trusted lists: the event loop waited ${(delay.max / 1e6).toFixed(0)} ms at most while a list of ${(octets.length / 1e6).toFixed(1)} MB was verified (50 ms asked)`,
    );
    expect('list' in verified && verified.list.services.length).toBe(237);
  });
});

function isUndecidable({ statuses: [status] }: TrustService): boolean {
  if (status === undefined || status.unknownCriticalExtension) return true;
  return (status.qualifications ?? []).some(({ criterion }) => holdsUnknown(criterion));
}

function holdsUnknown(criterion: ServiceCriterion): boolean {
  return criterion.kind === 'unknown' || (criterion.kind === 'list' && criterion.criteria.some(holdsUnknown));
}

const built = resolve(import.meta.dirname, '../../server/dist/trust/list-reader.js');
const index = resolve(import.meta.dirname, '../../core/dist/trust/trust-service-index.js');

/** As the server does it: verification in the thread, with the pins of the list of lists; then the index to search paths in. */
const measurement = `
import { readFileSync } from 'node:fs';
import { createListReader } from ${JSON.stringify(built)};
import { indexTrustServices } from ${JSON.stringify(index)};
const read = (name) => new Uint8Array(readFileSync(${JSON.stringify(join(lists, 'current'))} + '/' + name));
const start = process.cpuUsage();
const reader = createListReader();
const { list: lotl } = await reader.verify({ octets: read('eu-lotl.xml'), signers: 'anyone' });
const services = [];
for (const name of ${JSON.stringify(national.map((name) => basename(name)))}) {
  const pointers = lotl.pointers.filter(({ territory }) => territory === name.slice(4, 6));
  const signers = new Set(pointers.flatMap((each) => each.signers));
  services.push(...(await reader.verify({ octets: read(name), signers })).list.services);
}
indexTrustServices(services);
const { user, system } = process.cpuUsage(start);
const measured = { seconds: (user + system) / 1e6, megabytes: process.resourceUsage().maxRSS / 1024, found: services.length };
process.stdout.write(JSON.stringify(measured));
reader.stop();
`;
