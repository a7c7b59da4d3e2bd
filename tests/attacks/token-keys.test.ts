import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Config } from '../../server/src/config.js';
import type { TokenSet } from '../../tpp/src/oauth/request-token.js';
import { type Enrolled, enroll, obtainTokens, openTppWorld, type TppWorld } from '../material/enroll.js';
import { sendOverTls } from '../material/send-over-tls.js';
import { callAccounts, codeOf } from '../material/send-signed.js';
import { type RunningBank, startBank } from '../material/start-bank.js';

let directory: string;
let bank: RunningBank;
let world: TppWorld;
let client: Enrolled;
let files: readonly [old: string, next: string];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'postern-keys-'));
  files = [writeKey('old.pem'), writeKey('new.pem')];
  bank = await startBank({ change: signWith(files[0]) });
  world = openTppWorld(bank);
  client = await enroll(world);
});

afterAll(async () => {
  world?.close();
  await bank?.stop();
  rmSync(directory, { recursive: true, force: true });
});

function writeKey(name: string): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(join(directory, name), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return join(directory, name);
}

const signWith =
  (...keys: readonly string[]) =>
  (config: Config): Config => ({
    ...config,
    tokens: { ...config.tokens, signingKeys: keys.map((file) => ({ file })) },
  });

async function readKids(): Promise<readonly unknown[]> {
  const answer = await sendOverTls({ method: 'GET', url: `${bank.addresses.api}/demo-bank/oauth2/jwks`, ca: bank.ca });
  return (answer.json['keys'] as readonly { kid: string }[]).map(({ kid }) => kid);
}

function kidOf(token: string): unknown {
  return JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid;
}

async function call({ accessToken }: TokenSet): Promise<string | number | undefined> {
  const { api } = bank.addresses;
  const answer = await callAccounts({ ...client, accessToken }, { url: api, publicUrl: api, ca: bank.ca });
  return codeOf(answer) ?? answer.status;
}

it('S45: a new key signs while the old one still verifies, and nothing that the old one signed counts without it', async () => {
  const [oldKid] = await readKids();
  const before = await obtainTokens(world, client);
  expect([kidOf(before.accessToken), await call(before)]).toEqual([oldKid, 200]);

  await bank.reconfigure(signWith(files[1], files[0]));
  const [newKid, ...others] = await readKids();
  expect([newKid === oldKid, others]).toEqual([false, [oldKid]]);
  const after = await obtainTokens(world, client);
  expect([kidOf(after.accessToken), await call(after), await call(before)]).toEqual([newKid, 200, 200]);

  await bank.reconfigure(signWith(files[1]));
  expect(await readKids()).toEqual([newKid]);
  expect([await call(after), await call(before)]).toEqual([200, 'TOKEN_INVALID']);
});
