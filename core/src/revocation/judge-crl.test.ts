import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  basicConstraints,
  caExtensions,
  clock,
  commonName,
  ecKeys,
  extension,
  issueCertificate,
  keyUsage,
  rootCa,
} from '../../../tests/material/issue.js';
import { type CrlRecipe, crl, minutesFromClock, reasonExtension } from '../../../tests/material/status.js';
import * as der from '../asn1/der-writer.js';
import { oid } from '../certificate/object-identifiers.js';
import { parseCertificate } from '../certificate/parse-certificate.js';
import { judgeCrl } from './judge-crl.js';
import type { RevocationStatus } from './revocation-status.js';

const address = (text: string): Uint8Array => der.explicit(0, der.explicit(0, der.implicit(6, der.ia5String(text))));
const ca = rootCa('Issuing CA');
const issuer = parseCertificate(ca.certificate);
const points = extension(oid.crlDistributionPoints, der.sequence(der.sequence(address('http://ca.example.com/1.crl'))));
const certificate = parseCertificate(
  issueCertificate({
    subject: commonName('psd2.example.com'),
    keys: ecKeys(),
    issuer: ca,
    serial: 0x8001,
    extensions: [points],
  }),
);
const subject = { certificate, issuer };
const times = { now: clock, clockSkewSeconds: 60, statusMaxAgeSeconds: 3600 };
const judge = (recipe: Partial<CrlRecipe> = {}): RevocationStatus =>
  judgeCrl(crl({ issuer: ca, ...recipe }), subject, times);
const scope = (...parts: Uint8Array[]): Uint8Array => extension('2.5.29.28', der.sequence(...parts), true);
const flag = (number: number): Uint8Array => der.implicit(number, der.boolean(true));

describe('a CRL', () => {
  it('that does not list the certificate says good', () => {
    expect(judge()).toEqual({
      status: 'good',
      crlNumber: 7n,
      detail: 'the CRL does not list the certificate',
      thisUpdate: minutesFromClock(-10),
      nextUpdate: minutesFromClock(60),
    });
    expect(judge({ entries: [{ serial: 1 }, { serial: 0x800101 }, { serial: 0x80 }] }).status).toBe('good');
  });

  it('that lists it says revoked, with when and why', () => {
    const revokedAt = new Date('2026-02-01T00:00:00Z');
    const entries = [{ serial: 7 }, { serial: 0x8001, revokedAt, extensions: [reasonExtension(4)] }, { serial: 9 }];
    expect(judge({ entries })).toMatchObject({ status: 'revoked', revokedAt, reason: 'superseded' });
    expect(judge({ entries: [{ serial: 0x8001 }] })).not.toHaveProperty('reason');
  });

  it('that has it on hold says revoked (C38)', () => {
    expect(judge({ entries: [{ serial: 0x8001, extensions: [reasonExtension(6)] }] })).toMatchObject({
      status: 'revoked',
      reason: 'certificateHold',
    });
  });

  it('may be for the distribution point of the certificate, and for end entities', () => {
    expect(judge({ moreExtensions: [scope(address('http://ca.example.com/1.crl'), flag(1))] }).status).toBe('good');
  });
});

describe('a CRL that proves nothing', () => {
  const other = rootCa('Other CA');
  const twin = rootCa('Issuing CA');
  const number = extension('2.5.29.20', der.integer(7));

  it.each<[string, Partial<CrlRecipe>, RegExp]>([
    ['of another issuer', { issuer: other }, /another issuer/],
    ["signed with another key under the issuer's name", { issuer: twin, extensions: [number] }, /does not verify/],
    ['signed with a key that the issuer has left', { issuer: twin }, /another key/],
    ['past its nextUpdate', { nextUpdate: clock }, /has passed/],
    ['without nextUpdate', { nextUpdate: null }, /no nextUpdate/],
    ['of the future', { thisUpdate: minutesFromClock(2) }, /in the future/],
    ['without a number', { extensions: [] }, /cRLNumber/],
    [
      'with an unknown critical extension',
      { moreExtensions: [extension('1.2.3', der.nullValue(), true)] },
      /critical extension 1.2.3/,
    ],
    [
      'that is a delta [U25]',
      { moreExtensions: [extension('2.5.29.27', der.integer(1), true)] },
      /critical extension 2.5.29.27/,
    ],
    [
      'with an unknown critical extension in any entry',
      { entries: [{ serial: 1, extensions: [extension('2.5.29.29', der.nullValue(), true)] }] },
      /2.5.29.29/,
    ],
    ['with removeFromCRL', { entries: [{ serial: 0x8001, extensions: [reasonExtension(8)] }] }, /removeFromCRL/],
    ['that lists the certificate twice', { entries: [{ serial: 0x8001 }, { serial: 0x8001 }] }, /twice/],
    ['for CAs only', { moreExtensions: [scope(flag(2))] }, /another sort/],
    ['for attribute certificates only', { moreExtensions: [scope(flag(5))] }, /another sort/],
    ['for some reasons only', { moreExtensions: [scope(der.implicit(3, der.namedBits([1])))] }, /some reasons/],
    ['that is indirect', { moreExtensions: [scope(flag(4))] }, /indirect/],
    [
      'for another distribution point',
      { moreExtensions: [scope(address('http://ca.example.com/2.crl'))] },
      /another distribution point/,
    ],
  ])('%s', (_, recipe, message) => {
    const { status, detail } = judge(recipe);
    expect(status).toBe('unusable');
    expect(detail).toMatch(message);
  });

  it('of an issuer that may not sign CRLs', () => {
    const silent = rootCa('Issuing CA', { keys: ca.keys, extensions: [basicConstraints(), keyUsage(5)] });
    expect(
      judgeCrl(crl({ issuer: ca }), { certificate, issuer: parseCertificate(silent.certificate) }, times).detail,
    ).toMatch(/cRLSign/);
  });

  it('for end entities only, about a CA', () => {
    const below = parseCertificate(
      issueCertificate({ subject: commonName('CA'), keys: ecKeys(), issuer: ca, extensions: caExtensions() }),
    );
    expect(
      judgeCrl(crl({ issuer: ca, moreExtensions: [scope(flag(1))] }), { certificate: below, issuer }, times).status,
    ).toBe('unusable');
  });

  it('that was changed anywhere never says good', () => {
    const good = crl({ issuer: ca, entries: [{ serial: 0x8001, extensions: [reasonExtension(1)] }, { serial: 5 }] });
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bytes = Uint8Array.from(good);
        bytes[at] = (bytes[at] ?? 0) ^ change;
        expect(judgeCrl(bytes, subject, times).status).toBe('unusable');
      }),
      { numRuns: 2000 },
    );
  });

  it('of any bytes never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
        expect(judgeCrl(bytes, subject, times).status).toBe('unusable');
      }),
    );
  });
});
