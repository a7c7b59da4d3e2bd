import { createHash, createHmac, createPrivateKey, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSigningKeys } from '../../server/src/keys/signing-keys.js';
import { clientCredentialsGrant, requestToken, type TokenSet } from '../../tpp/src/oauth/request-token.js';
import { fetchServerMetadata } from '../../tpp/src/oauth/server-metadata.js';
import { openDemoAuthority } from '../material/demo-authority.js';
import { type Enrolled, enroll, obtainTokens, openTppWorld, type TppWorld } from '../material/enroll.js';
import { expectRefusal } from '../material/expect-refusal.js';
import { type LoopbackSource, startLoopbackSource } from '../material/loopback-source.js';
import { type RawAnswer, sendRaw } from '../material/send-raw.js';
import {
  acceptedCalls,
  accounts,
  dated,
  refusedCalls,
  unreadableDigests,
  unreadableSignatures,
  withAlgorithm,
  x5u,
} from '../material/signature-cases.js';
import { alwaysCovered, type CallChange, type SignatureParts, writeSignedCall } from '../material/signed-call.js';
import { type RunningDemo, startDemo } from '../material/start-demo.js';

let demo: RunningDemo;
let world: TppWorld;
let client: Enrolled;
let other: Enrolled;
let tokens: TokenSet & { readonly code: string };
let source: LoopbackSource;

beforeAll(async () => {
  demo = await startDemo();
  world = openTppWorld(demo);
  source = await startLoopbackSource();
  [client, other] = await Promise.all([
    enroll(world, { roles: ['PSP_AI', 'PSP_PI'], scope: 'aisp pisp', x5u }),
    enroll(world),
  ]);
  tokens = await obtainTokens(world, client);
});

afterAll(async () => {
  world?.close();
  await source?.stop();
  await demo?.stop();
});

type Identity = Enrolled['qwac'];

/** The answer to a good signed GET of the accounts, but for the change, on a connection of its own. */
async function call(change: CallChange = {}, identity: Identity | undefined = client.qwac): Promise<RawAnswer> {
  const bytes = write(change);
  const { answers } = await sendRaw({ url: demo.addresses.api, ca: demo.ca, identity }, bytes, 1);
  return answers[0] as RawAnswer;
}

function write(change: CallChange): string {
  const base = {
    host: new URL(demo.addresses.api).host,
    target: accounts,
    token: tokens.accessToken,
    key: client.seal.privateKey,
    keyId: client.seal.keyId,
  };
  return writeSignedCall(base, change);
}

/** A refusal in STET's body, whose own status and path agree with the answer. */
async function expectRefused(
  change: CallChange,
  status: number,
  code: string,
  identity?: Identity,
): Promise<RawAnswer> {
  const answer = await call(change, identity ?? client.qwac);
  expectRefusal(answer, status, code);
  expect(JSON.parse(answer.text)).toMatchObject({ status, path: (change.target ?? accounts).split('?')[0] });
  return answer;
}

describe('what is accepted', () => {
  it.each(acceptedCalls)('%s', async (_title, change) => {
    const answer = await call(typeof change === 'function' ? change() : change);
    expect(answer.status, answer.text.slice(0, 300)).toBe(200);
    expect(JSON.parse(answer.text)).toHaveProperty('accounts');
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'application/hal+json; charset=utf-8',
    });
    expect(answer.headers).not.toHaveProperty('content-encoding');
  });

  it('S28: the same GET again, within its time', async () => {
    const bytes = write({});
    const place = { url: demo.addresses.api, ca: demo.ca, identity: client.qwac };
    for (let turn = 0; turn < 2; turn += 1) expect((await sendRaw(place, bytes, 1)).answers[0]?.status).toBe(200);
  });
});

describe('what cannot be read', () => {
  it.each(unreadableSignatures)('%s: refuses the Signature header of case %#', async (_row, change) => {
    await expectRefused({ write: change }, 400, 'SIGNATURE_MALFORMED');
  });

  it.each(unreadableDigests)('S7: refuses the Digest %s', async (digest) => {
    await expectRefused({ headers: { digest }, cover: ['digest'] }, 400, 'SIGNATURE_MALFORMED');
  });

  it('S29, S31 to S35: says that RFC 9421 is not what this client has chosen, alone or beside the draft', async () => {
    const input = 'sig1=("@method" "@target-uri");created=1;keyid="a"';
    const inputs = [input, Array.from({ length: 100 }, (_, n) => `sig${n}=("@method")`).join(', ')];
    for (const value of inputs)
      await expectRefused({ headers: { 'signature-input': value } }, 400, 'SIGNATURE_MALFORMED');
    const alone = await expectRefused(
      { headers: { 'signature-input': input }, write: () => 'sig1=:AQID:' },
      400,
      'SIGNATURE_MALFORMED',
    );
    expect(alone.text).toContain('RFC 9421');
    expect(
      (
        await call({
          headers: { 'signature-input': Array.from({ length: 1_000 }, (_, n) => `sig${n}=("@method")`).join(', ') },
        })
      ).status,
    ).toBe(431);
  });

  it('S13: refuses security headers that are repeated', async () => {
    await expectRefused(
      {
        more: [
          ['psu-ip-address', '192.0.2.1'],
          ['psu-ip-address', '192.0.2.2'],
        ],
        cover: ['psu-ip-address'],
      },
      400,
      'REQUEST_MALFORMED',
    );
    await expectRefused({ more: [['x-request-id', 'b']] }, 400, 'REQUEST_MALFORMED');
    await expectRefused({ more: [['signature', 'b']] }, 400, 'REQUEST_MALFORMED');
  });
});

describe('what does not hold', () => {
  it.each(refusedCalls)('%s: refuses case %#', async (_row, made, status, code) => {
    const change = typeof made === 'function' ? made() : made;
    const host = new URL(demo.addresses.api).host.toUpperCase();
    await expectRefused(
      change.altered?.['host'] === undefined ? change : { ...change, altered: { host } },
      status,
      code,
    );
  });

  it('S16: takes no HMAC made with the public key', async () => {
    const secret = createPublicKey(client.seal.privateKey).export({ type: 'spki', format: 'pem' });
    const write = (parts: SignatureParts) =>
      withAlgorithm('hmac-sha256')({
        ...parts,
        signature: createHmac('sha256', secret).update(parts.signingString).digest('base64'),
      });
    await expectRefused({ write }, 401, 'SIGNATURE_INVALID');
  });

  it("C10, S19: takes no key of another third party, nor the caller's own QWAC", async () => {
    await expectRefused({ key: other.seal.privateKey, keyId: other.seal.keyId }, 401, 'SIGNATURE_KEY_UNKNOWN');
    await expectRefused({ key: other.seal.privateKey }, 401, 'SIGNATURE_INVALID');
    const certificate = Buffer.from(
      /-----BEGIN CERTIFICATE-----([\s\S]+?)-----END/.exec(client.qwac.path)?.[1] ?? '',
      'base64',
    );
    const keyId = createHash('sha256').update(certificate).digest('base64url');
    await expectRefused({ key: createPrivateKey(client.qwac.key), keyId }, 401, 'SIGNATURE_KEY_UNKNOWN');
  });

  it('S20: fetches no address that a keyId names', async () => {
    for (const keyId of [`${source.url}/seal.pem`, 'http://169.254.169.254/latest/meta-data', 'file:///etc/passwd']) {
      await expectRefused({ keyId }, 401, 'SIGNATURE_KEY_UNKNOWN');
    }
    expect(source.asked).toEqual([]);
  });
});

describe('the access token', () => {
  const challenge = (answer: RawAnswer) => answer.headers['www-authenticate'];

  it('T31: opens nothing without the certificate, or with another one', async () => {
    const place = { url: demo.addresses.api, ca: demo.ca };
    const { answers } = await sendRaw(place, write({}), 1);
    expectRefusal(answers[0] as RawAnswer, 401, 'CERTIFICATE_MISSING');
    const stolen = await expectRefused({}, 401, 'TOKEN_BINDING_MISMATCH', other.qwac);
    expect(challenge(stolen)).toBe('Bearer error="invalid_token"');
    const renewed = openDemoAuthority(demo, client.party.organizationIdentifier).issue();
    await expectRefused({}, 401, 'TOKEN_BINDING_MISMATCH', renewed);
  });

  it('T32, T33: is sent in one header, once', async () => {
    await expectRefused({ target: `${accounts}?access_token=${tokens.accessToken}` }, 400, 'REQUEST_MALFORMED');
    await expectRefused(
      { target: `${accounts}?access%5ftoken=a`, headers: { authorization: undefined } },
      400,
      'REQUEST_MALFORMED',
    );
    await expectRefused(
      { headers: { authorization: `Bearer ${tokens.accessToken}, Bearer ${tokens.accessToken}` } },
      400,
      'REQUEST_MALFORMED',
    );
    await expectRefused({ more: [['authorization', `Bearer ${tokens.accessToken}`]] }, 400, 'REQUEST_MALFORMED');
    const none = await expectRefused({ headers: { authorization: undefined } }, 401, 'TOKEN_MISSING');
    expect(challenge(none)).toBe('Bearer');
    await expectRefused({ headers: { authorization: '' } }, 401, 'TOKEN_MISSING');
  });

  it('T34, T35: is one that this server issued as access token, and still valid', async () => {
    const [header = '', payload = '', signature = ''] = tokens.accessToken.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    const keys = createSigningKeys([
      createPrivateKey(readFileSync(join(demo.dataDirectory, 'keys', 'token-signing.pem'))),
    ]);
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const issued = (change: object) => keys.issueJwt('at+jwt', { ...claims, ...change });
    expect((await call({ token: issued({}) })).status).toBe(200);
    const publicKey = createPublicKey(
      createPrivateKey(readFileSync(join(demo.dataDirectory, 'keys', 'token-signing.pem'))),
    );
    const confused = `${encode({ alg: 'HS256', typ: 'at+jwt' })}.${payload}`;
    const wrong = [
      'a',
      'a.b.c',
      tokens.accessToken.slice(0, -1),
      tokens.accessToken.slice(0, 40),
      `${header}.${payload}.${signature.slice(0, -4)}AAAA`,
      `${header}.${encode({ ...claims, sub: 'x' })}.${signature}`,
      `${tokens.accessToken}=`,
      'x'.repeat(5_000),
      issued({ exp: Math.floor(Date.now() / 1_000) - 1 }),
      issued({ iss: `${demo.addresses.api}/second-bank` }),
      issued({ iss: `${demo.addresses.api}/second-bank`, aud: `${demo.addresses.api}/second-bank/stet-psd2-api` }),
      issued({ aud: 'https://elsewhere.example' }),
      issued({ grant: '00000000-0000-7000-8000-000000000000' }),
      issued({ client_id: other.clientId }),
      issued({ scope: 'aisp admin' }),
      issued({ admin: true }),
      `${encode({ alg: 'none', typ: 'at+jwt' })}.${payload}.`,
      `${confused}.${createHmac('sha256', publicKey.export({ type: 'spki', format: 'pem' }))
        .update(confused)
        .digest('base64url')}`,
      keys.issueJwt('JWT', claims),
      keys.issueJwt('id_token', claims),
      tokens.code,
      tokens.refreshToken ?? '',
    ];
    for (const token of wrong) {
      const answer = await expectRefused({ token }, 401, 'TOKEN_INVALID');
      expect(challenge(answer)).toBe('Bearer error="invalid_token"');
    }
  });

  it('T34: of one brand or environment opens no other', async () => {
    for (const prefix of ['second-bank', 'sandbox/demo-bank', 'sandbox/second-bank']) {
      await expectRefused({ target: accounts.replace('demo-bank', prefix) }, 401, 'TOKEN_INVALID');
    }
  });

  it('T37: opens only what its scope names', async () => {
    const { tokenEndpoint } = await fetchServerMetadata(client.connection, world.bank);
    const requester = { connection: client.connection, tokenEndpoint, clientId: client.clientId };
    const payments = await requestToken(requester, clientCredentialsGrant('pisp'));
    const answer = await expectRefused({ token: payments.accessToken }, 403, 'SCOPE_INSUFFICIENT');
    expect(challenge(answer)).toBe('Bearer error="insufficient_scope"');
  });

  it('T16, T34: opens nothing once its code was used again', async () => {
    const replayed = await obtainTokens(world, client, 'noam');
    expect((await call({ token: replayed.accessToken })).status).toBe(200);
    const { tokenEndpoint } = await fetchServerMetadata(client.connection, world.bank);
    const requester = { connection: client.connection, tokenEndpoint, clientId: client.clientId };
    const again = requestToken(requester, {
      grant_type: 'authorization_code',
      code: replayed.code,
      redirect_uri: 'https://a.example/',
      code_verifier: 'v'.repeat(43),
    });
    await expect(again).rejects.toThrow(/GRANT_INVALID/);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await expectRefused({ token: replayed.accessToken }, 401, 'TOKEN_INVALID');
  });
});

describe('the order of the checks', () => {
  const garbage = { write: () => 'garbage' };

  it('S49: judges certificate, token, binding, scope and headers before the dear signature', async () => {
    const authority = openDemoAuthority(demo, client.party.organizationIdentifier);
    const expired = authority.issue({
      notAfter: new Date(Date.now() - 3_600_000),
      notBefore: new Date(Date.now() - 7_200_000),
    });
    await expectRefused({ ...garbage, token: 'a' }, 401, 'CERTIFICATE_EXPIRED', expired);
    await expectRefused({ ...garbage, token: 'a' }, 401, 'TOKEN_INVALID');
    await expectRefused(
      { ...garbage, headers: { 'user-agent': undefined } },
      401,
      'TOKEN_BINDING_MISMATCH',
      other.qwac,
    );
    await expectRefused({ ...garbage, headers: { 'user-agent': undefined } }, 400, 'HEADER_MISSING');
    await expectRefused({ ...garbage, headers: { date: dated(-9_999) } }, 400, 'SIGNATURE_MALFORMED');
  });

  it.each([
    'date',
    'x-request-id',
    'accept',
    'user-agent',
  ])('refuses a call without %s, or with an empty one', async (name) => {
    const covered = alwaysCovered.filter((each) => each !== name);
    await expectRefused({ headers: { [name]: undefined }, covered }, 400, 'HEADER_MISSING');
    await expectRefused({ headers: { [name]: '' }, covered: alwaysCovered }, 400, 'HEADER_MISSING');
  });
});

describe('data of others', () => {
  const balances = (id: string) => ({ target: `${accounts}/${id}/balances` });
  const idsOf = (answer: RawAnswer) =>
    (JSON.parse(answer.text).accounts as { resourceId: string }[]).map(({ resourceId }) => resourceId);
  const withoutReference = ({ text, headers }: RawAnswer) => {
    const { correlation_id: _reference, timestamp: _time, path: _path, ...body } = JSON.parse(text);
    const { 'x-correlation-id': _id, 'x-request-id': _echo, 'content-length': _length, date: _date, ...rest } = headers;
    return { body, headers: rest };
  };

  it('answers an account outside the grant as one that does not exist', async () => {
    const own = idsOf(await call());
    const foreignTokens = await obtainTokens(world, client, 'lucie');
    const foreign = idsOf(await call({ token: foreignTokens.accessToken }));
    expect(own.length).toBeGreaterThan(0);
    expect(foreign.filter((id) => own.includes(id))).toEqual([]);
    const unknown = await expectRefused(balances('0'.repeat(foreign[0]?.length ?? 0)), 404, 'RESOURCE_NOT_FOUND');
    for (const id of foreign) {
      for (const resource of ['balances', 'transactions']) {
        const answer = await expectRefused({ target: `${accounts}/${id}/${resource}` }, 404, 'RESOURCE_NOT_FOUND');
        expect(withoutReference(answer)).toEqual(withoutReference(unknown));
      }
    }
    expect((await call({ ...balances(own[0] ?? '') })).status).toBe(200);
    expect((await call({ ...balances(foreign[0] ?? ''), token: foreignTokens.accessToken })).status).toBe(200);
  });

  it.each([
    '..',
    "'",
    '%27%20OR%201%3D1',
    '__proto__',
    'constructor',
    'a'.repeat(128),
  ])('finds no account %s', async (id) => {
    const answer = await call(balances(id));
    expect([400, 404]).toContain(answer.status);
    expectRefusal(answer, answer.status, answer.status === 400 ? 'REQUEST_MALFORMED' : 'RESOURCE_NOT_FOUND');
  });

  it.each([
    'dateFrom=x',
    'dateFrom=2026-13-01',
    'page=0',
    'page=-1',
    'page=99999999',
    'page=1&page=2',
    'psu=lucie',
    '__proto__=1',
  ])('refuses the query %s', async (query) => {
    const [id = ''] = idsOf(await call());
    await expectRefused({ target: `${accounts}/${id}/transactions?${query}` }, 400, 'REQUEST_MALFORMED');
  });
});

describe('a seal that is revoked', () => {
  it('S23: signs nothing any more', async () => {
    const serialNumber = other.party.seal?.serialNumber;
    const { accessToken } = await obtainTokens(world, other);
    const asOther = { token: accessToken, key: other.seal.privateKey, keyId: other.seal.keyId };
    expect((await call(asOther, other.qwac)).status).toBe(200);
    await world.connect().send({
      method: 'POST',
      url: `${demo.addresses.trust}/demo/revoke`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ serialNumber }),
    });
    let answer = await call(asOther, other.qwac);
    for (let attempt = 0; attempt < 50 && answer.status === 200; attempt += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      answer = await call(asOther, other.qwac);
    }
    expectRefusal(answer, 401, 'SIGNATURE_KEY_UNUSABLE');
  });
});

it('still answers', async () => {
  expect((await call()).status).toBe(200);
});
