import { createHash, createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noteDigest } from '../refusal/note.js';
import { Refusal } from '../refusal/refusal.js';
import { parseHeaderList } from './header-list.js';
import type { RequestKey } from './request-key.js';
import { buildSigningString } from './signing-string.js';
import {
  readSigningString,
  type SignaturePolicy,
  type SignedRequest,
  verifyRequestSignature,
} from './verify-request-signature.js';

const now = new Date('2026-03-02T10:00:00Z');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const otherRsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const x5u = 'https://tpp.example/seal.pem';
const keys: readonly RequestKey[] = [
  { kid: 'kid-1', x5u, publicKey: rsa.publicKey, notAfter: new Date('2027-01-01T00:00:00Z') },
  { kid: 'kid-ended', publicKey: rsa.publicKey, notAfter: new Date('2027-01-01T00:00:00Z'), ended: 'revoked' },
  { kid: 'kid-old', publicKey: rsa.publicKey, notAfter: new Date('2026-03-02T09:59:59Z') },
  { kid: 'kid-ec', publicKey: ec.publicKey, notAfter: new Date('2027-01-01T00:00:00Z') },
];
const body = Buffer.from('{"amount":"1.00"}');
const digest = `SHA-256=${createHash('sha256').update(body).digest('base64')}`;
const getCoverage = ['(request-target)', 'host', 'date', 'x-request-id'];
const postCoverage = [...getCoverage, 'digest', 'content-type'];

interface Recipe {
  readonly method: string;
  readonly target: string;
  readonly fields: readonly string[];
  readonly body: Uint8Array;
  readonly covered: readonly string[];
  readonly keyId: string;
  readonly algorithm: string | undefined;
  readonly more: string;
  readonly privateKey: KeyObject;
  readonly created: number | undefined;
}

const base = ['Host', 'api.example', 'Date', now.toUTCString(), 'X-Request-Id', 'f1c9'];
const get: Recipe = {
  method: 'GET',
  target: '/demo-bank/stet-psd2-api/v1/accounts',
  fields: base,
  body: new Uint8Array(),
  covered: getCoverage,
  keyId: 'kid-1',
  algorithm: 'rsa-sha256',
  more: '',
  privateKey: rsa.privateKey,
  created: undefined,
};
const post: Recipe = {
  ...get,
  method: 'POST',
  fields: [...base, 'Content-Type', 'application/json', 'Digest', digest],
  body,
  covered: postCoverage,
};

function signingString({ method, target, fields, covered, created }: Recipe): Buffer {
  const headers = parseHeaderList(fields);
  return Buffer.from(
    buildSigningString({ method, target, headers, ...(created === undefined ? {} : { created }) }, covered),
    'latin1',
  );
}

function signed(recipe: Recipe): SignedRequest {
  return withSignature(recipe, sign('sha256', signingString(recipe), recipe.privateKey).toString('base64'));
}

function withSignature(
  { method, target, fields, body, covered, keyId, algorithm, more }: Recipe,
  signature: string,
): SignedRequest {
  const named = algorithm === undefined ? '' : `algorithm="${algorithm}",`;
  const header = `keyId="${keyId}",${named}headers="${covered.join(' ')}",signature="${signature}"${more}`;
  return { method, target, headers: parseHeaderList([...fields, 'Signature', header]), body };
}

const policy: SignaturePolicy = { dateWindowSeconds: 300 };
const verified = (request: SignedRequest, with_: SignaturePolicy = policy) =>
  verifyRequestSignature(request, { keys, now, policy: with_ });
const refused = (request: SignedRequest, code: string, text: RegExp | string = /./, with_: SignaturePolicy = policy) =>
  expect(() => verified(request, with_)).toThrow(
    expect.objectContaining({
      code,
      message: typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text),
    }),
  );
const dated = (recipe: Recipe, seconds: number): Recipe => ({
  ...recipe,
  fields: recipe.fields.with(3, new Date(now.getTime() + seconds * 1000).toUTCString()),
});

describe('verifyRequestSignature', () => {
  it('accepts a GET, and a POST with its Digest, and gives key and signing string', () => {
    expect(verified(signed(get))).toEqual({
      kid: 'kid-1',
      signingString: `(request-target): get ${get.target}\nhost: api.example\ndate: ${now.toUTCString()}\nx-request-id: f1c9`,
    });
    expect(verified(signed(post)).kid).toBe('kid-1');
  });

  it('accepts without the parameter algorithm: the key decides', () => {
    expect(verified(signed({ ...get, algorithm: undefined })).kid).toBe('kid-1');
  });

  it('accepts a registered x5u as keyId', () => {
    expect(verified(signed({ ...get, keyId: x5u })).kid).toBe('kid-1');
  });

  it('accepts more coverage than required, in another order, over a header of raw bytes', () => {
    const recipe = {
      ...get,
      fields: [...base, 'User-Agent', 'Soci\xc3\xa9t\xc3\xa9'],
      covered: ['user-agent', ...getCoverage.toReversed()],
    };
    expect(verified(signed(recipe)).kid).toBe('kid-1');
  });

  it('accepts the Digest of an empty body on a GET', () => {
    const fields = [...base, 'Digest', `SHA-256=${createHash('sha256').digest('base64')}`];
    expect(verified(signed({ ...get, fields, covered: [...getCoverage, 'digest'] })).kid).toBe('kid-1');
  });

  it('S1: refuses without a Signature header', () => {
    refused({ ...get, headers: parseHeaderList(base) }, 'SIGNATURE_MISSING');
  });

  it('S2: refuses a Signature that cannot be read, and two of them', () => {
    refused(withSignature(get, '*'), 'SIGNATURE_MALFORMED');
    const twice = signed(get);
    refused(
      { ...twice, headers: new Map([...twice.headers, ['signature', ['a', 'b']]]) },
      'REQUEST_MALFORMED',
      /signature is sent 2 times/,
    );
  });

  it('S35: refuses the headers of RFC 9421, alone and beside a right signature of the draft', () => {
    const input = ['Signature-Input', 'sig1=("@method" "@path");created=1'];
    refused(signed({ ...get, fields: [...base, ...input] }), 'SIGNATURE_MALFORMED', /RFC 9421/);
    const headers = parseHeaderList([...base, ...input, 'Signature', 'sig1=:AQID:']);
    refused({ ...get, headers }, 'SIGNATURE_MALFORMED', /RFC 9421/);
  });

  it('S3: refuses a body changed after signing', () => {
    refused({ ...signed(post), body: Buffer.from('{"amount":"9.00"}') }, 'DIGEST_MISMATCH');
  });

  it('S3: refuses a body changed with its Digest: the signature covers the Digest', () => {
    const altered = Buffer.from('{"amount":"9.00"}');
    const headers = new Map([
      ...signed(post).headers,
      ['digest', [`SHA-256=${createHash('sha256').update(altered).digest('base64')}`]],
    ]);
    refused({ ...signed(post), headers, body: altered }, 'SIGNATURE_INVALID', /does not verify/);
  });

  it('S4: refuses a body without Digest', () => {
    refused(signed({ ...post, fields: base, covered: getCoverage }), 'SIGNATURE_INVALID', /digest, content-type/);
    refused(
      withSignature({ ...post, fields: [...base, 'Content-Type', 'x'] }, 'AQID'),
      'SIGNATURE_INVALID',
      /covers the header digest/,
    );
  });

  it('S4: refuses a GET without Digest where policy requires it', () => {
    refused(signed(get), 'SIGNATURE_INVALID', /does not cover digest/, { ...policy, requireDigestWithoutBody: true });
  });

  it('S8: refuses a Digest that is not covered, with and without a body', () => {
    refused(
      signed({ ...post, covered: postCoverage.filter((name) => name !== 'digest') }),
      'SIGNATURE_INVALID',
      /does not cover digest/,
    );
    refused(signed({ ...get, fields: [...base, 'Digest', digest] }), 'SIGNATURE_INVALID', /does not cover digest/);
  });

  it.each(['(request-target)', 'host', 'date', 'x-request-id'])('S9, S10: refuses when %s is not covered', (name) => {
    refused(
      signed({ ...get, covered: getCoverage.filter((other) => other !== name) }),
      'SIGNATURE_INVALID',
      `does not cover ${name};`,
    );
  });

  it('S10: refuses a content type not covered, and a PSU header not covered', () => {
    refused(
      signed({ ...post, covered: postCoverage.filter((name) => name !== 'content-type') }),
      'SIGNATURE_INVALID',
      /content-type/,
    );
    const fields = [...base, 'PSU-IP-Address', '192.0.2.1'];
    refused(signed({ ...get, fields }), 'SIGNATURE_INVALID', /does not cover psu-ip-address/);
    expect(verified(signed({ ...get, fields, covered: [...getCoverage, 'psu-ip-address'] })).kid).toBe('kid-1');
  });

  it('S11: refuses a covered header that is absent, naming it', () => {
    refused(
      withSignature({ ...get, covered: [...getCoverage, 'psu-user-agent'] }, 'AQID'),
      'SIGNATURE_INVALID',
      /psu-user-agent/,
    );
  });

  it('S13: joins a repeated ordinary header, refuses a repeated one that must be covered', () => {
    expect(
      verified(signed({ ...get, fields: [...base, 'Via', 'a', 'Via', 'b'], covered: [...getCoverage, 'via'] }))
        .signingString,
    ).toContain('via: a, b');
    refused(
      signed({ ...get, fields: [...base, 'Date', now.toUTCString()] }),
      'REQUEST_MALFORMED',
      /date is sent 2 times/,
    );
    refused(signed({ ...get, fields: [...base, 'Host', 'evil.example'] }), 'REQUEST_MALFORMED', /host is sent 2 times/);
  });

  it('S14: refuses another spelling of the target than the signed one', () => {
    for (const target of [`/${get.target}`, `${get.target}?`, get.target.replace('a', '%61')]) {
      refused({ ...signed(get), target }, 'SIGNATURE_INVALID', /does not verify/);
    }
    refused({ ...signed(get), method: 'DELETE' }, 'SIGNATURE_INVALID', /does not verify/);
  });

  it.each([
    'hs2019',
    'rsa-sha1',
    'rsa-sha512',
    'hmac-sha256',
    'ecdsa-sha256',
    'none',
  ])('S16, S17: refuses algorithm %s', (algorithm) => {
    refused(signed({ ...get, algorithm }), 'SIGNATURE_INVALID', /algorithm/);
  });

  it('S16: refuses a MAC keyed with the public key', () => {
    const mac = createHmac('sha256', rsa.publicKey.export({ type: 'spki', format: 'pem' }))
      .update(signingString(get))
      .digest('base64');
    refused(withSignature({ ...get, algorithm: 'hmac-sha256' }, mac), 'SIGNATURE_INVALID');
    refused(withSignature({ ...get, algorithm: undefined }, mac), 'SIGNATURE_INVALID', /does not verify/);
  });

  it('S17: refuses a key of another kind', () => {
    refused(signed({ ...get, keyId: 'kid-ec', privateKey: ec.privateKey }), 'SIGNATURE_INVALID', /not an RSA key/);
  });

  it.each([
    'kid-of-another-client',
    'KID-1',
    'https://tpp.example/other.pem',
    'http://169.254.169.254/',
    `${x5u}_${'ab'.repeat(32)}`,
  ])('S19, S20, S21: refuses the keyId %s, which this client did not register', (keyId) =>
    refused(signed({ ...get, keyId }), 'SIGNATURE_KEY_UNKNOWN'));

  it('S23: refuses a key whose certificate expired one second ago', () => {
    refused(signed({ ...get, keyId: 'kid-old' }), 'SIGNATURE_KEY_UNUSABLE', /kid-old expired/);
  });

  it('S23: refuses a key whose certificate has ended before its time, and says why', () => {
    refused(signed({ ...get, keyId: 'kid-ended' }), 'SIGNATURE_KEY_UNUSABLE', /kid-ended no longer counts: revoked/);
  });

  it('S25: takes Date to the edge of the window on both sides and no further', () => {
    expect(verified(signed(dated(get, -300))).kid).toBe('kid-1');
    expect(verified(signed(dated(get, 300))).kid).toBe('kid-1');
    refused(signed(dated(get, -301)), 'TIMESTAMP_INVALID', /301 s behind/);
    refused(signed(dated(get, 301)), 'TIMESTAMP_INVALID', /301 s ahead of/);
  });

  it('S25: refuses a Date that is no IMF-fixdate', () => {
    refused(signed({ ...get, fields: base.with(3, now.toISOString()) }), 'TIMESTAMP_INVALID');
  });

  it('S25: refuses created in the future or long ago, and expires in the past', () => {
    const seconds = now.getTime() / 1000;
    expect(verified(signed({ ...get, more: `,created=${seconds + 60},expires=${seconds}` })).kid).toBe('kid-1');
    refused(signed({ ...get, more: `,created=${seconds + 61}` }), 'TIMESTAMP_INVALID', /created/);
    refused(signed({ ...get, more: `,created=${seconds - 301}` }), 'TIMESTAMP_INVALID', /created/);
    refused(signed({ ...get, more: `,expires=${seconds - 1}` }), 'TIMESTAMP_INVALID', /expires/);
  });

  it('covers (created) only without an algorithm that names a key type', () => {
    const created = now.getTime() / 1000;
    const recipe = { ...get, covered: [...getCoverage, '(created)'], created, more: `,created=${created}` };
    expect(verified(signed({ ...recipe, algorithm: undefined })).kid).toBe('kid-1');
    refused(signed(recipe), 'SIGNATURE_INVALID', /\(created\)/);
  });

  it('refuses a signature by a key that is not registered under the kid', () => {
    refused(signed({ ...get, privateKey: otherRsa.privateKey }), 'SIGNATURE_INVALID', /does not verify/);
  });

  it('S46: refuses every signature with one bit turned, and those of odd lengths', () => {
    const right = sign('sha256', signingString(get), rsa.privateKey);
    fc.assert(
      fc.property(fc.nat(right.length * 8 - 1), (bit) => {
        const wrong = Buffer.from(right);
        wrong[bit >> 3] = (wrong[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        refused(withSignature(get, wrong.toString('base64')), 'SIGNATURE_INVALID');
      }),
      { numRuns: 50 },
    );
    for (const wrong of [
      right.subarray(1),
      Buffer.concat([Buffer.of(0), right]),
      Buffer.alloc(256),
      Buffer.alloc(256, 255),
      Buffer.of(1),
    ]) {
      refused(withSignature(get, wrong.toString('base64')), 'SIGNATURE_INVALID');
    }
  });

  it('carries the digest of the signing string as detail, and nothing of it in any text', () => {
    const request = signed({ ...get, privateKey: otherRsa.privateKey });
    try {
      verified(request);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(Refusal);
      const signingString = readSigningString(request);
      expect(signingString).toContain('x-request-id: f1c9');
      expect((error as Refusal).detail).toEqual({
        kid: 'kid-1',
        size: `${signingString.length} octets`,
        signingString: noteDigest(signingString),
      });
      expect(JSON.stringify([(error as Refusal).detail, (error as Refusal).message])).not.toContain('f1c9');
    }
  });
});
