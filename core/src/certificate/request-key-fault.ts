import type { PublicKey } from './certificate.js';
import { keyWeakness } from './key-weakness.js';
import { verificationKeyOf } from './verification-key.js';

const mostModulusBits = 4096;
const leastExponent = 65_537;
const curveP256 = '1.2.840.10045.3.1.7';

/** Why nobody should be given a certificate over a key: undefined for RSA of 2048 to 4096 bits with e ≥ 65537, and for P-256. */
export function requestKeyFault(publicKey: PublicKey): string | undefined {
  const { kind, modulusBits = 0, exponent = 0, curve } = publicKey;
  const weakness = keyWeakness(publicKey);
  if (weakness !== undefined) return weakness;
  if (kind === 'rsa' && modulusBits > mostModulusBits)
    return `the RSA key has ${modulusBits} bits; 2048 to ${mostModulusBits} are allowed`;
  if (kind === 'rsa' && exponent < leastExponent) return `the RSA exponent ${exponent} is less than ${leastExponent}`;
  if (kind !== 'rsa' && curve !== curveP256) return 'it is neither an RSA key nor one on the curve P-256';
  return verificationKeyOf(publicKey) === undefined ? 'it is no key, for example a point off its curve' : undefined;
}
