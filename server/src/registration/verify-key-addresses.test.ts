import { parseCertificate } from '@postern/core/certificate/parse-certificate.js';
import type { KeyCandidate } from '@postern/core/registration/parse-jwk.js';
import { describe, expect, it } from 'vitest';
import { issueCertificate } from '../../../tests/material/issue-certificate.js';
import { createGuardedFetch, type GuardedFetch } from '../fetch/guarded-fetch.js';
import { findAddressProblems } from './verify-key-addresses.js';

const seal = parseCertificate(issueCertificate({ commonName: 'Seal' }).der);
const other = parseCertificate(issueCertificate({ commonName: 'Other' }).der);
const x5u = 'https://tpp.example/seal.cer';

function candidate(address: string | undefined): KeyCandidate {
  return { member: 'jwks.keys[0]', key: { kid: seal.thumbprint, x5u: address, x5c: [] }, path: [seal] };
}

const answering =
  (bytes: Uint8Array): GuardedFetch =>
  async () => ({ status: 200, headers: {}, bytes, etag: undefined, lastModified: undefined });
const pem = (der: Uint8Array) =>
  Buffer.from(`-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`);
const problemsOf = async (fetch: GuardedFetch, address: string | undefined = x5u) =>
  (await findAddressProblems([candidate(address)], [], fetch)).map(({ text }) => text);

describe('the x5u of a key, where the brand has it verified', () => {
  it('may answer the certificate as DER, as PEM, and with its issuers', async () => {
    expect(await problemsOf(answering(seal.der))).toEqual([]);
    expect(await problemsOf(answering(pem(seal.der)))).toEqual([]);
    expect(await problemsOf(answering(Buffer.concat([pem(seal.der), pem(other.der)])))).toEqual([]);
  });

  it.each([
    ['another certificate', other.der, 'answers another certificate than that of x5c'],
    ['its issuer first', Buffer.concat([pem(other.der), pem(seal.der)]), 'answers another certificate'],
    ['a page', Buffer.from('<!doctype html>'), 'answers no certificate'],
    ['nothing', new Uint8Array(), 'answers no certificate'],
  ])('must not answer %s', async (_what, bytes, text) => {
    expect(await problemsOf(answering(bytes))).toEqual([
      expect.stringContaining(`jwks.keys[0] has an x5u that ${text}`),
    ]);
  });

  it('answers what it says it is: a media type of certificates, or none that says anything', async () => {
    const typed =
      (type: string): GuardedFetch =>
      async () => ({
        ...{ status: 200, bytes: seal.der, etag: undefined, lastModified: undefined },
        headers: { 'content-type': type },
      });
    expect(await problemsOf(typed('Application/PKIX-Cert'))).toEqual([]);
    expect(await problemsOf(typed('text/plain; charset=utf-8'))).toEqual([]);
    expect(await problemsOf(typed('text/html'))).toEqual([expect.stringContaining('a Content-Type that is none')]);
  });

  it('tells nothing of a name that leads inside', async () => {
    const inside = async () => [{ address: '10.1.2.3', family: 4 }];
    const unknown = async () => Promise.reject(new Error('getaddrinfo ENOTFOUND'));
    for (const resolve of [inside, unknown, async () => []])
      expect(await problemsOf(createGuardedFetch({ resolve }))).toEqual([
        'jwks.keys[0] has an x5u that could not be read: its host has no public address.',
      ]);
  });

  it('is asked for once: not where there is none, nor where it is registered with that certificate', async () => {
    const never: GuardedFetch = async () => {
      throw new Error('fetched');
    };
    expect(await findAddressProblems([candidate(undefined)], [], never)).toEqual([]);
    expect(await findAddressProblems([candidate(x5u)], [candidate(x5u).key], never)).toEqual([]);
  });

  it.each([
    ['R36: a name whose second answer would be private', [['198.51.100.7'], ['10.0.0.1']]],
    ['R35: a name that is private', [['192.168.0.1']]],
    ['R35: a name with one private address among its own', [['198.51.100.7', '127.0.0.1']]],
  ])(
    'leads to no private network: %s',
    async (_what, answers) => {
      let asked = 0;
      const resolve = async () => {
        const found = answers[Math.min(asked, answers.length - 1)] ?? [];
        asked += 1;
        return found.map((address) => ({ address, family: 4 }));
      };
      const [problem] = await problemsOf(createGuardedFetch({ resolve }));
      expect(problem).toContain('could not be read');
      expect(asked).toBe(1);
    },
    20_000,
  );

  it.each([
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://2130706433/',
    'https://0x7f.1/',
    'http://tpp.example/',
  ])('R34, R35: %s is not even resolved', async (address) => {
    const resolve = async () => {
      throw new Error('resolved');
    };
    expect(await problemsOf(createGuardedFetch({ resolve }), address)).toEqual([
      expect.not.stringContaining('resolved'),
    ]);
  });
});
