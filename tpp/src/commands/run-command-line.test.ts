import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPaint } from '../terminal/terminal.js';
import { runCommandLine } from './run-command-line.js';

let folder: string;
let profile: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-'));
  profile = join(folder, 'tpp.json');
});

afterEach(() => rm(folder, { recursive: true }));

async function run(...words: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = {
    json: words.includes('--json'),
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    paint: createPaint(false),
  };
  const exitCode = await runCommandLine(
    [...words, ...(words.includes('--help') ? [] : ['--profile', profile])],
    terminal,
    () => new Date('2026-03-02T10:00:00Z'),
  );
  return { exitCode, out: out.join('\n'), err: err.join('\n') };
}

describe('tpp', () => {
  it('lists its commands, and explains each', async () => {
    expect((await run('--help')).out).toContain('certificate request');
    const help = await run('call', '--help');
    expect(help).toMatchObject({ exitCode: 0 });
    expect(help.out).toContain('Usage: tpp call METHOD PATH [options]');
    expect(help.out).toContain('--key-id KID');
  });

  it.each([
    [['fly'], /no command "fly"/],
    [['certificate'], /perhaps tpp certificate request or tpp certificate check/],
    [['keygen'], /--kind is needed/],
    [['keygen', '--kind', 'pgp'], /--kind is needed/],
    [['keygen', '--wings'], /--wings/],
    [['keygen', '--kind', 'qwac', '--bits', '1024'], /--bits/],
    [['keygen', 'extra', '--kind', 'qwac'], /"extra" is not expected/],
    [['register'], /--client-name is needed/],
    [['client'], /perhaps tpp client show or tpp client list/],
    [['client', 'update', '--client-id', 'a'], /nothing to change/],
    [['client', 'delete'], /--client-id is needed/],
    [['client', 'recover', '--base-url', 'https://x', '--brand', 'b'], /--qwac is needed/],
    [['call', 'GET'], /METHOD and PATH/],
    [['call', 'GET', 'accounts', '--base-url', 'https://x', '--brand', 'b'], /PATH must begin/],
    [['sign', 'GET', '/accounts', '--base-url', 'http://x', '--brand', 'b'], /https/],
    [
      ['sign', 'GET', '/accounts', '--base-url', 'https://x', '--brand', 'b', '--environment', 'moon'],
      /production or sandbox/,
    ],
    [['journey', '--base-url', 'nowhere'], /not an address/],
    [['journey', '--ready-file', 'none.json'], /no ready file/],
  ])('says what is wrong with %j and exits with 2', async (words, text) => {
    expect(await run(...words)).toMatchObject({ exitCode: 2, err: expect.stringMatching(text) });
  });

  it('makes a key for its owner only and never overwrites it', async () => {
    const made = await run('keygen', '--kind', 'qsealc', '--out', join(folder, 'keys'), '--json');
    const { key } = JSON.parse(made.out) as { key: string };
    expect(await readFile(key, 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    expect((await stat(key)).mode & 0o777).toBe(0o600);
    expect(await run('keygen', '--kind', 'qsealc', '--out', join(folder, 'keys'))).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('never overwritten'),
    });
  });

  it('keeps what was given once, with paths relative to the profile', async () => {
    await run('keygen', '--kind', 'qsealc', '--out', join(folder, 'keys'));
    const signed = await run(
      'sign',
      'GET',
      '/accounts',
      '--base-url',
      'https://localhost:8443',
      '--brand',
      'demo-bank',
      '--key-id',
      'k1',
    );
    expect(signed.out).toContain('(request-target): get /demo-bank/stet-psd2-api/v1/accounts');
    expect(signed.out).toContain('date: Mon, 02 Mar 2026 10:00:00 GMT');
    expect(JSON.parse(await readFile(profile, 'utf8'))).toEqual({
      sealKey: 'keys/qsealc-key.pem',
      baseUrl: 'https://localhost:8443',
      brand: 'demo-bank',
      keyId: 'k1',
    });
    const link = '/demo-bank/stet-psd2-api/v1/accounts/1/balances?page=2';
    const followed = await run('sign', 'GET', link, '--json');
    expect(JSON.parse(followed.out)).toMatchObject({ url: `https://localhost:8443${link}` });
  });

  it('refuses a profile that it did not write', async () => {
    for (const text of ['[]', '{', '{"unknown":"x"}', '{"brand":7}']) {
      await writeFile(profile, text);
      expect((await run('client', 'show')).exitCode).toBe(2);
    }
  });

  it('writes a signing request from the settings', async () => {
    await run('keygen', '--kind', 'qwac', '--out', folder);
    const asked = await run(
      'csr',
      '--key',
      join(folder, 'qwac-key.pem'),
      '--organization-identifier',
      'PSDFR-ACPR-1',
      '--organization-name',
      'A',
    );
    expect(asked.out).toMatch(/^-----BEGIN CERTIFICATE REQUEST-----/);
  });

  it('exits with 3 when nothing answers', async () => {
    await run('keygen', '--kind', 'qwac', '--out', folder);
    const words = [
      'certificate',
      'request',
      '--kind',
      'qwac',
      '--qtsp-url',
      'http://127.0.0.1:1',
      '--organization-identifier',
      'PSDFR-ACPR-1',
      '--organization-name',
      'A',
    ];
    expect(await run(...words)).toMatchObject({ exitCode: 3, err: expect.stringContaining('Not reachable') });
  });

  it('needs an authorization before a token, and a token before a call', async () => {
    expect(await run('token', '--redirect', 'https://tpp.example/?code=x')).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('tpp authorize'),
    });
    expect(await run('token')).toMatchObject({ exitCode: 2, err: expect.stringContaining('--refresh') });
    expect(await run('call', 'GET', '/accounts', '--base-url', 'https://x', '--brand', 'b')).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('tpp token'),
    });
  });
});
