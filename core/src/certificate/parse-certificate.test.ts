import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  basicConstraints,
  type CertificateRecipe,
  commonName,
  ecKeys,
  ed25519Keys,
  extendedKeyUsage,
  extension,
  issueCertificate,
  keyUsage,
  rootCa,
  rsaKeys,
} from '../../../tests/material/issue.js';
import { organization, psd2Statement, qcStatements, qualifiedStatements } from '../../../tests/material/psd2.js';
import * as der from '../asn1/der-writer.js';
import { Refusal } from '../refusal/refusal.js';
import { oid } from './object-identifiers.js';
import { parseCertificate } from './parse-certificate.js';

const issuer = rootCa('Issuing CA');
const keys = ecKeys();
const issue = (recipe: Partial<CertificateRecipe> = {}): Uint8Array =>
  issueCertificate({ subject: commonName('psd2.example.com'), keys, issuer, ...recipe });

const uri = (text: string): Uint8Array => der.implicit(6, der.ia5String(text));

const rich = issue({
  subject: organization('PSDFR-ACPR-12345'),
  extensions: [
    keyUsage(0, 1),
    extendedKeyUsage(oid.clientAuth, oid.serverAuth),
    extension(
      oid.subjectAlternativeName,
      der.sequence(
        der.implicit(2, der.ia5String('psd2.example.com')),
        uri('https://example.com/'),
        der.implicit(7, der.octetString(Uint8Array.of(192, 0, 2, 1))),
      ),
    ),
    extension(oid.certificatePolicies, der.sequence(der.sequence(der.objectIdentifier('0.4.0.194112.1.4')))),
    extension(
      oid.authorityInfoAccess,
      der.sequence(
        der.sequence(der.objectIdentifier('1.3.6.1.5.5.7.48.1'), uri('http://ocsp.example.com/')),
        der.sequence(der.objectIdentifier('1.3.6.1.5.5.7.48.2'), uri('http://ca.example.com/issuing.cer')),
      ),
    ),
    extension(
      oid.crlDistributionPoints,
      der.sequence(der.sequence(der.explicit(0, der.explicit(0, uri('http://ca.example.com/issuing.crl'))))),
    ),
    qcStatements(...qualifiedStatements(oid.qcTypeWeb), psd2Statement([[oid.rolePspAi, 'PSP_AI']])),
  ],
});

describe('a certificate', () => {
  it('is read with everything that is judged by', () => {
    const certificate = parseCertificate(rich);
    expect(certificate).toMatchObject({
      version: 3,
      serialNumber: '1267',
      signatureAlgorithm: { oid: '1.2.840.10045.4.3.2', parameters: undefined },
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2027-01-01T00:00:00Z'),
      publicKey: { kind: 'ec', curve: '1.2.840.10045.3.1.7' },
      keyUsage: ['digitalSignature', 'nonRepudiation'],
      extendedKeyUsage: [oid.clientAuth, oid.serverAuth],
      certificatePolicies: ['0.4.0.194112.1.4'],
      ocspAddresses: ['http://ocsp.example.com/'],
      issuerAddresses: ['http://ca.example.com/issuing.cer'],
      crlAddresses: ['http://ca.example.com/issuing.crl'],
      basicConstraints: undefined,
    });
    expect(certificate.subjectAlternativeNames.map(({ kind }) => kind)).toEqual(['dns', 'uri', 'ip']);
    expect(certificate.subject.rdns.flat()[2]).toEqual({
      type: oid.organizationIdentifier,
      value: 'PSDFR-ACPR-12345',
      encoding: 'utf8',
    });
    expect(certificate.qcStatements.psd2).toHaveLength(1);
  });

  it('is a copy: the caller may reuse its buffer', () => {
    const buffer = Uint8Array.from(rich);
    const certificate = parseCertificate(buffer);
    buffer.fill(0);
    expect(certificate.der).toEqual(Uint8Array.from(rich));
    expect(certificate.subject.rdns.flat()[2]?.value).toBe('PSDFR-ACPR-12345');
  });

  it.each([
    ['RSA', rsaKeys(), { kind: 'rsa', modulusBits: 2048, exponent: 65537, curve: undefined }],
    ['Ed25519', ed25519Keys(), { kind: 'ed25519', modulusBits: undefined }],
    ['P-384', ecKeys('P-384'), { kind: 'ec', curve: '1.3.132.0.34' }],
  ])('has its %s key described', (_, own, expected) => {
    expect(parseCertificate(issue({ keys: own })).publicKey).toMatchObject(expected);
  });

  it('of version 1 has no extensions', () => {
    const plain = { bare: true, instead: { version: new Uint8Array(0) } };
    expect(parseCertificate(issue(plain)).version).toBe(1);
    expect(() => parseCertificate(issue({ ...plain, extensions: [keyUsage(0)] }))).toThrow(/version 1 has none/);
    const second = { bare: true, instead: { version: der.explicit(0, der.integer(1)) }, extensions: [keyUsage(0)] };
    expect(() => parseCertificate(issue(second))).toThrow(/version 2 has none/);
  });
});

describe('attack rows C49, C50, C53, C57: the form is refused', () => {
  const text = (identifier: number, value: string): Uint8Array =>
    der.sequence(
      der.set(der.sequence(der.objectIdentifier(oid.commonName), der.tlv(identifier, Buffer.from(value, 'latin1')))),
    );
  const validity = (notBefore: Uint8Array, notAfter: Uint8Array): Partial<CertificateRecipe> => ({
    instead: { validity: der.sequence(notBefore, notAfter) },
  });
  const late = der.time(new Date('2027-01-01T00:00:00Z'));

  it.each<[string, Partial<CertificateRecipe>]>([
    [
      'an outer signature algorithm that differs',
      { instead: { outerAlgorithm: der.sequence(der.objectIdentifier('1.2.840.10045.4.3.3')) } },
    ],
    ['a repeated extension', { extensions: [keyUsage(0), keyUsage(0)] }],
    ['an empty list of extensions', { instead: { extensions: der.explicit(3, der.sequence()) } }],
    [
      'critical FALSE written out',
      {
        extensions: [
          der.sequence(der.objectIdentifier('2.5.29.99'), der.boolean(false), der.octetString(der.nullValue())),
        ],
      },
    ],
    ['version 1 written out', { instead: { version: der.explicit(0, der.integer(0)) } }],
    ['version 4', { instead: { version: der.explicit(0, der.integer(3)) } }],
    ['serial number 0', { serial: 0 }],
    ['a negative serial number', { serial: -1 }],
    ['a serial number of 21 octets', { serial: new Uint8Array(20).fill(0x80) }],
    ['a NUL in a name', { subject: text(0x0c, 'psd2.example.com\0.evil') }],
    ['a UTF8String that is not UTF-8', { subject: text(0x0c, 'Soci\xe9t\xe9') }],
    ['a PrintableString with an underscore', { subject: text(0x13, 'a_b') }],
    ['an empty relative name', { subject: der.sequence(der.set()) }],
    [
      'a name of 65 relative names',
      {
        subject: der.sequence(
          ...Array.from({ length: 65 }, () =>
            der.set(der.sequence(der.objectIdentifier('2.5.4.3'), der.utf8String('a'))),
          ),
        ),
      },
    ],
    ['GeneralizedTime without Z', validity(der.tlv(0x18, Buffer.from('20260101000000')), late)],
    ['GeneralizedTime before 2050', validity(der.generalizedTime(new Date('2026-01-01T00:00:00Z')), late)],
    ['an end before the beginning', validity(late, der.time(new Date('2026-01-01T00:00:00Z')))],
    [
      'a NUL in a DNS name',
      { extensions: [extension(oid.subjectAlternativeName, der.sequence(der.implicit(2, der.ia5String('a\0b'))))] },
    ],
    ['an empty list of purposes', { extensions: [extendedKeyUsage()] }],
    ['keyUsage without a bit', { extensions: [keyUsage()] }],
    ['keyUsage with a bit that has no meaning', { extensions: [keyUsage(0, 9)] }],
    [
      'pathLenConstraint without cA',
      { extensions: [extension(oid.basicConstraints, der.sequence(der.integer(0)), true)] },
    ],
    [
      'bytes after an extension value',
      {
        extensions: [extension(oid.subjectKeyIdentifier, Buffer.concat([der.nullValue(), der.nullValue()]))],
        bare: true,
      },
    ],
    [
      'a repeated policy',
      {
        extensions: [
          extension(
            oid.certificatePolicies,
            der.sequence(...[1, 2].map(() => der.sequence(der.objectIdentifier('1.2.3')))),
          ),
        ],
      },
    ],
    [
      'an RSA key with an even modulus',
      {
        instead: {
          spki: der.sequence(
            der.sequence(der.objectIdentifier('1.2.840.113549.1.1.1'), der.nullValue()),
            der.bitString(der.sequence(der.integer(256), der.integer(3))),
          ),
        },
      },
    ],
    [
      'a key with unused bits',
      {
        instead: {
          spki: der.sequence(der.sequence(der.objectIdentifier('1.3.101.112')), der.bitString(Uint8Array.of(0xfe), 1)),
        },
      },
    ],
  ])('%s', (_, recipe) => {
    expect(() => parseCertificate(issue(recipe))).toThrow(Refusal);
  });

  it('a certificate of more than 64 KiB', () => {
    const large = issue({ extensions: [extension('2.5.29.99', der.octetString(new Uint8Array(70_000)))] });
    expect(() => parseCertificate(large)).toThrow(/longer than 65536/);
  });

  it('bytes after the certificate', () => {
    expect(() => parseCertificate(Buffer.concat([rich, Uint8Array.of(0)]))).toThrow(/bytes after its end/);
  });
});

describe('against the parser of node:crypto', () => {
  it.each([
    ['a website certificate', rich],
    ['an RSA certificate', issue({ keys: rsaKeys(3072) })],
    ['a CA certificate', issuer.certificate],
    [
      'a certificate with a long serial number and late end',
      issue({
        serial: new Uint8Array(20).fill(0x7f),
        notAfter: new Date('2061-05-06T07:08:09Z'),
        extensions: [basicConstraints(3)],
      }),
    ],
  ])('%s says the same', (_, bytes) => {
    const ours = parseCertificate(bytes);
    const theirs = new X509Certificate(bytes);
    expect(ours.serialNumber.toUpperCase()).toBe(theirs.serialNumber);
    expect(Buffer.from(ours.thumbprint, 'base64url').toString('hex')).toBe(
      theirs.fingerprint256.replaceAll(':', '').toLowerCase(),
    );
    expect(ours.notBefore).toEqual(theirs.validFromDate);
    expect(ours.notAfter).toEqual(theirs.validToDate);
    expect(ours.basicConstraints?.ca ?? false).toBe(theirs.ca);
    expect(ours.extendedKeyUsage).toEqual(theirs.keyUsage);
    expect(Buffer.from(ours.publicKey.spki)).toEqual(theirs.publicKey.export({ format: 'der', type: 'spki' }));
    expect(ours.subject.rdns.flat().map(({ value }) => value)).toEqual(
      theirs.subject.split('\n').map((line) => line.slice(line.indexOf('=') + 1)),
    );
  });
});

describe('any bytes', () => {
  const refusedOrRead = (bytes: Uint8Array): void => {
    try {
      parseCertificate(bytes);
    } catch (error) {
      expect(error).toBeInstanceOf(Refusal);
    }
  };

  it('are read or refused', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), refusedOrRead), { numRuns: 1000 });
  });

  it('are read or refused when they were a good certificate', () => {
    const change = fc.record({ at: fc.nat(rich.length - 1), octet: fc.nat(255), cut: fc.nat(4) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const bytes = [...rich];
        for (const { at, octet, cut } of changes) bytes.splice(at, cut, octet);
        refusedOrRead(Uint8Array.from(bytes));
        const kept = Uint8Array.from(rich);
        for (const { at, octet } of changes) kept[at] = octet;
        refusedOrRead(kept);
      }),
      { numRuns: 1000 },
    );
  });
});
