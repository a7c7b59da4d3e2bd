import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  explicit,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  tlv,
  utf8String,
} from '../asn1/der-writer.js';
import { distinguishedName } from '../issuance/distinguished-name.js';
import { caConstraints } from '../issuance/extensions.js';
import { renderPem } from '../issuance/pem.js';
import { renderSpki } from '../issuance/public-key-octets.js';
import { signStructure } from '../issuance/signature-algorithm.js';
import { Refusal } from '../refusal/refusal.js';
import { parseCertificationRequest } from './parse-certification-request.js';

interface Pair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const name = distinguishedName({ countryName: 'FR', commonName: 'whoever' });
const challenge = attribute('1.2.840.113549.1.9.7', utf8String('secret'));

function attribute(type: string, ...values: readonly Uint8Array[]): Uint8Array {
  return sequence(objectIdentifier(type), set(...values));
}

function extensionRequest(...extensions: readonly Uint8Array[]): Uint8Array {
  return attribute('1.2.840.113549.1.9.14', sequence(...extensions));
}

function requestOf(pair: Pair, ...attributes: readonly Uint8Array[]): Uint8Array {
  return signStructure(
    sequence(integer(0), name, renderSpki(pair.publicKey), explicit(0, ...attributes)),
    pair.privateKey,
  );
}

function refusalOf(input: string | Uint8Array): string {
  try {
    parseCertificationRequest(input);
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    expect((error as Refusal).code).toBe('CERTIFICATION_REQUEST_INVALID');
    return (error as Refusal).message;
  }
  return 'none';
}

describe('parseCertificationRequest', () => {
  it.each([
    ['RSA', rsa, 'rsa'],
    ['P-256', ec, 'ec'],
  ] as const)('reads a request over %s in DER, PEM and base64', (_, pair, kind) => {
    const der = requestOf(pair);
    for (const input of [der, renderPem('CERTIFICATE REQUEST', der), Buffer.from(der).toString('base64')]) {
      const request = parseCertificationRequest(input);
      expect(request.publicKey.kind).toBe(kind);
      expect(Buffer.from(request.publicKey.spki)).toEqual(Buffer.from(renderSpki(pair.publicKey)));
    }
  });

  it('tells which extensions are asked for, and heeds no attribute [K3]', () => {
    const request = parseCertificationRequest(requestOf(ec, challenge, extensionRequest(caConstraints())));
    expect(request.requestedExtensions).toEqual(['2.5.29.19']);
    expect(parseCertificationRequest(requestOf(ec, extensionRequest())).requestedExtensions).toEqual([]);
  });

  it('refuses a request that another key signed, or that was altered [K1]', () => {
    const forged = {
      publicKey: rsa.publicKey,
      privateKey: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
    };
    expect(refusalOf(requestOf(forged))).toContain('it is not proved that you hold the private key');
    expect(refusalOf(requestOf({ publicKey: rsa.publicKey, privateKey: ec.privateKey }))).toContain('not proved');
  });

  it.each([
    ['RSA of 1024 bits', generateKeyPairSync('rsa', { modulusLength: 1024 }), '1024 bits'],
    ['RSA with e = 3', generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 }), 'exponent 3'],
    ['RSA with e = 17', generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 17 }), 'exponent 17'],
    ['P-384', generateKeyPairSync('ec', { namedCurve: 'P-384' }), 'P-256'],
    ['P-192', generateKeyPairSync('ec', { namedCurve: 'prime192v1' }), 'P-256'],
  ])('refuses %s [K2]', (_, pair, told) => {
    expect(refusalOf(requestOf(pair))).toContain(told);
  });

  it('refuses attributes twice, with several values, or too many', () => {
    expect(refusalOf(requestOf(ec, challenge, challenge))).toContain('there twice');
    expect(refusalOf(requestOf(ec, attribute('1.2.3', integer(1), integer(2))))).toContain('more than 1 members');
    const many = Array.from({ length: 17 }, (_, at) => attribute(`1.2.${at}`, integer(1)));
    expect(refusalOf(requestOf(ec, ...many))).toContain('more than 16 members');
  });

  it('refuses whatever may be a private key, in every form [K13]', () => {
    const pem = (pair: Pair, type: 'pkcs8' | 'pkcs1' | 'sec1', secret = false) =>
      pair.privateKey
        .export({ type: type as 'pkcs8', format: 'pem', ...(secret ? { cipher: 'aes-256-cbc', passphrase: 'x' } : {}) })
        .toString();
    const der = (pair: Pair) => pair.privateKey.export({ type: 'pkcs8', format: 'der' });
    const sealed = rsa.privateKey.export({ type: 'pkcs8', format: 'der', cipher: 'aes-256-cbc', passphrase: 'x' });
    const request = renderPem('CERTIFICATE REQUEST', requestOf(ec));
    const inputs = [
      pem(rsa, 'pkcs8'),
      pem(rsa, 'pkcs1'),
      pem(ec, 'sec1'),
      pem(rsa, 'pkcs8', true),
      request + pem(ec, 'pkcs8'),
      der(rsa),
      der(ec),
      sealed,
      der(rsa).toString('base64'),
      rsa.privateKey.export({ type: 'pkcs1', format: 'der' }),
    ];
    for (const input of inputs) {
      const message = refusalOf(input);
      expect(message).toContain('private key. Nothing of it was kept');
    }
  });

  it('refuses other PEM blocks, several, text around them, other versions, and what is too long', () => {
    const der = requestOf(ec);
    const pem = renderPem('CERTIFICATE REQUEST', der);
    expect(refusalOf(pem.replaceAll('CERTIFICATE REQUEST', 'CERTIFICATE'))).toContain('alone');
    expect(refusalOf(pem + pem)).toContain('alone');
    expect(refusalOf(`<script>${pem}`)).toContain('alone');
    expect(refusalOf('A'.repeat(40_000))).toContain('longer than');
    expect(refusalOf(tlv(0x30, new Uint8Array(17_000)))).toContain('longer than');
    const second = signStructure(sequence(integer(1), name, renderSpki(ec.publicKey), explicit(0)), ec.privateKey);
    expect(refusalOf(second)).toContain('version');
    expect(refusalOf(sequence(sequence(), octetString(new Uint8Array(4))))).toContain('private key');
  });

  it('reads or refuses whatever octets there are, and throws nothing but Refusal', () => {
    const der = requestOf(ec, extensionRequest(caConstraints()));
    const altered = fc
      .tuple(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }))
      .map(([at, change]) => der.map((octet, position) => (position === at ? octet ^ change : octet)));
    fc.assert(
      fc.property(altered, (input) => {
        expect(refusalOf(Uint8Array.from(input))).not.toBe('none');
      }),
    );
    fc.assert(
      fc.property(fc.nat(der.length - 1), (end) => {
        expect(refusalOf(der.subarray(0, end))).not.toBe('none');
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (input) => {
        expect(refusalOf(input)).not.toBe('none');
      }),
    );
    fc.assert(
      fc.property(fc.string(), (input) => {
        expect(refusalOf(input)).not.toBe('none');
      }),
    );
  });
});
