import { spawn, spawnSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readGoldenCopy } from '../register/golden-copy.js';
import { publishRegister } from '../register/publish-register.js';

const program = fileURLToPath(new URL('../../bin/demo.mjs', import.meta.url));
const identifier = 'PSDFR-ACPR-12345';
const order = ['--kind', 'qwac', '--organization-identifier', identifier, '--roles', 'PSP_AI,PSP_PI'];

// Each test starts programs.
vi.setConfig({ testTimeout: 60_000 });

let dataDirectory = '';
let out = '';

beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'demo-command-'));
  out = join(dataDirectory, 'out');
});

afterAll(() => rm(dataDirectory, { recursive: true }));

function demo(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

const issue = (...more: readonly string[]) =>
  demo('issue', ...order, '--data-dir', dataDirectory, '--out', out, ...more);

describe('demo', () => {
  test('issues into files, the key for its owner only, without a running world', async () => {
    const { status, stdout } = issue('--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      organizationIdentifier: identifier,
      certificate: join(out, 'certificate.pem'),
    });
    const certificate = new X509Certificate(await readFile(join(out, 'certificate.pem')));
    expect(certificate.checkPrivateKey(createPrivateKey(await readFile(join(out, 'key.pem'))))).toBe(true);
    expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
    expect((await stat(join(out, 'key.pem'))).mode & 0o777).toBe(0o600);
    expect((await readFile(join(out, 'path.pem'), 'utf8')).match(/BEGIN CERTIFICATE/g)).toHaveLength(3);
  });

  test('withdraws, reinstates and revokes', () => {
    const authorisation = ['--organization-identifier', identifier, '--data-dir', dataDirectory];
    expect(demo('withdraw', ...authorisation).stdout).toBe(`${identifier} is now withdrawn\n`);
    expect(demo('withdraw', ...authorisation).stdout).toBe(`${identifier} is already withdrawn\n`);
    expect(demo('reinstate', ...authorisation).stdout).toBe(`${identifier} is now authorised\n`);
    const revoked = demo('revoke', '--certificate', join(out, 'path.pem'), '--data-dir', dataDirectory, '--json');
    expect(JSON.parse(revoked.stdout)).toMatchObject({ status: 'revoked', organizationIdentifier: identifier });
  });

  test('holds and releases, withdraws the service, lets lists expire and gives them another signer', () => {
    expect(issue().status).toBe(0);
    const run = (...args: readonly string[]) => demo(...args, '--data-dir', dataDirectory).stdout;
    const file = ['--certificate', join(out, 'certificate.pem')];
    expect(run('hold', ...file)).toMatch(/^[0-9a-f]+ is held since 2/);
    expect(run('unhold', ...file)).toMatch(/^[0-9a-f]+ is good\n/);
    expect(run('withdraw-service')).toBe('the trust service is now withdrawn\n');
    expect(run('withdraw-service')).toBe('the trust service is already withdrawn\n');
    expect(JSON.parse(run('reinstate-service', '--json'))).toEqual({ status: 'granted', changed: true });
    expect(run('expire-list')).toBe('the list fr is now expired\n');
    expect(run('renew-list')).toBe('the list fr is now renewed\n');
    expect(run('expire-list', '--list', 'lotl')).toBe('the list lotl is now expired\n');
    expect(run('renew-list', '--list', 'lotl')).toBe('the list lotl is now renewed\n');
    expect(run('rotate-signer', '--unannounced')).toMatch(/^the list of FR is signed by tl-signer-\d+, unannounced\n/);
    expect(JSON.parse(run('rotate-signer', '--json'))).toMatchObject({ announced: 'announced' });
  });

  test.each([
    [['issue', '--help'], 0, /withdrawn-organization/],
    [['--help'], 0, /reinstate/],
    [['serve', '--help'], 0, /--port-base/],
    [[], 2, /demo COMMAND --help/],
    [['dance'], 2, /no command "dance"/],
    [
      ['issue', ...order, '--out', 'x', '--defect', 'odd'],
      2,
      /no defect "odd"; the defects are: expired, not-yet-valid/,
    ],
    [['issue', ...order], 2, /--out is missing/],
    [['issue', ...order, '--out', 'x', '--qtsp', 'third'], 2, /must be first or second/],
    [['issue', '--colour', 'red'], 2, /--colour/],
    [['serve', '--port-base', '99999'], 2, /1 to 65530/],
    [['revoke', '--certificate', '/nowhere.pem'], 1, /cannot be read/],
    [['hold'], 2, /--certificate is missing/],
    [['expire-list', '--list', 'de'], 2, /must be fr or lotl/],
  ])('%j ends with %i and words', (args, expected, words) => {
    const { status, stdout, stderr } = demo(...args);
    expect(status).toBe(expected);
    expect(stdout + stderr).toMatch(words);
  });
});

describe('demo serve', () => {
  test('tells when it listens, takes changes by others at once, and ends when the pipe at its input closes', async () => {
    const base = (await freePort()) - 5;
    const child = spawn(process.execPath, [program, 'serve', '--data-dir', dataDirectory, '--port-base', String(base)]);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const line = await new Promise<string>((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
    const url = `http://localhost:${base + 5}`;
    expect(JSON.parse(line)).toEqual({ ready: true, url, configuration: join(dataDirectory, 'demo/postern.yaml') });
    expect(issue('--organization-identifier', 'PSDFR-ACPR-31').status).toBe(0);
    const { sha256_hash } = (await (await fetch(`${url}/register/api/filemetadata`)).json()) as { sha256_hash: string };
    const register = await readGoldenCopy(join(dataDirectory, 'demo/register/register.json'));
    expect(sha256_hash).toBe(publishRegister(register).sha256);
    expect(JSON.stringify(register)).toContain('FR_ACPR!31');
    const certificate = new X509Certificate(await readFile(join(out, 'certificate.pem')));
    expect(certificate.infoAccess).toContain(`${url}/ocsp`);
    const second = demo('serve', '--data-dir', dataDirectory, '--port-base', String(base));
    expect([second.status, second.stderr]).toEqual([1, expect.stringContaining('in use')]);
    child.stdin.end();
    expect(await ended).toBe(0);
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
