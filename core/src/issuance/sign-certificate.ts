import type { KeyObject } from 'node:crypto';
import { explicit, integer, sequence, time } from '../asn1/der-writer.js';
import { renderSpki } from './public-key-octets.js';
import { signatureAlgorithm, signStructure } from './signature-algorithm.js';

export interface CertificateRecipe {
  /** Unsigned magnitude; at most 20 octets, of which 64 bits are random (RFC 5280 clause 4.1.2.2). */
  readonly serialNumber: Uint8Array;
  /** A Name, DER. */
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly publicKey: KeyObject;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Extensions, DER, in their order. */
  readonly extensions: readonly Uint8Array[];
}

/** A version 3 certificate (RFC 5280 clause 4.1) over the recipe; DER. */
export function signCertificate(recipe: CertificateRecipe, issuerKey: KeyObject): Uint8Array {
  const tbs = sequence(
    explicit(0, integer(2)),
    integer(recipe.serialNumber),
    signatureAlgorithm(issuerKey),
    recipe.issuer,
    sequence(time(recipe.notBefore), time(recipe.notAfter)),
    recipe.subject,
    renderSpki(recipe.publicKey),
    explicit(3, sequence(...recipe.extensions)),
  );
  return signStructure(tbs, issuerKey);
}
