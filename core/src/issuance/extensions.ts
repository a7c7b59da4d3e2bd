import { createHash, type KeyObject } from 'node:crypto';
import {
  boolean,
  explicit,
  ia5String,
  implicit,
  integer,
  namedBits,
  objectIdentifier,
  octetString,
  sequence,
  tlv,
} from '../asn1/der-writer.js';
import { oid } from '../certificate/object-identifiers.js';
import { publicKeyBits } from './public-key-octets.js';

/** Uses of a key (RFC 5280 clause 4.2.1.3) that are written. */
export type WrittenKeyUsage = keyof typeof keyUsageBits;

const keyUsageBits = {
  digitalSignature: 0,
  nonRepudiation: 1,
  keyEncipherment: 2,
  keyCertSign: 5,
  cRLSign: 6,
} as const;

/** One Extension (RFC 5280 clause 4.1). */
export function extension(type: string, value: Uint8Array, critical = false): Uint8Array {
  return sequence(objectIdentifier(type), ...(critical ? [boolean(true)] : []), octetString(value));
}

export function caConstraints(pathLength?: number): Uint8Array {
  const parts = pathLength === undefined ? [boolean(true)] : [boolean(true), integer(pathLength)];
  return extension(oid.basicConstraints, sequence(...parts), true);
}

export function keyUsage(...usages: readonly WrittenKeyUsage[]): Uint8Array {
  return extension(oid.keyUsage, namedBits(usages.map((usage) => keyUsageBits[usage])), true);
}

export function extendedKeyUsage(...purposes: readonly string[]): Uint8Array {
  return extension(oid.extendedKeyUsage, sequence(...purposes.map(objectIdentifier)));
}

/** Method 1 of RFC 5280 clause 4.2.1.2. */
export function keyIdentifier(publicKey: KeyObject): Uint8Array {
  return createHash('sha1').update(publicKeyBits(publicKey)).digest();
}

export function subjectKeyIdentifier(publicKey: KeyObject): Uint8Array {
  return extension(oid.subjectKeyIdentifier, octetString(keyIdentifier(publicKey)));
}

export function authorityKeyIdentifier(issuerKey: KeyObject): Uint8Array {
  return extension(oid.authorityKeyIdentifier, sequence(implicit(0, octetString(keyIdentifier(issuerKey)))));
}

export function certificatePolicies(...policies: readonly string[]): Uint8Array {
  return extension(oid.certificatePolicies, sequence(...policies.map((policy) => sequence(objectIdentifier(policy)))));
}

export function authorityInformationAccess(locations: { ocsp?: string; issuer: string }): Uint8Array {
  const access = [
    ...(locations.ocsp === undefined ? [] : [accessDescription('1.3.6.1.5.5.7.48.1', locations.ocsp)]),
    accessDescription('1.3.6.1.5.5.7.48.2', locations.issuer),
  ];
  return extension(oid.authorityInfoAccess, sequence(...access));
}

export function crlDistributionPoint(address: string): Uint8Array {
  const fullName = explicit(0, uriName(address));
  return extension(oid.crlDistributionPoints, sequence(sequence(explicit(0, fullName))));
}

export function alternativeNames(names: { dns?: readonly string[]; ip?: readonly Uint8Array[] }): Uint8Array {
  const dns = (names.dns ?? []).map((name) => implicit(2, ia5String(name)));
  const ip = (names.ip ?? []).map((address) => tlv(0x87, address));
  return extension(oid.subjectAlternativeName, sequence(...dns, ...ip));
}

function accessDescription(method: string, address: string): Uint8Array {
  return sequence(objectIdentifier(method), uriName(address));
}

function uriName(address: string): Uint8Array {
  return implicit(6, ia5String(address));
}
