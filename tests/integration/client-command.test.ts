import { execFile, spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configureBrand } from '../material/configure-brand.js';
import { untilQualified } from '../material/oauth-tpp.js';
import { type Credential, type RunningDemo, startDemo } from '../material/start-demo.js';

let demo: RunningDemo;
let profile: string;
let qwac: Credential;
let seal: Credential;
let secondSeal: Credential;

const redirectUri = 'https://tpp.example/callback';

beforeAll(async () => {
  demo = await startDemo();
  profile = join(demo.dataDirectory, 'tpp.json');
  const order = { organizationIdentifier: 'PSDFR-ACPR-53001', roles: 'PSP_AI' };
  qwac = await demo.issue({ ...order, kind: 'qwac' });
  seal = await demo.issue({ ...order, kind: 'qsealc' });
  secondSeal = await demo.issue({ ...order, kind: 'qsealc' });
  writeProfile(settings());
  await untilQualified(demo, qwac);
});
afterAll(() => demo?.stop());

const sealFile = ({ directory }: Credential) => join(directory, 'path.pem');
const readProfile = () => JSON.parse(readFileSync(profile, 'utf8')) as Record<string, string>;
const writeProfile = (settings: object) => writeFileSync(profile, JSON.stringify(settings));

/** What a developer has typed once, before there is a registration. */
const settings = () => ({
  baseUrl: demo.addresses.api,
  brand: 'demo-bank',
  ca: demo.addresses.ca,
  qwac: join(qwac.directory, 'path.pem'),
  qwacKey: join(qwac.directory, 'key.pem'),
  seal: sealFile(seal),
  sealKey: join(seal.directory, 'key.pem'),
});

function tpp(command: string, ...options: readonly string[]) {
  return demo.run('tpp', [...command.split(' '), ...options, '--profile', profile]);
}

async function readJson(command: string, ...options: readonly string[]) {
  const { code, stdout, stderr } = await tpp(command, ...options, '--json');
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}

const register = (name: string) =>
  tpp('register', '--client-name', name, '--redirect-uri', redirectUri, '--scope', 'aisp');
const kidsOf = (client: { jwks: { keys: { kid: string }[] } }) => client.jwks.keys.map(({ kid }) => kid);

/** The command in a terminal, where what stands in `answer` is typed once it asks. */
function tppInTerminal(command: string, answer: string): Promise<{ code: number | null; screen: string }> {
  const program = resolve(import.meta.dirname, '../../tpp/bin/tpp.mjs');
  const line = [process.execPath, program, ...command.split(' '), '--profile', profile].join(' ');
  const child = spawn('script', ['-qec', line, '/dev/null'], { stdio: ['pipe', 'pipe', 'pipe'] });
  let screen = '';
  let asked = false;
  child.stdout.on('data', (chunk: Buffer) => {
    screen += chunk.toString();
    if (asked || !screen.includes('Type yes: ')) return;
    asked = true;
    child.stdin.write(`${answer}\n`);
  });
  return new Promise((done, reject) => {
    child.once('error', reject);
    child.once('close', (code) => done({ code, screen }));
  });
}

describe('tpp client', () => {
  it('says what to do while there is no registration', async () => {
    expect(await tpp('client list')).toEqual({
      code: 0,
      stdout: 'Your organisation has no registration here.\n',
      stderr: 'Next: tpp register\n',
    });
    expect(await tpp('client recover')).toMatchObject({ code: 2, stderr: expect.stringContaining('tpp register') });
    expect(await tpp('client show')).toMatchObject({ code: 2, stderr: expect.stringContaining('--client-id') });
    expect(await tpp('client')).toMatchObject({ code: 2, stderr: expect.stringContaining('tpp client list') });
  });

  it('shows and lists what was registered', async () => {
    expect(await register('Mes Comptes')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Registered\.\n/) });
    const { clientId = '', keyId = '' } = readProfile();
    const shown = await tpp('client show');
    expect(shown.stderr).toBe('');
    expect(shown.stdout).toMatch(new RegExp(`^client_id +${clientId}\\nclient_name +Mes Comptes\\n`));
    expect(shown.stdout).toContain(redirectUri);
    expect(shown.stdout).toContain(keyId);
    const listed = await tpp('client list');
    expect(listed.stdout).toBe(shown.stdout);
    expect(listed.stderr).toBe('');
    const [json, ...others] = await readJson('client list');
    expect([json.client_id, others]).toEqual([clientId, []]);
    expect(await readJson('client show')).toEqual(json);
  });

  it('updates redirect addresses, adds a key beside the old one, and takes the old one away', async () => {
    const { clientId, keyId = '' } = readProfile();
    const addresses = ['https://tpp.example/new', 'https://tpp.example/other'];
    const redirected = await tpp('client update', '--redirect-uri', addresses.join(' '));
    expect(redirected).toMatchObject({ code: 0, stderr: '' });
    expect(redirected.stdout).toContain('Updated.\n  redirect_uris: ');
    expect(readProfile()['redirectUri']).toBe(addresses[0]);
    const added = await tpp('client update', '--add-key', sealFile(secondSeal));
    expect(added.code, added.stderr).toBe(0);
    const client = await readJson('client show');
    const [, newKid = ''] = kidsOf(client);
    expect([client.redirect_uris, kidsOf(client)[0]]).toEqual([addresses, keyId]);
    expect(added.stdout).toBe(`Updated.\n  key added: ${newKid}\n`);
    expect(added.stderr).toContain(`--key-id ${newKid}`);
    const removed = await tpp('client update', '--remove-key', keyId);
    expect([removed.code, removed.stdout]).toEqual([0, `Updated.\n  key removed: ${keyId}\n`]);
    expect(removed.stderr).toContain(`--key-id ${newKid}`);
    const after = await readJson('client show');
    expect([after.client_id, kidsOf(after)]).toEqual([clientId, [newKid]]);
  });

  it('says what cannot be updated, and sends nothing that changes nothing', async () => {
    const unchanged = await tpp('client update', '--client-name', 'Mes Comptes');
    expect(unchanged).toMatchObject({ code: 0, stdout: 'It is so already: nothing was sent.\n' });
    const cases: readonly (readonly [readonly string[], number, string])[] = [
      [[], 2, 'there is nothing to change'],
      [['--remove-key', 'none-of-mine'], 2, 'the registration has no key none-of-mine; it has '],
      [['--add-key', sealFile(secondSeal)], 2, 'already'],
      [['--add-key', join(demo.dataDirectory, 'nothing.pem')], 2, 'nothing.pem'],
      [['--add-key', join(qwac.directory, 'path.pem')], 1, 'jwks.keys[1]'],
      [['--redirect-uri', 'http://tpp.example/'], 1, 'redirect_uris[0] must begin with https://'],
      [['--scope', 'pisp'], 1, 'scope'],
    ];
    for (const [options, code, reason] of cases) {
      const refused = await tpp('client update', ...options);
      expect([refused.code, refused.stdout], refused.stderr).toEqual([code, '']);
      expect(refused.stderr).toContain(reason);
    }
    expect(readProfile()).toMatchObject({ redirectUri: 'https://tpp.example/new', scope: 'aisp' });
  });

  it('recovers a registration for a profile that lost it', async () => {
    const { clientId } = readProfile();
    writeProfile(settings());
    expect((await tpp('client list')).stderr).toBe('Next: tpp client recover, to go on with one of them\n');
    const unsigned = await tpp('client recover');
    expect(unsigned).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Recovered\.\n/) });
    expect(unsigned.stdout).toContain('None of its keys is that of your seal');
    expect(readProfile()).not.toHaveProperty('keyId');
    const sealed = await tpp('client recover', '--seal-key', join(secondSeal.directory, 'key.pem'));
    const [newKid] = kidsOf(await readJson('client show'));
    expect(sealed.stdout).toContain(`Signing with ${newKid}, the key of your seal.`);
    expect(readProfile()).toMatchObject({
      clientId,
      keyId: newKid,
      clientName: 'Mes Comptes',
      redirectUri: 'https://tpp.example/new',
      scope: 'aisp',
    });
  });

  it('asks which one where there are several, and takes the one that is named', async () => {
    const { clientId: wanted = '' } = readProfile();
    expect(await register('Autre')).toMatchObject({ code: 0 });
    const { clientId: other = '' } = readProfile();
    expect(other).not.toBe(wanted);
    const several = await tpp('client recover');
    expect(several.code).toBe(2);
    expect(several.stderr).toContain(`${wanted} (Mes Comptes)`);
    expect(several.stderr).toContain(`${other} (Autre)`);
    expect(await tpp('client recover', '--client-id', 'f'.repeat(40))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('tpp client list'),
    });
    expect(await tpp('client recover', '--client-id', wanted)).toMatchObject({ code: 0 });
    expect(readProfile()['clientId']).toBe(wanted);
  });

  it('deletes only what it was told to, and forgets it', async () => {
    const { clientId = '', ...kept } = readProfile();
    const silent = await tpp('client delete');
    expect([silent.code, silent.stdout]).toEqual([2, '']);
    expect(silent.stderr).toContain('--yes');
    const deleted = await tpp('client delete', '--yes');
    expect(deleted).toMatchObject({ code: 0, stdout: expect.stringContaining(`Deleted ${clientId}`) });
    const { keyId: _key, ...rest } = kept;
    expect(readProfile()).toEqual(rest);
    expect(await tpp('client show')).toMatchObject({ code: 2, stderr: expect.stringContaining('--client-id') });
    const gone = await tpp('client show', '--client-id', clientId);
    expect([gone.code, gone.stdout]).toEqual([1, '']);
    expect(gone.stderr).toContain('REGISTRATION_NOT_FOUND');
    expect(readProfile()).not.toHaveProperty('clientId');
  });

  it.runIf(existsSync('/usr/bin/script'))('asks in a terminal before it deletes', async () => {
    expect(await tpp('client recover')).toMatchObject({ code: 0 });
    const { clientId = '' } = readProfile();
    const no = await tppInTerminal('client delete', 'no');
    expect(no.screen).toContain(`Delete "Autre" (${clientId}) with all its tokens and consents?`);
    expect(no.screen).toContain('Nothing was deleted.');
    expect(readProfile()['clientId']).toBe(clientId);
    const yes = await tppInTerminal('client delete', 'yes');
    expect(yes).toMatchObject({ code: 0, screen: expect.stringContaining(`Deleted ${clientId}`) });
    expect(readProfile()).not.toHaveProperty('clientId');
    expect(await tpp('client list')).toMatchObject({ stdout: 'Your organisation has no registration here.\n' });
  });
});

describe('a developer with nothing but curl and openssl', () => {
  const script = resolve(import.meta.dirname, '../../docs/examples/sandbox-with-curl.sh');
  const places = (brand: string) => ['--api', demo.addresses.api, '--ca', demo.addresses.ca, '--brand', brand];
  const run = (brand: string, out: string) =>
    promisify(execFile)('bash', [script, ...places(brand), '--out', join(demo.dataDirectory, out)]);

  it('goes from own keys to a customer’s accounts', async () => {
    const { stdout } = await run('demo-bank', 'curl');
    expect(stdout).toContain('outcome: qualified');
    expect(stdout).toMatch(/"accounts":\[\{"resourceId":/);
    expect(existsSync(join(demo.dataDirectory, 'curl', 'seal.key.pem'))).toBe(true);
  });

  it('is shown the refusal of the bank, and stopped', async () => {
    await expect(run('no-bank', 'curl-refused')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/HTTP 404[\s\S]*correlation/),
    });
  });
});

describe('tpp, where the bank has decided more', () => {
  it('R2: signs what a brand wants signed, with the seal that is registered or with the key of the profile', async () => {
    configureBrand(demo, 'second-bank', 'registration: { requestSignature: required }');
    await demo.crashAndRestart();
    await untilQualified(demo, qwac);
    writeProfile({ ...settings(), brand: 'second-bank' });
    expect(await register('Signed')).toMatchObject({ code: 1, stderr: expect.stringContaining('SIGNATURE_MISSING') });
    const registered = await tpp(
      'register',
      '--sign',
      '--client-name',
      'Signed',
      '--redirect-uri',
      redirectUri,
      '--scope',
      'aisp',
    );
    expect(registered.code, registered.stderr).toBe(0);
    const renaming = ['--client-name', 'Signed again'];
    expect(await tpp('client update', ...renaming)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('SIGNATURE_MISSING'),
    });
    expect((await tpp('client update', '--sign', ...renaming)).stderr).toBe('');
    expect((await readJson('client show')).client_name).toBe('Signed again');
  });

  it('registers for all brands at once, and manages that registration where it is', async () => {
    const configuration = join(demo.dataDirectory, 'demo', 'postern.yaml');
    const forAll = 'registration: { allBrands: true }\n';
    if (!readFileSync(configuration, 'utf8').includes(forAll)) appendFileSync(configuration, forAll);
    await demo.crashAndRestart();
    await untilQualified(demo, qwac);
    writeProfile(settings());
    const name = ['--client-name', 'Everywhere', '--redirect-uri', redirectUri, '--scope', 'aisp', '--sign'];
    expect((await tpp('register', '--all-brands', ...name)).stderr).toBe('Next: tpp authorize\n');
    const { clientId } = readProfile();
    expect(readProfile()).toMatchObject({ brand: 'demo-bank', registeredAt: 'all' });
    expect((await readJson('client show')).registration_client_uri).toContain('/all/oauth2/registrations/');
    expect(await readJson('client list', '--registered-at', 'demo-bank')).not.toContainEqual(
      expect.objectContaining({ client_id: clientId }),
    );
    const update = ['--sign', '--client-name', 'Partout', '--registered-at', 'all'];
    expect((await tpp('client update', ...update)).stderr).toBe('');
    expect((await tpp('client delete', '--yes')).code).toBe(0);
    expect(readProfile()).not.toHaveProperty('registeredAt');
  });
});
