import type { PublicKey } from './certificate.js';
import { hasRocaFingerprint } from './roca-fingerprint.js';

const leastModulusBits = 2048;
/** Above this a signature check costs an attacker nothing and us milliseconds. */
const mostModulusBits = 8192;

const strongCurves: ReadonlySet<string> = new Set(['1.2.840.10045.3.1.7', '1.3.132.0.34', '1.3.132.0.35']);

/** Why a public key may not be relied upon (ETSI TS 119 312): undefined for RSA of 2048 to 8192 bits, P-256, P-384, P-521 and Ed25519 (decision 32). */
export function keyWeakness(publicKey: PublicKey): string | undefined {
  const { kind, curve, algorithm } = publicKey;
  switch (kind) {
    case 'rsa':
      return rsaWeakness(publicKey);
    case 'ec':
      return curve !== undefined && strongCurves.has(curve)
        ? undefined
        : `the curve ${nameOf(curve)} is not one of P-256, P-384, P-521`;
    case 'ed25519':
      return undefined;
    default:
      return `the key algorithm ${algorithm.oid} is not supported`;
  }
}

/** Of those that somebody may have been issued in good faith; others are told by their number. */
const knownCurves: ReadonlyMap<string, string> = new Map([
  ['1.3.36.3.3.2.8.1.1.7', 'brainpoolP256r1'],
  ['1.3.36.3.3.2.8.1.1.11', 'brainpoolP384r1'],
  ['1.3.36.3.3.2.8.1.1.13', 'brainpoolP512r1'],
  ['1.3.132.0.10', 'secp256k1'],
]);

function nameOf(curve: string | undefined): string {
  return curve === undefined ? 'with explicit parameters' : (knownCurves.get(curve) ?? curve);
}

const judged = new WeakMap<PublicKey, string | null>();

/** Judged once for each key: the fingerprint is a calculation with the whole modulus. */
function rsaWeakness(publicKey: PublicKey): string | undefined {
  const known = judged.get(publicKey);
  if (known !== undefined) return known ?? undefined;
  const weakness = findRsaWeakness(publicKey);
  judged.set(publicKey, weakness ?? null);
  return weakness;
}

function findRsaWeakness({ modulusBits = 0, exponent, spki }: PublicKey): string | undefined {
  if (modulusBits < leastModulusBits || modulusBits > mostModulusBits) {
    return `the RSA key has ${modulusBits} bits; ${leastModulusBits} to ${mostModulusBits} are allowed`;
  }
  if (exponent === undefined || exponent <= 3) {
    return `the RSA exponent ${exponent ?? 'of more than 32 bits'} is not allowed`;
  }
  return hasRocaFingerprint(spki)
    ? 'the RSA key has the fingerprint of CVE-2017-15361 ("ROCA"): its primes can be found'
    : undefined;
}
