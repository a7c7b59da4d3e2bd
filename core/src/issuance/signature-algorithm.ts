import { type KeyObject, sign } from 'node:crypto';
import { bitString, nullValue, objectIdentifier, sequence } from '../asn1/der-writer.js';

/** AlgorithmIdentifier of the key's signature with SHA-256: sha256WithRSAEncryption or ecdsa-with-SHA256. */
export function signatureAlgorithm(key: KeyObject): Uint8Array {
  return key.asymmetricKeyType === 'rsa'
    ? sequence(objectIdentifier('1.2.840.113549.1.1.11'), nullValue())
    : sequence(objectIdentifier('1.2.840.10045.4.3.2'));
}

/** The BIT STRING of that signature over the octets. */
export function signatureOver(octets: Uint8Array, key: KeyObject): Uint8Array {
  return bitString(sign('sha256', octets, key));
}

/** SEQUENCE { octets, algorithm, signature }: the form that certificates, CRLs and requests have in the same way. */
export function signStructure(octets: Uint8Array, key: KeyObject): Uint8Array {
  return sequence(octets, signatureAlgorithm(key), signatureOver(octets, key));
}
