import { constants, verify } from 'node:crypto';
import type { AlgorithmIdentifier, PublicKey } from './certificate.js';
import { keyWeakness } from './key-weakness.js';
import { signatureSchemeOf } from './signature-scheme.js';
import { verificationKeyOf } from './verification-key.js';

/** Bytes with a signature over them, as certificates, CRLs and OCSP responses carry it. */
export interface Signed {
  readonly tbs: Uint8Array;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
}

/** "weak" means that algorithm or key are below the floor and nothing was computed; never throws. */
export type SignatureVerdict =
  | { readonly outcome: 'valid' | 'invalid' }
  | { readonly outcome: 'weak'; readonly detail: string };

/** Verifies a signature made with the key of an issuer, if algorithm and key are strong enough (ETSI TS 119 312). */
export function verifySignature(signed: Signed, publicKey: PublicKey): SignatureVerdict {
  const scheme = signatureSchemeOf(signed.signatureAlgorithm);
  if (scheme === undefined) {
    return { outcome: 'weak', detail: `the signature algorithm ${signed.signatureAlgorithm.oid} is not allowed` };
  }
  const weakness = keyWeakness(publicKey);
  if (weakness !== undefined) {
    return { outcome: 'weak', detail: `the issuer's key: ${weakness}` };
  }
  const key = scheme.key === publicKey.kind ? verificationKeyOf(publicKey) : undefined;
  if (key === undefined) {
    return { outcome: 'invalid' };
  }
  // The key alone where it can be: Node takes an object around it apart at the cost of an RSA verification.
  const input =
    scheme.saltLength === undefined
      ? key
      : { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: scheme.saltLength };
  try {
    const valid = verify(scheme.hash, signed.tbs, input, signed.signature);
    return { outcome: valid ? 'valid' : 'invalid' };
  } catch {
    return { outcome: 'invalid' };
  }
}
