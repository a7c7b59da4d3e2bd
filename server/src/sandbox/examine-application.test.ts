import { Refusal } from '@postern/core/refusal/refusal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyText, newEc, newRsa, requestText } from '../../../tests/material/certification-request.js';
import { examineApplication, parseApplication } from './examine-application.js';

const website = newRsa();
const usual = {
  organization_name: 'Jeune Pousse',
  contact: 'dev@pousse.example',
  roles: ['PSP_AI'],
  website_csr: requestText(website),
  seal_csr: requestText(newRsa()),
};
const kindsOf = (change: object) =>
  examineApplication({ ...usual, ...change }).problems?.map(({ member, kind }) => `${member} ${kind}`);

describe('examineApplication', () => {
  it('takes what is as it should be', () => {
    expect(examineApplication(usual).application).toMatchObject({
      organizationName: 'Jeune Pousse',
      roles: ['PSP_AI'],
    });
  });

  it.each([
    ['a key that cannot sign as requests are signed', requestText(newEc()), 'not-rsa'],
    ['the key of the other one', requestText(website), 'one-key'],
    ['a private key', keyText(newRsa()), 'private-key'],
    [
      'somebody’s identifier',
      requestText(newRsa(), { name: { organizationIdentifier: 'PSDFR-ACPR-1' } }),
      'names-identifier',
    ],
    ['another signature', requestText(newRsa(), { signer: newRsa().privateKey }), 'not-proved'],
    ['a short key', requestText(newRsa(1024)), 'key-not-allowed'],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----', 'not-one-pem'],
    ['words', 'Hello, here it is.', 'not-encoded'],
    [
      'the beginning of one',
      requestText(website)
        .replaceAll(/-----[^-]+-----/g, '')
        .trim()
        .slice(0, 64),
      'malformed',
    ],
    ['too much', 'A'.repeat(24_000), 'too-long'],
    ['nothing', '', 'missing'],
  ])('tells %s by its kind', (_what, seal_csr, kind) => {
    expect(kindsOf({ seal_csr })).toEqual([`seal_csr ${kind}`]);
  });

  it('tells everything that is wrong at once, and so does the refusal', () => {
    const wrong = { contact: 'nobody', website_csr: 'x', seal_csr: undefined };
    expect(kindsOf(wrong)?.sort()).toEqual(['contact unfit', 'seal_csr missing', 'website_csr not-encoded']);
    try {
      parseApplication(Buffer.from(JSON.stringify({ ...usual, ...wrong })));
      expect.unreachable();
    } catch (cause) {
      expect(cause).toBeInstanceOf(Refusal);
      expect((cause as Refusal).problems).toHaveLength(3);
    }
  });

  it('throws at nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, text) => {
        expect(examineApplication(value).problems?.length).toBeGreaterThan(0);
        expect(kindsOf({ website_csr: text, organization_name: value })?.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});
