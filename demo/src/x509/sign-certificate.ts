import { type KeyObject, randomBytes } from 'node:crypto';
import { explicit, integer, sequence, time } from '@postern/core/asn1/der-writer.js';
import { renderSpki } from '@postern/core/issuance/public-key-octets.js';
import { signatureAlgorithm, signStructure } from '@postern/core/issuance/signature-algorithm.js';

export interface CertificateRecipe {
  /** A Name, DER. */
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly publicKey: KeyObject;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Extensions, DER, in their order. */
  readonly extensions: readonly Uint8Array[];
}

/** A version 3 certificate (RFC 5280 clause 4.1) over the recipe, with a random serial number; DER. */
export function signCertificate(recipe: CertificateRecipe, issuerKey: KeyObject): Uint8Array {
  const tbs = sequence(
    explicit(0, integer(2)),
    integer(randomSerialNumber()),
    signatureAlgorithm(issuerKey),
    recipe.issuer,
    sequence(time(recipe.notBefore), time(recipe.notAfter)),
    recipe.subject,
    renderSpki(recipe.publicKey),
    explicit(3, sequence(...recipe.extensions)),
  );
  return signStructure(tbs, issuerKey);
}

/** 16 octets, positive, and of the same length always: the first octet is neither 0 nor above 0x7f. */
function randomSerialNumber(): Uint8Array {
  const octets = randomBytes(16);
  octets[0] = ((octets[0] ?? 0) & 0x3f) | 0x40;
  return octets;
}
