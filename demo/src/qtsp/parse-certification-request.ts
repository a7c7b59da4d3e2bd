import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { DerMembers, parseDer } from '@postern/core/asn1/der-reader.js';
import { contextConstructed, tag } from '@postern/core/asn1/der-tag.js';
import { readObjectIdentifier, readOctetsOfBits } from '@postern/core/asn1/der-values.js';
import { parsePem } from '@postern/core/issuance/pem.js';
import { Refusal } from '@postern/core/refusal/refusal.js';
import { DemoError } from '../demo-error.js';

const MAXIMUM_OCTETS = 16 * 1024;

const hashOfAlgorithm: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
};

/**
 * The public key of a certification request (PKCS #10, RFC 2986) in PEM, once its signature has proved that the sender
 * holds the private key. Names and attributes in it are not looked at: the order says what goes into the certificate.
 * Throws DemoError for anything else, and for keys other than RSA of 2048 to 8192 bits, P-256 and P-384.
 */
export function parseCertificationRequest(pem: string): KeyObject {
  const der = parsePem(pem, ['CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST']);
  if (der === undefined || der.length > MAXIMUM_OCTETS) {
    throw wrong('it is not a PEM certification request (BEGIN CERTIFICATE REQUEST) of at most 16 KiB');
  }
  const request = readRequest(der);
  const publicKey = readPublicKey(request.spki);
  const hash = hashOfAlgorithm[request.algorithm];
  if (hash === undefined) {
    throw wrong('it must be signed with RSA (PKCS #1 v1.5) or ECDSA and SHA-256, SHA-384 or SHA-512');
  }
  if (!isSignedBy(publicKey, hash, request)) {
    throw wrong('its signature does not verify, so the private key is not proved to be yours');
  }
  return publicKey;
}

function readRequest(der: Uint8Array) {
  try {
    const members = new DerMembers(parseDer(der, 'certification request', tag.sequence));
    const signed = members.next(tag.sequence, 'certificationRequestInfo');
    const algorithm = new DerMembers(members.next(tag.sequence, 'signatureAlgorithm'));
    const signature = readOctetsOfBits(members.next(tag.bitString, 'signature'));
    members.end();
    const requested = new DerMembers(signed);
    requested.next(tag.integer, 'version');
    requested.next(tag.sequence, 'subject');
    const spki = requested.next(tag.sequence, 'subjectPKInfo').encoded;
    requested.optional(contextConstructed(0), 'attributes');
    requested.end();
    const oid = readObjectIdentifier(algorithm.next(tag.objectIdentifier, 'algorithm'));
    return { signed: signed.encoded, spki, algorithm: oid, signature };
  } catch (error) {
    throw error instanceof Refusal ? wrong(error.message) : error;
  }
}

/** A key that OpenSSL loads may still be one that it refuses to use. */
function isSignedBy(key: KeyObject, hash: string, request: { signed: Uint8Array; signature: Uint8Array }): boolean {
  try {
    return verify(hash, request.signed, key, request.signature);
  } catch {
    return false;
  }
}

function readPublicKey(spki: Uint8Array): KeyObject {
  let key: KeyObject;
  try {
    key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  } catch {
    throw wrong('its public key cannot be read');
  }
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {};
  const fits =
    (key.asymmetricKeyType === 'rsa' && modulusLength >= 2048 && modulusLength <= 8192) ||
    (key.asymmetricKeyType === 'ec' && (namedCurve === 'prime256v1' || namedCurve === 'secp384r1'));
  if (!fits) {
    throw wrong('its key must be RSA of 2048 to 8192 bits, or EC on P-256 or P-384');
  }
  return key;
}

function wrong(problem: string): DemoError {
  return new DemoError(`the certification request cannot be used: ${problem}`, { usage: true });
}
