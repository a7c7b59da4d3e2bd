import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '@postern/core/refusal/refusal.js';
import fc from 'fast-check';
import { calculateJwkThumbprint, createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, describe, expect, it } from 'vitest';
import { createSigningKeys, loadSigningKeys } from './signing-keys.js';

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const key = newKey();
const keys = createSigningKeys([key]);
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

function codeOf(token: string, of = keys): string {
  try {
    of.verifyJwt('at+jwt', token);
    return 'verified';
  } catch (cause) {
    if (cause instanceof Refusal) return cause.code;
    throw cause;
  }
}

/** A token signed with the real key under a header that we never write. */
function withHeader(header: object): string {
  const content = `${encode(header)}.${encode({ iss: 'x' })}`;
  return `${content}.${sign('sha256', Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

describe('signing keys', () => {
  const directory = mkdtempSync(join(tmpdir(), 'postern-keys-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  it('issue what another implementation verifies with the JWKS', async () => {
    const token = keys.issueJwt('at+jwt', { iss: 'https://bank.example', sub: 's' });
    const { payload, protectedHeader } = await jwtVerify(
      token,
      createLocalJWKSet({ keys: keys.jwks().keys.map((jwk) => ({ ...jwk })) }),
      {
        typ: 'at+jwt',
      },
    );
    expect(payload.sub).toBe('s');
    const [jwk] = keys.jwks().keys;
    expect(protectedHeader.kid).toBe(jwk === undefined ? '' : await calculateJwkThumbprint({ ...jwk }));
    expect(Object.keys(jwk ?? {}).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    expect(keys.verifyJwt('at+jwt', token)).toEqual({ iss: 'https://bank.example', sub: 's' });
  });

  it('verify with a key that no longer signs', () => {
    const token = keys.issueJwt('at+jwt', {});
    expect(codeOf(token, createSigningKeys([newKey(), key]))).toBe('verified');
    expect(codeOf(token, createSigningKeys([newKey()]))).toBe('TOKEN_INVALID');
  });

  it('T35 do not take a token of another type', () => {
    expect(codeOf(keys.issueJwt('JWT', {}))).toBe('TOKEN_INVALID');
  });

  it.each([
    ['algorithm none', { alg: 'none', typ: 'at+jwt' }],
    ['another algorithm', { alg: 'HS256', typ: 'at+jwt', kid: keys.jwks().keys[0]?.kid }],
    ['a key of its own', { alg: 'ES256', typ: 'at+jwt', kid: keys.jwks().keys[0]?.kid, jwk: keys.jwks().keys[0] }],
    ['a critical extension', { alg: 'ES256', typ: 'at+jwt', kid: keys.jwks().keys[0]?.kid, crit: ['b64'], b64: false }],
    ['an unknown key', { alg: 'ES256', typ: 'at+jwt', kid: 'other' }],
  ])('T28 T34 do not take %s, even rightly signed', (_title, header) => {
    expect(codeOf(withHeader(header))).toBe('TOKEN_INVALID');
  });

  it('T34 take no change anywhere in a token', () => {
    const token = keys.issueJwt('at+jwt', { sub: 'psu' });
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom('A', 'B', '.', '=', '_', ' ', '\n'), (position, letter) => {
        const changed = `${token.slice(0, position)}${letter}${token.slice(position + 1)}`;
        expect(codeOf(changed)).toBe(changed === token ? 'verified' : 'TOKEN_INVALID');
        expect(codeOf(token.slice(0, position))).toBe('TOKEN_INVALID');
      }),
    );
    expect(codeOf(`${token}A`)).toBe('TOKEN_INVALID');
    expect(codeOf('a'.repeat(100_000))).toBe('TOKEN_INVALID');
  });

  it('are created once, for their owner only', () => {
    const file = join(directory, 'deep', 'token.pem');
    const token = loadSigningKeys([file]).issueJwt('at+jwt', {});
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(createPrivateKey(readFileSync(file)).asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
    expect(codeOf(token, loadSigningKeys([file]))).toBe('verified');
  });

  it('must be EC P-256, and only the first is created', () => {
    const rsa = join(directory, 'rsa.pem');
    writeFileSync(
      rsa,
      generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
    );
    expect(() => loadSigningKeys([rsa])).toThrow('P-256');
    expect(() => loadSigningKeys([join(directory, 'first.pem'), join(directory, 'second.pem')])).toThrow(
      'cannot be read',
    );
  });
});
