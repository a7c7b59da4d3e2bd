import { type KeyObject, randomBytes } from 'node:crypto';
import {
  type CertificateRecipe,
  signCertificate as signWithSerialNumber,
} from '@postern/core/issuance/sign-certificate.js';

/** A version 3 certificate (RFC 5280 clause 4.1) over the recipe, with a random serial number; DER. */
export function signCertificate(recipe: Omit<CertificateRecipe, 'serialNumber'>, issuerKey: KeyObject): Uint8Array {
  return signWithSerialNumber({ ...recipe, serialNumber: randomSerialNumber() }, issuerKey);
}

/** 16 octets, positive, and of the same length always: the first octet is neither 0 nor above 0x7f. */
function randomSerialNumber(): Uint8Array {
  const octets = randomBytes(16);
  octets[0] = ((octets[0] ?? 0) & 0x3f) | 0x40;
  return octets;
}
