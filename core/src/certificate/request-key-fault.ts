import type { PublicKey } from './certificate.js';
import { keyWeakness } from './key-weakness.js';
import { verificationKeyOf } from './verification-key.js';

const leastModulusBits = 2048;
const mostModulusBits = 4096;
const leastExponent = 65_537;
const curveP256 = '1.2.840.10045.3.1.7';

/** Why nobody should be given a certificate over a key: its kind and size, or the key itself. */
export interface RequestKeyFault {
  readonly reason: 'key-not-allowed' | 'key-unsafe';
  readonly text: string;
}

/** What is wrong with a key to be certified: nothing with RSA of 2048 to 4096 bits with e ≥ 65537, and with P-256. */
export function requestKeyFault(publicKey: PublicKey): RequestKeyFault | undefined {
  const text = describeFault(publicKey);
  return text === undefined ? undefined : { reason: isAllowed(publicKey) ? 'key-unsafe' : 'key-not-allowed', text };
}

function isAllowed({ kind, modulusBits = 0, exponent = 0, curve }: PublicKey): boolean {
  if (kind !== 'rsa') return kind === 'ec' && curve === curveP256;
  return modulusBits >= leastModulusBits && modulusBits <= mostModulusBits && exponent >= leastExponent;
}

function describeFault(publicKey: PublicKey): string | undefined {
  const { kind, modulusBits = 0, exponent = 0, curve } = publicKey;
  const weakness = keyWeakness(publicKey);
  if (weakness !== undefined) return weakness;
  if (kind === 'rsa' && modulusBits > mostModulusBits)
    return `the RSA key has ${modulusBits} bits; ${leastModulusBits} to ${mostModulusBits} are allowed`;
  if (kind === 'rsa' && exponent < leastExponent) return `the RSA exponent ${exponent} is less than ${leastExponent}`;
  if (kind !== 'rsa' && curve !== curveP256) return 'it is neither an RSA key nor one on the curve P-256';
  return verificationKeyOf(publicKey) === undefined ? 'it is no key, for example a point off its curve' : undefined;
}
