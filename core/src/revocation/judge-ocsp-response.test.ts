import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clock,
  commonName,
  ecKeys,
  extendedKeyUsage,
  extension,
  type Issuer,
  issueCertificate,
  type Keys,
  keyUsage,
  rootCa,
} from '../../../tests/material/issue.js';
import { minutesFromClock, nonceExtension, type OcspRecipe, ocspResponse } from '../../../tests/material/status.js';
import { DerMembers, parseDer } from '../asn1/der-reader.js';
import { tag } from '../asn1/der-tag.js';
import * as der from '../asn1/der-writer.js';
import { oid } from '../certificate/object-identifiers.js';
import { parseCertificate } from '../certificate/parse-certificate.js';
import { isIdOf, parseCertificateId } from './certificate-id.js';
import { encodeOcspRequest } from './encode-ocsp-request.js';
import { judgeOcspResponse } from './judge-ocsp-response.js';
import type { RevocationStatus } from './revocation-status.js';

const ca = rootCa('Issuing CA');
const issuer = parseCertificate(ca.certificate);
const keys = ecKeys();
const issue = (serial: number, by: Issuer = ca): ReturnType<typeof parseCertificate> =>
  parseCertificate(issueCertificate({ subject: commonName('psd2.example.com'), keys, issuer: by, serial }));
const certificate = issue(0x8001);
const subject = { certificate, issuer };
const times = { now: clock, clockSkewSeconds: 60, statusMaxAgeSeconds: 3600 };

const judge = (recipe: Partial<OcspRecipe> = {}, nonce?: Uint8Array): RevocationStatus => {
  const bytes = ocspResponse({ certificate, issuer, responder: ca, ...recipe });
  return judgeOcspResponse(bytes, nonce === undefined ? subject : { ...subject, nonce }, times);
};

const responderKeys = ecKeys();
const noCheck = extension(oid.ocspNoCheck, der.nullValue());
const delegated = (
  options: { by?: Issuer; extensions?: Uint8Array[]; notAfter?: Date; name?: string; own?: Keys } = {},
): Partial<OcspRecipe> => {
  const {
    by = ca,
    extensions = [extendedKeyUsage(oid.ocspSigning), noCheck, keyUsage(0)],
    notAfter,
    own = responderKeys,
  } = options;
  const name = commonName('OCSP responder');
  const certificateOfIt = issueCertificate({
    subject: name,
    keys: own,
    issuer: by,
    extensions,
    ...(notAfter === undefined ? {} : { notAfter }),
  });
  return { responder: { name, keys: responderKeys }, certificates: [certificateOfIt] };
};

describe('an OCSP request', () => {
  it('names the certificate, with a nonce if there is one', () => {
    for (const hash of ['sha1', 'sha256'] as const) {
      const request = new DerMembers(
        parseDer(encodeOcspRequest({ ...subject, nonce: Uint8Array.of(1) }, hash), 'OCSPRequest'),
      );
      const tbs = new DerMembers(request.next(tag.sequence, 'tbsRequest'));
      const single = new DerMembers(
        new DerMembers(tbs.next(tag.sequence, 'requestList')).next(tag.sequence, 'Request'),
      );
      const id = parseCertificateId(single.next(tag.sequence, 'reqCert'));
      expect(id).toMatchObject({ hash, serialNumber: '008001' });
      expect(isIdOf(id, subject)).toBe(true);
      expect(tbs.rest('extensions', 1)).toHaveLength(1);
    }
  });
});

describe('an OCSP response', () => {
  it('of the issuer says good', () => {
    expect(judge()).toEqual({
      status: 'good',
      detail: 'the OCSP responder says good',
      thisUpdate: minutesFromClock(-10),
      nextUpdate: minutesFromClock(60),
    });
    expect(judge({ responderId: 'key', hash: 'sha1' }).status).toBe('good');
  });

  it('of a delegate says good', () => {
    expect(judge(delegated()).status).toBe('good');
    expect(judge({ ...delegated(), responderId: 'key' }).status).toBe('good');
  });

  it('says revoked, with when and why (C26)', () => {
    const revokedAt = new Date('2026-02-01T00:00:00Z');
    expect(judge({ status: { revokedAt, reason: 1 } })).toMatchObject({
      status: 'revoked',
      revokedAt,
      reason: 'keyCompromise',
    });
    expect(judge({ status: { revokedAt } })).not.toHaveProperty('reason');
    expect(judge({ status: { revokedAt, reason: 6 } })).toMatchObject({ status: 'revoked', reason: 'certificateHold' });
  });

  it('that says unknown is not good (C27)', () => {
    expect(judge({ status: 'unknown' }).status).toBe('unknown');
  });

  it('takes a nonce that is left out or right, and no other (C34)', () => {
    const nonce = Buffer.from('0123456789abcdef');
    expect(judge({}, nonce).status).toBe('good');
    expect(judge({ extensions: [nonceExtension(nonce)] }, nonce).status).toBe('good');
    expect(judge({ extensions: [nonceExtension(Uint8Array.of(1))] }, nonce)).toMatchObject({
      status: 'unusable',
      detail: expect.stringContaining('nonce'),
    });
  });

  it('without nextUpdate lives as long as the policy says', () => {
    expect(judge({ nextUpdate: null, thisUpdate: minutesFromClock(-59) }).status).toBe('good');
    expect(judge({ nextUpdate: null, thisUpdate: minutesFromClock(-60) }).status).toBe('unusable');
  });

  it('may be ahead of our clock by the skew and no more', () => {
    const ahead = (seconds: number): Date => new Date(clock.getTime() + seconds * 1000);
    expect(judge({ thisUpdate: ahead(60), producedAt: ahead(60) }).status).toBe('good');
    expect(judge({ thisUpdate: ahead(61) }).status).toBe('unusable');
    expect(judge({ producedAt: ahead(61) }).status).toBe('unusable');
  });
});

describe('attack rows C31 to C33: an OCSP response that proves nothing', () => {
  const other = rootCa('Other CA');
  const twin = rootCa('Issuing CA');
  const refusedEverywhere = { status: { revokedAt: clock, reason: 7 } };

  it.each<[string, Partial<OcspRecipe>, RegExp]>([
    ['signed by another CA', { responder: other }, /neither the issuer/],
    ["signed by another key under the issuer's name", { responder: twin }, /does not verify/],
    [
      'signed by a delegate without id-kp-OCSPSigning',
      delegated({ extensions: [extendedKeyUsage(oid.clientAuth), noCheck] }),
      /not appointed for OCSP/,
    ],
    [
      'signed by a delegate with any purpose',
      delegated({ extensions: [extendedKeyUsage(oid.anyExtendedKeyUsage), noCheck] }),
      /not appointed for OCSP/,
    ],
    ['signed by a delegate of another CA', delegated({ by: other }), /not appointed by the issuer/],
    [
      "signed by a delegate of another CA under the issuer's name",
      delegated({ by: twin }),
      /not appointed by the issuer/,
    ],
    ['signed with another key than the delegate has', delegated({ own: ecKeys() }), /does not verify/],
    ['signed by a delegate that is expired', delegated({ notAfter: minutesFromClock(-1) }), /not valid now/],
    [
      'signed by a delegate that could be revoked',
      delegated({ extensions: [extendedKeyUsage(oid.ocspSigning)] }),
      /could itself be revoked/,
    ],
    [
      'signed by a delegate whose key is for something else',
      delegated({ extensions: [extendedKeyUsage(oid.ocspSigning), noCheck, keyUsage(2)] }),
      /not for signatures/,
    ],
    [
      'signed by a delegate with an unknown critical extension',
      delegated({
        extensions: [extendedKeyUsage(oid.ocspSigning), noCheck, extension('1.2.3', der.nullValue(), true)],
      }),
      /critical extension/,
    ],
    ['signed by a delegate whose certificate is not there', { ...delegated(), certificates: [] }, /neither the issuer/],
    ['signed with SHA-1', { scheme: 'ecdsa-sha1' }, /not allowed/],
    ['about another serial number', { certificate: issue(0x8002) }, /0 times/],
    ['about another issuer', { issuer: parseCertificate(other.certificate) }, /0 times/],
    ["about another key under the issuer's name", { issuer: parseCertificate(twin.certificate) }, /0 times/],
    ['that names the certificate twice', { copies: 2 }, /2 times/],
    ['past its nextUpdate', { nextUpdate: clock }, /has passed/],
    [
      'with nextUpdate before thisUpdate',
      { thisUpdate: minutesFromClock(0), nextUpdate: minutesFromClock(-20) },
      /before its thisUpdate/,
    ],
    [
      'with an unknown critical extension',
      { extensions: [extension('1.2.3.4', der.nullValue(), true)] },
      /critical extension/,
    ],
    ['with a reason that does not exist', refusedEverywhere, /no such reason/],
  ])('%s', (_, recipe, message) => {
    const { status, detail } = judge(recipe);
    expect(status).toBe('unusable');
    expect(detail).toMatch(message);
  });

  it.each([
    ['tryLater', der.sequence(der.enumerated(3)), /tryLater/],
    ['unauthorized', der.sequence(der.enumerated(6)), /unauthorized/],
    ['nothing', new Uint8Array(0), /cannot be read/],
    ['a page', Buffer.from('<html>'), /cannot be read/],
    ['300 KB', new Uint8Array(300_000), /longer/],
  ])('that is %s', (_, bytes, message) => {
    const { status, detail } = judgeOcspResponse(bytes, subject, times);
    expect(status).toBe('unusable');
    expect(detail).toMatch(message);
  });

  it('that was changed anywhere never says good', () => {
    const good = ocspResponse({ certificate, issuer, responder: ca, ...delegated() });
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bytes = Uint8Array.from(good);
        bytes[at] = (bytes[at] ?? 0) ^ change;
        // The delegate's certificate and the outer signatures are all covered: nothing may be changed unnoticed.
        expect(judgeOcspResponse(bytes, subject, times).status).toBe('unusable');
      }),
      { numRuns: 2000 },
    );
  });

  it('of any bytes never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
        expect(judgeOcspResponse(bytes, subject, times).status).toBe('unusable');
      }),
    );
  });
});
