import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTestAuthority } from '../../../tests/material/test-authority.js';
import { admitKeySet } from './admit-key-set.js';
import { doAtOnce } from './do-at-once.js';
import { renderJwk } from './render-jwk.js';

const authority = createTestAuthority('Test CA');
const stranger = createTestAuthority('Test CA');
const issuer = authority.der.toString('base64');
let publicKey: KeyObject;
let leaf: Buffer;
let x5c: readonly string[];
let jwk: Record<string, unknown>;

beforeAll(() => {
  publicKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
  leaf = authority.issue({ commonName: 'Seal', publicKey });
  x5c = [leaf.toString('base64'), issuer];
  jwk = publicKey.export({ format: 'jwk' }) as Record<string, unknown>;
});

const readKeySet = (...given: Parameters<typeof admitKeySet>) => doAtOnce(admitKeySet(...given));
const admit = (...keys: unknown[]) => readKeySet({ keys });
const problems = (...keys: unknown[]) =>
  admit(...keys)
    .problems.map(({ text }) => text)
    .join(' ');
const certify = (key: KeyObject) => [
  authority.issue({ commonName: 'Other', publicKey: key }).toString('base64'),
  issuer,
];

describe('admitKeySet', () => {
  it('takes the full path alone and names the key by its certificate', () => {
    const { candidates, problems: found } = admit({ x5c });
    expect(found).toEqual([]);
    expect(candidates[0]?.key).toEqual({
      kid: createHash('sha256').update(leaf).digest('base64url'),
      x5u: undefined,
      x5c,
    });
    expect(candidates[0]?.path.map(({ der }) => Buffer.from(der).toString('base64'))).toEqual(x5c);
  });

  it('takes a JWK with every member that agrees, its own answer included', () => {
    const x5t = createHash('sha1').update(leaf).digest('base64url');
    const full = {
      ...jwk,
      use: 'sig',
      alg: 'RS256',
      key_ops: ['verify'],
      x5c,
      x5t,
      x5u: 'https://tpp.example/seal.cer',
      unknown: 1,
    };
    const [candidate] = admit(full).candidates;
    if (candidate === undefined) throw new Error(problems(full));
    const rendered = renderJwk(candidate.key);
    expect(rendered).toMatchObject({
      ...jwk,
      kid: candidate.key.kid,
      'x5t#S256': candidate.key.kid,
      x5c,
      x5u: 'https://tpp.example/seal.cer',
      use: 'sig',
    });
    expect(admit(JSON.parse(JSON.stringify(rendered))).problems).toEqual([]);
  });

  it('R22: wants an object with one to twenty keys', () => {
    for (const jwks of [undefined, null, [], 'x', {}, { keys: {} }])
      expect(readKeySet(jwks).problems[0]?.text).toContain('jwks must be given as an object');
    expect(problems()).toContain('jwks must hold at least one key');
    expect(problems(...Array.from({ length: 1_000 }, () => ({ x5c })))).toBe('jwks must hold at most 20 keys.');
    expect(problems(null, 7, [])).toContain('jwks.keys[2] must be a JSON object');
  });

  it.each([
    'd',
    'p',
    'q',
    'dp',
    'dq',
    'qi',
    'oth',
    'k',
  ])('R23: refuses the private member %s and says that the key is burnt', (member) => {
    expect(problems({ x5c, [member]: 'AQAB' })).toMatch(
      new RegExp(`jwks.keys\\[0\\] must not hold ${member}, .*revoked`),
    );
  });

  it('R25: gives each key its kid, and takes none but that', () => {
    const kid = createHash('sha256').update(leaf).digest('base64url');
    expect(problems({ x5c, kid })).toBe('');
    for (const own of ['my-key', '../../etc', "' or 1=1", 'x'.repeat(500), '\u0000', 7])
      expect(problems({ x5c, kid: own })).toContain('must have no kid: the bank gives');
  });

  it('R26: refuses key members that are not those of the certificate', () => {
    expect(problems({ x5c, kty: 'EC' })).toContain('must have the kty of the certificate');
    expect(problems({ x5c, e: 'Aw' })).toContain('must have the e of the certificate');
    expect(problems({ ...jwk, x5c, n: `${String(jwk['n']).slice(0, -2)}AA` })).toContain(
      'must have the n of the certificate',
    );
    expect(problems({ x5c, x: 'AA', crv: 'P-256' })).toContain('must have the crv of the certificate');
  });

  it('R27: refuses thumbprints that are not those of the certificate', () => {
    expect(problems({ x5c, x5t: 'AAAA' })).toContain('must have the x5t of the certificate');
    expect(problems({ x5c, 'x5t#S256': 'AAAA' })).toContain('must have the x5t#S256 of the certificate');
  });

  it('R28: refuses PEM, base64url, white space, missing padding and bytes after the end', () => {
    const text = x5c[0] ?? '';
    const pem = `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----`;
    expect(problems({ x5c: [pem, issuer] })).toContain('base64 of the DER as x5c[0], not PEM');
    expect(problems({ x5c: [`${text}-----END CERTIFICATE-----`, issuer] })).toContain('not PEM');
    expect(problems({ x5c: [leaf.toString('base64url').replace(/^.{4}/, 'M-_A'), issuer] })).toContain('not base64url');
    expect(problems({ x5c: [`${text.slice(0, 64)}\n${text.slice(64)}`, issuer] })).toContain('canonical base64');
    expect(problems({ x5c: [`${text}!`, issuer] })).toContain('canonical base64');
    expect(problems({ x5c: [Buffer.concat([leaf, Buffer.of(0)]).toString('base64'), issuer] })).toContain(
      'cannot be read',
    );
    expect(problems({ x5c: [leaf.subarray(1).toString('base64'), issuer] })).toContain('cannot be read');
    expect(problems({ x5c: [7, issuer] })).toContain('must have base64 text as x5c[0]');
    expect(problems({ x5c: ['', issuer] })).toContain('canonical base64');
  });

  it('R29: refuses a path that is not complete, not linked, or out of order', () => {
    expect(problems({ x5c: [x5c[0]] })).toContain('must have the full certification path in x5c');
    expect(problems({ x5c: [x5c[0], stranger.der.toString('base64')] })).toContain(
      'must have the issuer of x5c[0] as x5c[1]',
    );
    expect(problems({ x5c: [issuer, x5c[0]] })).toContain('must have the issuer of x5c[0] as x5c[1]');
    expect(problems({ x5c: [...x5c, issuer] })).toContain('must have the issuer of x5c[1] as x5c[2]');
    expect(problems({ x5c: Array.from({ length: 11 }, () => issuer) })).toContain('at most 10 certificates');
    for (const none of [undefined, [], {}, 'x']) expect(problems({ x5c: none })).toContain('must have x5c');
  });

  it('R32: refuses any other use, operation or algorithm', () => {
    expect(problems({ x5c, use: 'enc' })).toContain('must have use sig');
    for (const operations of [['sign'], ['verify', 'sign'], [], 'verify'])
      expect(problems({ x5c, key_ops: operations })).toContain('must have key_ops');
    for (const alg of ['none', 'HS256', 'RSA1_5', 'PS256'])
      expect(problems({ x5c, alg })).toContain('must have alg RS256');
  });

  it('R33: refuses keys that are weak, outsized, or of another kind', () => {
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
    expect(problems({ x5c: certify(weak) })).toContain('1024 bits');
    expect(
      problems({ x5c: certify(generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 }).publicKey) }),
    ).toContain('exponent 3');
    expect(problems({ x5c: certify(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey) })).toContain(
      'rsa-sha256',
    );
  });

  it.each([
    'http://tpp.example/s.cer',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://0.0.0.0/',
    'https://10.1.2.3/',
    'https://169.254.169.254/',
    'https://[fd00::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[64:ff9b::a00:1]/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://017700000001/',
    'https://tpp.example:22/',
    'ftp://tpp.example/',
    'http+unix://%2Fvar/run',
    '\\\\host\\share',
    'https://[fe80::1%25eth0]/',
    7,
  ])('R34, R35, R40, R41: refuses the x5u %s', (x5u) =>
    expect(problems({ x5c, x5u })).toMatch(/jwks\.keys\[0\] (has an x5u that must|must have text as x5u)/));

  it('refuses a certificate or an x5u that is there twice', () => {
    const other = certify(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey);
    const x5u = 'https://tpp.example/s.cer';
    expect(problems({ x5c }, { x5c })).toBe('jwks.keys[1] must not repeat the certificate of another key.');
    expect(problems({ x5c, x5u }, { x5c: other, x5u })).toBe('jwks.keys[1] must not repeat the x5u of another key.');
    expect(problems({ x5c }, { x5c: other })).toBe('');
  });

  it('names every broken key, and never throws', () => {
    expect(problems({ x5c: 1 }, { x5c }, { d: 1 })).toMatch(
      /keys\[0\].*keys\[2\] must not hold d.*keys\[2\] must have x5c/,
    );
    const member = fc.constantFrom('x5c', 'x5u', 'kid', 'alg', 'n', 'd', 'key_ops', '__proto__');
    fc.assert(
      fc.property(fc.array(fc.dictionary(member, fc.jsonValue())), (keys) => {
        expect(readKeySet({ keys }).candidates).toEqual([]);
      }),
    );
  });
});

describe('what a brand may decide about keys', () => {
  const admitAlias = (...keys: unknown[]) => readKeySet({ keys }, { foreignKid: 'alias' });

  it('R25: keeps a kid of the client as another name, and takes back how it answered it', () => {
    const { candidates, problems: found } = admitAlias({ x5c, kid: 'my.key-1' });
    expect(found).toEqual([]);
    expect(candidates[0]?.key).toMatchObject({
      kid: createHash('sha256').update(leaf).digest('base64url'),
      alias: 'my.key-1',
    });
    const [candidate] = candidates;
    if (candidate === undefined) throw new Error('nothing was admitted');
    const answered = renderJwk(candidate.key);
    expect(answered['kid_alias']).toBe('my.key-1');
    expect(admitAlias(answered).candidates[0]?.key).toEqual(candidate.key);
    expect(admit(answered).candidates[0]?.key).not.toHaveProperty('alias');
    expect(admitAlias({ x5c, kid: candidate.key.kid }).candidates[0]?.key).not.toHaveProperty('alias');
  });

  it.each([
    '',
    'a'.repeat(129),
    '../../etc/passwd',
    "a' or '1'='1",
    'a\0',
    7,
    'é',
  ])('R25: refuses the kid %j', (kid) => {
    expect(
      admitAlias({ x5c, kid })
        .problems.map(({ text }) => text)
        .join(),
    ).toContain('must have a kid of 1 to 128');
  });

  it('R25: gives no name to two keys', () => {
    const other = certify(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey);
    const [own] = admitAlias({ x5c }).candidates;
    const twice = admitAlias({ x5c, kid: 'same' }, { x5c: other, kid: 'same' });
    expect(twice.problems.map(({ text }) => text)).toEqual([
      'jwks.keys[0] must not have the kid of another key.',
      'jwks.keys[1] must not have the kid of another key.',
    ]);
    expect(admitAlias({ x5c }, { x5c: other, kid: own?.key.kid }).problems).toHaveLength(1);
  });

  it('R29: takes the sealing certificate alone where its path is completed', () => {
    const alone = { keys: [{ x5c: [leaf.toString('base64')] }] };
    expect(readKeySet(alone, { completePath: true }).problems).toEqual([]);
    expect(readKeySet(alone).problems[0]?.text).toContain('full certification path');
  });
});
