import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as der from '@postern/core/asn1/der-writer.js';
import { parseCertificate } from '@postern/core/certificate/parse-certificate.js';
import type { CertificationPath } from '@postern/core/trust/certification-path.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  caExtensions,
  commonName,
  ecKeys,
  extension,
  type Issuer,
  issueCertificate,
  rootCa,
  clock as start,
  subordinateCa,
} from '../../../tests/material/issue.js';
import { type LoopbackSource, startLoopbackSource } from '../../../tests/material/loopback-source.js';
import { asksBySha1, crlAt, ocspAt } from '../../../tests/material/revocation-addresses.js';
import { crl, type OcspRecipe, ocspResponse } from '../../../tests/material/status.js';
import { createGuardedFetch } from '../fetch/guarded-fetch.js';
import { createRevocationStore, type RevocationStore } from './revocation-store.js';
import { createStatusCache, type StatusCache } from './status-cache.js';

const issuer = rootCa('Issuing CA');
const stranger = rootCa('Stranger');

let source: LoopbackSource;
let now: Date;
let store: RevocationStore;

beforeEach(async () => {
  source = await startLoopbackSource();
  now = start;
  store = createStore({});
});
afterEach(() => source.stop());

function createStore(change: {
  maxCertificates?: number;
  budgetMs?: number;
  refreshSeconds?: number;
  cache?: StatusCache;
}): RevocationStore {
  return createRevocationStore({
    fetch: createGuardedFetch({ allowPrivateAddresses: true }),
    clock: () => now,
    refreshSeconds: 300,
    clockSkewSeconds: 0,
    statusMaxAgeSeconds: 3600,
    ...change,
  });
}

function issueLeaf(by: Issuer, serial: number, extensions: readonly Uint8Array[]): Uint8Array {
  return issueCertificate({ subject: commonName('TPP'), keys: ecKeys(), issuer: by, serial, extensions });
}

function pathOf(...certificates: readonly Uint8Array[]): CertificationPath {
  return { certificates: certificates.map(parseCertificate), services: [] };
}

function pathWith(...extensions: readonly Uint8Array[]): CertificationPath {
  return pathOf(issueLeaf(issuer, 77, extensions), issuer.certificate);
}

const ocspPath = () => pathWith(ocspAt(`${source.url}/ocsp`));
const bothPath = () => pathWith(ocspAt(`${source.url}/ocsp`), crlAt(`${source.url}/crl`));

function after(seconds: number): Date {
  return new Date(start.getTime() + seconds * 1000);
}

interface Answer extends Partial<Pick<OcspRecipe, 'status' | 'hash' | 'thisUpdate' | 'nextUpdate'>> {
  readonly serial?: number;
  readonly from?: Issuer & { readonly certificate: Uint8Array };
  readonly responder?: Issuer;
}

function response({ serial = 77, from = issuer, responder = from, ...change }: Answer): Uint8Array {
  return ocspResponse({
    certificate: parseCertificate(issueLeaf(from, serial, [])),
    issuer: parseCertificate(from.certificate),
    responder,
    producedAt: change.thisUpdate ?? now,
    thisUpdate: now,
    nextUpdate: new Date(now.getTime() + 600_000),
    ...change,
  });
}

function revocationList(...revoked: readonly number[]): Uint8Array {
  const entries = revoked.map((serial) => ({ serial }));
  return crl({ issuer, entries, thisUpdate: now, nextUpdate: new Date(now.getTime() + 600_000) });
}

const revoked = { revokedAt: start, reason: 1 };
const onHold = { revokedAt: start, reason: 6 };
const reasonOnHold = extension('2.5.29.21', der.enumerated(6));

async function asked(path: CertificationPath) {
  const { answers } = await store.statusOf(path, now);
  return answers.map((answer) => `${answer.source} ${answer.failure ?? `${answer.bytes.length > 0}`}`);
}

describe('the status of a certificate', () => {
  test('is asked for once and then known', async () => {
    source.answers.set('/ocsp', () => response({}));
    const path = ocspPath();
    const first = await store.statusOf(path, now);
    expect(first.answers).toEqual([
      { source: 'ocsp', address: `${source.url}/ocsp`, receivedAt: now, bytes: expect.any(Uint8Array) },
    ]);
    expect(await store.statusOf(path, now)).toEqual(first);
    expect(source.asked).toEqual(['/ocsp']);
    expect(store.report()).toEqual({ known: 1, revoked: 0, unknown: 0 });
  });

  test('is asked for once however many wait for it', async () => {
    source.answers.set('/ocsp', () => response({}));
    const path = ocspPath();
    await Promise.all([store.statusOf(path, now), store.statusOf(path, now), store.statusOf(path, now)]);
    expect(source.asked).toEqual(['/ocsp']);
  });

  test('is asked for by SHA-1 of a responder that does not know SHA-256', async () => {
    source.answers.set('/ocsp', (_request, body) =>
      asksBySha1(body) ? response({ hash: 'sha1' }) : response({ status: 'unknown' }),
    );
    expect(await asked(ocspPath())).toEqual(['ocsp true', 'ocsp true']);
    source.answers.set('/ocsp', (_request, body) => (asksBySha1(body) ? response({ hash: 'sha1' }) : 400));
    expect(await asked(ocspPath())).toEqual(['ocsp true', 'ocsp the answer has the status 400']);
    expect(store.report().unknown).toBe(0);
  });

  test('is asked for along the path, but never for the anchor', async () => {
    const root = rootCa('Root');
    const middle = subordinateCa('Middle', root, {
      serial: 5,
      extensions: [...caExtensions(), ocspAt(`${source.url}/root`)],
    });
    const leaf = issueLeaf(middle, 77, [ocspAt(`${source.url}/ocsp`)]);
    source.answers.set('/ocsp', () => response({ from: middle }));
    source.answers.set('/root', () =>
      ocspResponse({
        certificate: parseCertificate(middle.certificate),
        issuer: parseCertificate(root.certificate),
        responder: root,
        thisUpdate: now,
      }),
    );
    await asked(pathOf(leaf, middle.certificate, root.certificate));
    expect(source.asked.toSorted()).toEqual(['/ocsp', '/root']);
    expect(store.report()).toEqual({ known: 2, revoked: 0, unknown: 0 });
  });
});

describe('when the responder is of no use, the CRL is asked [C27] [C28]', () => {
  test.each<[string, () => Uint8Array | number]>([
    ['no answer', () => 503],
    ['nonsense', () => Buffer.from('nonsense')],
    ['unknown', () => response({ status: 'unknown' })],
    ['another serial number [C32]', () => response({ serial: 78 })],
    ['another issuer [C32]', () => response({ from: stranger, responder: issuer })],
    ['another signer [C31]', () => response({ responder: stranger })],
    ['an old answer [C33]', () => response({ thisUpdate: after(-7200), nextUpdate: after(-3600) })],
    ['a future answer [C33]', () => response({ thisUpdate: after(60), nextUpdate: after(600) })],
  ])('%s', async (_name, answer) => {
    source.answers.set('/ocsp', answer);
    source.answers.set('/crl', revocationList());
    const { answers } = await store.statusOf(bothPath(), now);
    expect(answers[0]).toMatchObject({ source: 'crl', bytes: expect.any(Uint8Array) });
    expect(store.report()).toEqual({ known: 1, revoked: 0, unknown: 0 });
  });

  test('and says revoked', async () => {
    source.answers.set('/crl', revocationList(76, 77));
    await asked(bothPath());
    expect(store.report()).toEqual({ known: 1, revoked: 1, unknown: 0 });
  });

  test('once for several certificates of an issuer', async () => {
    source.answers.set('/crl', revocationList());
    await asked(pathWith(crlAt(`${source.url}/crl`)));
    await asked(pathWith(crlAt(`${source.url}/crl`)));
    expect(source.asked).toEqual(['/crl']);
  });
});

describe('an answer that went back [U25]', () => {
  const numbered = (number: number, ...serials: readonly number[]) =>
    crl({
      issuer,
      entries: serials.map((serial) => ({ serial, extensions: [reasonOnHold] })),
      thisUpdate: now,
      nextUpdate: new Date(now.getTime() + 86_400_000),
      extensions: [extension('2.5.29.20', der.integer(number))],
    });
  const crlPath = (serial: number) =>
    pathOf(issueLeaf(issuer, serial, [crlAt(`${source.url}/crl`)]), issuer.certificate);

  test('of a CRL by its number proves nothing, also about a certificate that was not asked about before', async () => {
    source.answers.set('/crl', numbered(8, 78));
    await asked(crlPath(77));
    source.answers.set('/crl', numbered(7));
    now = after(400);
    expect(await asked(crlPath(78))).toEqual(['crl the CRL has the number 7, and 8 was accepted before']);
    expect(store.report()).toMatchObject({ known: 2, revoked: 0, unknown: 1 });
    source.answers.set('/crl', numbered(9, 78));
    now = after(800);
    await store.refresh();
    expect(store.report()).toMatchObject({ known: 2, revoked: 1, unknown: 0 });
  });

  test('of a delta CRL is none, whatever its base: the answer in force stays', async () => {
    source.answers.set('/crl', numbered(8, 77));
    await asked(crlPath(77));
    const delta = extension('2.5.29.27', der.integer(3), true);
    source.answers.set(
      '/crl',
      crl({ issuer, thisUpdate: after(400), nextUpdate: after(4_000), moreExtensions: [delta] }),
    );
    now = after(400);
    await store.refresh();
    expect(store.report()).toMatchObject({ known: 1, revoked: 1 });
  });

  test('of a responder ends no hold: an older "good" that would still count is passed over', async () => {
    source.answers.set('/ocsp', () => response({ status: onHold, thisUpdate: after(300), nextUpdate: after(4_000) }));
    now = after(301);
    await asked(ocspPath());
    expect(store.report()).toMatchObject({ revoked: 1 });
    source.answers.set('/ocsp', () => response({ thisUpdate: after(0), nextUpdate: after(8_000) }));
    now = after(700);
    await store.refresh();
    expect(store.report()).toMatchObject({ known: 1, revoked: 1 });
    source.answers.set('/ocsp', () => response({ thisUpdate: after(1_000), nextUpdate: after(8_000) }));
    now = after(1_100);
    await store.refresh();
    expect(store.report()).toMatchObject({ known: 1, revoked: 0, unknown: 0 });
  });
});

describe('when nothing is of use', () => {
  test('every failure is told, and nothing is asked again for a while', async () => {
    const path = bothPath();
    expect(await asked(path)).toEqual([
      'ocsp the answer has the status 404',
      'ocsp the answer has the status 404',
      'crl the answer has the status 404',
    ]);
    source.asked.length = 0;
    source.answers.set('/ocsp', () => response({}));
    await asked(path);
    expect(source.asked).toEqual([]);
    expect(store.report().unknown).toBe(1);
    now = after(20);
    expect(await asked(path)).toEqual(['ocsp true']);
  });

  test('a certificate without addresses has no answers', async () => {
    expect(await asked(pathWith())).toEqual([]);
    expect(store.report().unknown).toBe(1);
  });

  test('time is bounded over all sources', async () => {
    source.answers.set('/ocsp', () => response({}));
    store = createStore({ budgetMs: 0 });
    await asked(ocspPath());
    expect(source.asked).toEqual([]);
  });

  test.each([
    'http://169.254.169.254/',
    'http://127.0.0.1:5432/',
    'http://10.0.0.1/',
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
    'ldap://x/',
  ])('addresses of the inside are not asked [C35]: %s', async (address) => {
    store = createRevocationStore({
      fetch: createGuardedFetch({}),
      clock: () => now,
      refreshSeconds: 300,
      clockSkewSeconds: 0,
      statusMaxAgeSeconds: 3600,
    });
    const answers = await asked(pathWith(ocspAt(address), crlAt(address)));
    expect(answers).toEqual([expect.stringMatching(/^ocsp .*refused/), expect.stringMatching(/^crl .*refused/)]);
  });

  test('a CRL over the size is dropped and the last one stays [C37]', async () => {
    source.answers.set('/crl', revocationList());
    const path = pathWith(crlAt(`${source.url}/crl`));
    await asked(path);
    now = after(290);
    source.answers.set('/crl', new Uint8Array(21 * 1024 * 1024));
    await store.refresh();
    expect(await asked(path)).toEqual(['crl true', expect.stringContaining('longer than')]);
    expect(store.report().unknown).toBe(0);
  });
});

describe('from the disk', () => {
  let directory: string;
  let writes: Promise<void>[];

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'postern-status-'));
    writes = [];
    store = createStore({ cache: openCache() });
  });
  afterEach(async () => {
    await Promise.allSettled(writes);
    rmSync(directory, { recursive: true, force: true });
  });

  /** The store does not wait for its disk; these tests must. */
  function openCache(): StatusCache {
    const cache = createStatusCache(directory);
    const write: StatusCache['write'] = (subject, answer) => {
      const writing = cache.write(subject, answer);
      writes.push(writing);
      return writing;
    };
    return { ...cache, write };
  }

  /** A new process; what is asked before its first refresh is what a request would have waited for. */
  async function restart(): Promise<void> {
    await Promise.all(writes);
    store = createStore({ cache: openCache() });
    source.asked.length = 0;
  }

  test.each([
    'ocsp',
    'crl',
  ] as const)('an answer (%s) is known after a restart without asking anybody', async (kind) => {
    source.answers.set('/ocsp', () => response({}));
    source.answers.set('/crl', revocationList());
    const path = pathWith(kind === 'ocsp' ? ocspAt(`${source.url}/ocsp`) : crlAt(`${source.url}/crl`));
    await asked(path);
    await restart();
    now = after(60);
    expect(await asked(path)).toEqual([`${kind} true`]);
    expect(source.asked).toEqual([]);
    expect(store.report()).toEqual({ known: 1, revoked: 0, unknown: 0 });
  });

  test('a revocation stays final over a restart', async () => {
    source.answers.set('/ocsp', () => response({ status: revoked }));
    const path = ocspPath();
    await asked(path);
    await restart();
    source.answers.set('/ocsp', () => response({}));
    now = after(700);
    await asked(path);
    await store.refresh();
    expect(store.report().revoked).toBe(1);
  });

  test('an answer that has ended is asked for anew, and stays where nobody answers [C29]', async () => {
    source.answers.set('/ocsp', () => response({}));
    const path = ocspPath();
    await asked(path);
    await restart();
    source.answers.set('/ocsp', 503);
    now = after(700);
    expect((await asked(path))[0]).toBe('ocsp true');
    expect(source.asked).not.toEqual([]);
    expect(store.report().unknown).toBe(1);
  });

  test('what does not verify is not believed', async () => {
    source.answers.set('/ocsp', () => response({}));
    const path = ocspPath();
    await asked(path);
    await restart();
    const [name = ''] = readdirSync(directory);
    const forged = { source: 'ocsp', address: 'x', receivedAt: now.toISOString() };
    const bytes = Buffer.from(response({ from: stranger })).toString('base64');
    for (const text of [JSON.stringify({ ...forged, bytes }), JSON.stringify(forged), '{', '']) {
      await Promise.all(writes);
      writeFileSync(join(directory, name), text);
      store = createStore({ cache: openCache() });
      source.asked.length = 0;
      await asked(path);
      expect(source.asked).not.toEqual([]);
    }
  });
});

describe('over time', () => {
  test('an answer is refreshed before it ends', async () => {
    source.answers.set('/ocsp', () => response({}));
    const path = ocspPath();
    await asked(path);
    await store.refresh();
    expect(source.asked).toHaveLength(1);
    now = after(280);
    await store.refresh();
    expect(source.asked).toHaveLength(2);
    now = after(700);
    await asked(path);
    expect(source.asked).toHaveLength(2);
  });

  test('the answers that end first are replaced first', async () => {
    const lives = [60, 600, 600, 600, 600, 600, 600, 600, 600, 600, 300];
    for (const [position, life] of lives.entries()) {
      const serial = 100 + position;
      source.answers.set(`/ocsp/${serial}`, () =>
        response({ serial, nextUpdate: new Date(now.getTime() + life * 1_000) }),
      );
      await asked(pathOf(issueLeaf(issuer, serial, [ocspAt(`${source.url}/ocsp/${serial}`)]), issuer.certificate));
    }
    source.asked.length = 0;
    now = after(280);
    await store.refresh();
    expect(source.asked).toHaveLength(lives.length);
    expect(source.asked.indexOf('/ocsp/110')).toBeLessThan(8);
    expect(source.asked.indexOf('/ocsp/100')).toBeGreaterThanOrEqual(2);
  });

  test('a failing source leaves the last answer until it ends [C29]', async () => {
    source.answers.set('/ocsp', () => response({}));
    const path = ocspPath();
    await asked(path);
    source.answers.set('/ocsp', 503);
    now = after(400);
    expect(await store.refresh()).toBe(true);
    expect(await asked(path)).toEqual([
      'ocsp true',
      'ocsp the answer has the status 503',
      'ocsp the answer has the status 503',
    ]);
    now = after(601);
    expect(store.report().unknown).toBe(1);
  });

  test('a change of status is told and changes the version; a repetition is not [C26]', async () => {
    source.answers.set('/ocsp', () => response({}));
    const path = ocspPath();
    expect(store.versionOf(path, now)).toBe('none');
    let changes = 0;
    store.onChange(() => {
      changes += 1;
    });
    const { version } = await store.statusOf(path, now);
    expect(store.versionOf(path, now)).toBe(version);
    now = after(290);
    await store.refresh();
    expect(store.versionOf(path, now)).toBe(version);
    expect(changes).toBe(1);
    source.answers.set('/ocsp', () => response({ status: revoked }));
    now = after(600);
    await store.refresh();
    expect(store.versionOf(path, now)).not.toBe(version);
    expect(changes).toBe(2);
  });

  test('a revocation is final, whatever is said later', async () => {
    source.answers.set('/ocsp', () => response({ status: revoked }));
    const path = ocspPath();
    const { answers } = await store.statusOf(path, now);
    source.answers.set('/ocsp', () => response({}));
    now = after(290);
    await store.refresh();
    expect((await store.statusOf(path, now)).answers).toEqual(answers);
    expect(store.report().revoked).toBe(1);
  });

  test('a hold may be lifted', async () => {
    source.answers.set('/ocsp', () => response({ status: onHold }));
    await asked(ocspPath());
    expect(store.report().revoked).toBe(1);
    source.answers.set('/ocsp', () => response({}));
    now = after(290);
    await store.refresh();
    expect(store.report().revoked).toBe(0);
  });

  test('what nobody uses is forgotten, and no more is kept than allowed', async () => {
    store = createStore({ maxCertificates: 2 });
    for (let count = 0; count < 3; count += 1) await asked(ocspPath());
    expect(store.report().known).toBe(2);
    now = after(25 * 60 * 60);
    await store.refresh();
    expect(store.report().known).toBe(0);
  });
});
