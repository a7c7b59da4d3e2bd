import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caExtensions } from '../material/issue.js';
import { issueCertificate } from '../material/issue-certificate.js';
import { type ListRecipe, renderList, type ServiceRecipe, signList } from '../material/signed-list.js';

const postern = resolve(import.meta.dirname, '../../server/bin/postern.mjs');
const lotlUrl = 'https://lists.example/lotl.xml';
const top = issueCertificate({ commonName: 'Top' });
const operator = issueCertificate({ commonName: 'Operator' });
const stranger = issueCertificate({ commonName: 'Stranger' });
const authority = issueCertificate({ commonName: 'Issuing CA', extensions: caExtensions(1) });
const pinned = issueCertificate({ commonName: 'Closed scheme', extensions: caExtensions(1) });
const five: readonly ServiceRecipe[] = Array.from({ length: 5 }, () => ({ certificate: authority }));

let directory: string;
let config: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'trust-command-'));
  config = writeConfig('');
  write('signers.pem', pemOf(top.der));
  write('pinned.pem', pemOf(pinned.der));
  const pointers = [
    { territory: 'EU', address: lotlUrl, signer: top },
    { territory: 'FR', address: 'https://lists.example/fr.xml', signer: operator },
  ];
  write(
    'lotl.xml',
    signList(renderList({ territory: 'EU', sequence: 1, type: 'EUlistofthelists', nextUpdate: later, pointers }), top),
  );
  writeList('fr.xml', {});
});
afterEach(() => rmSync(directory, { recursive: true }));

const later = '2099-01-01T00:00:00Z';

function write(name: string, content: string): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

function writeList(name: string, change: Partial<ListRecipe>, signer = operator): string {
  const recipe = { territory: 'FR', sequence: 5, nextUpdate: later, services: five, ...change };
  return write(name, signList(renderList(recipe), signer));
}

function pemOf(der: Uint8Array): string {
  return `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`;
}

function writeConfig(anchors: string, approvals = 0): string {
  const listener = (port: number) =>
    `{ host: localhost, port: ${port}, publicUrl: "https://localhost:${port}", tls: { key: { file: k }, certificate: { file: c } } }`;
  return write(
    'postern.yaml',
    `installation: { name: Test }
listeners: { api: ${listener(1)}, web: ${listener(2)}, management: { port: 3 } }
store: { kind: embedded, directory: store }
trust:
  lotl: { url: "${lotlUrl}", signers: { file: signers.pem }, approvals: ${approvals} }
  fetch: false
${anchors}
register: { metadataUrl: "https://register.example/" }
cacheDirectory: cache
qualification: { hostCountry: FR }
tokens: { signingKeys: [{ file: k }] }
brands: [{ id: demo-bank, name: { fr: B, en: B }, color: "#00558c" }]
`,
  );
}

function run(...parameters: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [postern, 'trust', ...parameters, '--config', config],
    { encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

function importBoth() {
  return run('import', join(directory, 'lotl.xml'), join(directory, 'fr.xml'));
}

describe('postern trust', () => {
  it('imports lists from files and shows them', () => {
    expect(run('status').status).toBe(1);
    const imported = importBoth();
    expect(imported.stdout).toMatch(/lotl\.xml +EU +1 +imported\n.*fr\.xml +FR +5 +imported\n/);
    expect(imported.status).toBe(0);
    expect(importBoth().stdout).toContain('already in force');
    const status = run('status');
    expect(status.stdout).toMatch(/^LIST +SEQUENCE +ISSUED .*STATE\nEU +1 .* ok\nFR +5 .* 5 +0 +ok\n$/);
    expect(status.status).toBe(0);
    const json = JSON.parse(run('status', '--json').stdout);
    expect(json).toMatchObject({
      state: 'ok',
      reason: null,
      lists: [
        { territory: 'EU', sequence: 1 },
        {
          territory: 'FR',
          sequence: 5,
          services: { granted: 5, withdrawn: 0 },
          state: 'ok',
          nextUpdate: '2099-01-01T00:00:00.000Z',
        },
      ],
      pinned: [],
    });
  });

  it.each<[string, () => string, string]>([
    ['signed by another', () => writeList('next.xml', { sequence: 6 }, stranger), 'not a pinned signer'],
    ['rolled back', () => writeList('next.xml', { sequence: 4 }), '5 was accepted before'],
    ['of no country that is pointed to', () => writeList('next.xml', { territory: 'DE' }), 'points to no list of DE'],
    [
      'without signature',
      () => write('next.xml', renderList({ territory: 'FR', sequence: 6 })),
      'does not end with a signature',
    ],
    [
      'with two signatures',
      () =>
        write(
          'next.xml',
          signList(signList(renderList({ territory: 'FR', sequence: 6 }), operator).slice(38), operator),
        ),
      'more than one signature',
    ],
  ])('refuses a list %s, in import and diff alike', (_name, make, reason) => {
    importBoth();
    const file = make();
    const imported = run('import', file);
    expect(imported.stdout).toMatch(/next\.xml .*refused: /);
    expect(imported.stdout).toContain(reason);
    expect(imported.status).toBe(1);
    const difference = run('diff', file);
    expect(difference.stdout).toContain(`would be refused: `);
    expect(difference.status).toBe(1);
    expect(run('status').stdout).toMatch(/FR +5 /);
  });

  it('says what a list would change', () => {
    importBoth();
    const other = issueCertificate({ commonName: 'Another CA', extensions: caExtensions(1) });
    const services = [
      ...five.slice(0, 4),
      { certificate: authority, status: 'withdrawn' as const },
      { certificate: other },
    ];
    const file = writeList('next.xml', { sequence: 6, services });
    const { stdout, status } = run('diff', file);
    expect(stdout).toContain('FR 5 -> 6, would be taken\n');
    expect(stdout).toContain('  + Example QTSP: Example CA: granted since 2020-01-01 for website, seal\n');
    expect(stdout).toContain(
      '  ~ Example QTSP: Example CA: withdrawn since 2020-01-01 for website, seal, before: granted since 2020-01-01',
    );
    expect(status).toBe(0);
    const [found] = JSON.parse(run('diff', file, '--json').stdout);
    expect(found).toMatchObject({ from: 5, to: 6, outcome: 'accepted', removed: [], added: [{ status: 'granted' }] });
    expect(run('status').stdout).toMatch(/FR +5 /);
    expect(run('diff', join(directory, 'fr.xml')).stdout).toContain('no service differs');
  });

  it('holds a list that shrinks back until an operator accepts it [U9]', () => {
    importBoth();
    const file = writeList('next.xml', { sequence: 6, services: five.slice(0, 2) });
    expect(run('diff', file).stdout).toContain('would be held back: it has 2 entries, where it had 5');
    expect(run('accept', 'FR', '6')).toMatchObject({
      status: 1,
      stderr: 'postern trust: no list of FR is held back\n',
    });
    const imported = run('import', file);
    expect(imported.stdout).toContain('held back: sequence 6');
    expect(imported.status).toBe(1);
    const status = run('status');
    expect(status.stdout).toMatch(/FR +5 .*quarantined\n/);
    expect(status.stdout).toContain('postern trust accept FR 6');
    expect(run('accept', 'FR', '7')).toMatchObject({ status: 1 });
    expect(run('accept', 'FR', '6')).toMatchObject({ status: 0, stderr: '' });
    expect(run('status').stdout).toMatch(/FR +6 .* 2 +0 +ok\n/);
    expect(run('status').status).toBe(0);
  });

  it('lets signers count once two people have approved them, and the old ones until then [U10]', () => {
    config = writeConfig('', 2);
    expect(run('status').stdout).toContain('EU: the configured signers of the list of lists have 0 of 2 approvals');
    expect(importBoth().stdout).toContain('not a pinned signer');
    const fingerprint = /^Signers ([0-9a-f]{64})$/m.exec(run('approve').stdout)?.[1] ?? '';
    expect(run('approve', 'ab'.repeat(32), '--by', 'Ada')).toMatchObject({ status: 1, stdout: '' });
    expect(run('approve', fingerprint, '--by', '; rm')).toMatchObject({ status: 64 });
    expect(run('approve', fingerprint, '--by', 'Ada')).toMatchObject({ status: 0, stderr: '' });
    expect(run('approve', fingerprint, '--by', 'ada')).toMatchObject({ status: 1 });
    expect(run('status').stdout).toContain('have 1 of 2 approvals');
    expect(run('approve', fingerprint, '--by', 'Grace').stdout).toContain('They count from the next start');
    expect(importBoth().status).toBe(0);
    write('signers.pem', pemOf(stranger.der));
    expect(run('status').stdout).toMatch(/EU +1 .* ok\n[\s\S]*the configured signers of the list of lists have 0 of 2/);
    expect(importBoth().status).toBe(0);
  });

  it('names pinned anchors, and asks for their expiry', () => {
    importBoth();
    config = writeConfig('  pinnedAnchors: [{ file: pinned.pem, use: seal, expires: 2098-01-01 }]');
    expect(run('status').stdout).toContain('Closed scheme is pinned for seal until 2098-01-01T00:00:00.000Z\n');
    config = writeConfig('  pinnedAnchors: [{ file: pinned.pem, use: seal, expires: 2021-01-01 }]');
    expect(run('status')).toMatchObject({ status: 1, stdout: expect.stringContaining('which has passed') });
    config = writeConfig('  pinnedAnchors: [{ file: pinned.pem, use: seal }]');
    expect(run('status')).toMatchObject({
      status: 78,
      stderr: expect.stringContaining('trust.pinnedAnchors.0.expires'),
    });
  });

  it.each([
    [[], 'say status'],
    [['import'], 'name the files'],
    [['diff'], 'name the files'],
    [['import', '/nowhere'], 'no file /nowhere'],
    [['accept', 'FR'], 'say which'],
    [['accept', 'fr', '6'], 'say which'],
  ])('tells how to call it: %j', (parameters, reason) => {
    expect(run(...parameters)).toMatchObject({ status: 64, stderr: expect.stringContaining(reason) });
  });
});
