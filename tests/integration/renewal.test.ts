import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redirectUriOf } from '../../tpp/src/journey/steps-registration.js';
import { refreshGrant, requestToken, type TokenSet } from '../../tpp/src/oauth/request-token.js';
import { fetchServerMetadata } from '../../tpp/src/oauth/server-metadata.js';
import { applyChanges } from '../../tpp/src/registration/apply-changes.js';
import { buildClientMetadata } from '../../tpp/src/registration/build-client-metadata.js';
import { listRegistrations, updateRegistration } from '../../tpp/src/registration/change-registration.js';
import { readRegistration, registerClient } from '../../tpp/src/registration/register-client.js';
import { type Enrolled, enroll, obtainTokens, openTppWorld, type TppWorld } from '../material/enroll.js';
import { callAccounts, codeOf, type SignedCaller } from '../material/send-signed.js';
import { type Credential, type RunningDemo, startDemo } from '../material/start-demo.js';

let demo: RunningDemo;
let world: TppWorld;
/** A client with certificates of the first trust service provider, and a second one of the same organisation. */
let first: Enrolled;
let second: Enrolled;
let firstTokens: TokenSet;
let secondTokens: TokenSet;
let refreshed: TokenSet;
/** Certificates of the second trust service provider for that organisation. */
let newQwac: Credential;
let newSeal: Credential;

beforeAll(async () => {
  demo = await startDemo();
  world = openTppWorld(demo);
  first = await enroll(world);
  second = await registerAnother(first);
  firstTokens = await obtainTokens(world, first);
  secondTokens = await obtainTokens(world, second, 'noam');
  const { organizationIdentifier } = first.party;
  const order = { organizationIdentifier, roles: 'PSP_AI', qtsp: 'second' } as const;
  newQwac = await demo.issue({ ...order, kind: 'qwac' });
  newSeal = await demo.issue({ ...order, kind: 'qsealc' });
});

afterAll(async () => {
  world?.close();
  await demo?.stop();
});

async function registerAnother(client: Enrolled): Promise<Enrolled> {
  const redirectUris = [redirectUriOf(client.party)];
  const metadata = { clientName: 'Another', redirectUris, scope: 'aisp', sealPaths: [client.sealPath] };
  const { clientId } = await registerClient(client.connection, world.bank, buildClientMetadata(metadata));
  return { ...client, clientId };
}

const underNewQwac = () => world.connect({ certificate: newQwac.path, key: newQwac.key });
const sealKeyOf = ({ certificate, key }: Credential) => ({
  keyId: thumbprintOf(certificate),
  privateKey: createPrivateKey(key),
});

async function accounts(caller: Omit<SignedCaller, 'accessToken'>, { accessToken }: TokenSet) {
  const place = { url: demo.addresses.api, publicUrl: demo.addresses.api, ca: demo.ca };
  const answer = await callAccounts({ ...caller, accessToken }, place);
  return { status: answer.status, code: codeOf(answer), text: answer.text };
}

async function revoke(name: string, pem: string): Promise<void> {
  const file = join(demo.dataDirectory, name);
  writeFileSync(file, pem);
  const { code, stderr } = await demo.run('demo', ['revoke', '--certificate', file, '--data-dir', demo.dataDirectory]);
  expect(code, stderr).toBe(0);
}

describe('C61: both certificates renewed at another trust service provider', () => {
  it('are of another issuer, and of the same organisation', () => {
    const [before, after] = [first.qwac.path, newQwac.certificate].map((pem) => new X509Certificate(pem));
    expect(after?.issuer).not.toBe(before?.issuer);
    expect(after?.subject).toContain(first.party.organizationIdentifier);
  });

  it('find the registrations without any call before', async () => {
    const kept = await readRegistration(first.connection, world.bank, first.clientId);
    const read = await readRegistration(underNewQwac(), world.bank, first.clientId);
    expect(read.metadata).toEqual(kept.metadata);
    const listed = await listRegistrations(underNewQwac(), world.bank);
    expect(listed.map(({ clientId }) => clientId).sort()).toEqual([first.clientId, second.clientId].sort());
  });

  it('refresh the consent under the new QWAC, with a token bound to it', async () => {
    const { tokenEndpoint } = await fetchServerMetadata(underNewQwac(), world.bank);
    const requester = { connection: underNewQwac(), tokenEndpoint, clientId: first.clientId };
    refreshed = await requestToken(requester, refreshGrant(firstTokens.refreshToken ?? ''));
    expect(boundTo(refreshed)).toBe(thumbprintOf(newQwac.certificate));
    expect(boundTo(firstTokens)).toBe(thumbprintOf(first.qwac.path));
    expect(claimsOf(refreshed)['sub']).toBe(claimsOf(firstTokens)['sub']);
    expect(await accounts({ qwac: newQwac, seal: first.seal }, refreshed)).toMatchObject({ status: 200 });
    expect(await accounts({ qwac: first.qwac, seal: first.seal }, refreshed)).toMatchObject({
      status: 401,
      code: 'TOKEN_BINDING_MISMATCH',
    });
  });

  it('leave the token that runs to the old QWAC, and to no other', async () => {
    const before = await accounts({ qwac: first.qwac, seal: first.seal }, firstTokens);
    const after = await accounts({ qwac: newQwac, seal: first.seal }, refreshed);
    expect(before).toMatchObject({ status: 200 });
    expect(after.text).toBe(before.text);
    expect(await accounts({ qwac: newQwac, seal: first.seal }, firstTokens)).toMatchObject({
      status: 401,
      code: 'TOKEN_BINDING_MISMATCH',
    });
  });

  it('sign with the new QSealC once it is added, under either QWAC, beside the old one', async () => {
    const fresh = sealKeyOf(newSeal);
    const unknown = await accounts({ qwac: newQwac, seal: fresh }, refreshed);
    expect(unknown).toMatchObject({ status: 401, code: 'SIGNATURE_KEY_UNKNOWN' });
    const { metadata, answer } = await readRegistration(underNewQwac(), world.bank, first.clientId);
    const changed = applyChanges(metadata, { addKey: newSeal.path });
    const update = { clientId: first.clientId, metadata: changed.metadata, etag: answer.headers.etag };
    const updated = await updateRegistration(underNewQwac(), world.bank, update);
    expect(updated.kids).toEqual([first.seal.keyId, fresh.keyId]);
    for (const seal of [fresh, first.seal]) {
      expect(await accounts({ qwac: newQwac, seal }, refreshed)).toMatchObject({ status: 200 });
      expect(await accounts({ qwac: first.qwac, seal }, firstTokens)).toMatchObject({ status: 200 });
    }
  });

  it('leave the other client of the organisation as it was', async () => {
    const read = await readRegistration(first.connection, world.bank, second.clientId);
    expect(read.kids).toEqual([first.seal.keyId]);
    expect(await accounts({ qwac: first.qwac, seal: first.seal }, secondTokens)).toMatchObject({ status: 200 });
    const unknown = await accounts({ qwac: first.qwac, seal: sealKeyOf(newSeal) }, secondTokens);
    expect(unknown).toMatchObject({ status: 401, code: 'SIGNATURE_KEY_UNKNOWN' });
  });

  it('go on when the old certificates are revoked: what was consented to stays', async () => {
    await revoke('old-qwac.pem', first.qwac.path);
    await revoke('old-seal.pem', first.sealPath);
    const revoked = async () => (await accounts({ qwac: first.qwac, seal: first.seal }, firstTokens)).code;
    await expect.poll(revoked, { timeout: 30_000, interval: 250 }).toBe('CERTIFICATE_REVOKED');
    const renewed = { qwac: newQwac, seal: sealKeyOf(newSeal) };
    expect(await accounts(renewed, refreshed)).toMatchObject({ status: 200 });
    const { tokenEndpoint } = await fetchServerMetadata(underNewQwac(), world.bank);
    for (const [{ clientId }, { refreshToken }] of [
      [first, refreshed],
      [second, secondTokens],
    ] as const) {
      const requester = { connection: underNewQwac(), tokenEndpoint, clientId };
      const again = await requestToken(requester, refreshGrant(refreshToken ?? ''));
      expect(boundTo(again)).toBe(thumbprintOf(newQwac.certificate));
    }
  });
});

function claimsOf({ accessToken }: TokenSet): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString('utf8'));
}

function boundTo(tokens: TokenSet): string | undefined {
  return (claimsOf(tokens)['cnf'] as { readonly 'x5t#S256'?: string } | undefined)?.['x5t#S256'];
}

/** `x5t#S256` of the first certificate in a PEM. */
function thumbprintOf(pem: string): string {
  return createHash('sha256').update(new X509Certificate(pem).raw).digest('base64url');
}
