import type { KeySetRules } from './key-set-rules.js';
import { type JwkReading, type KeyCandidate, parseJwk } from './parse-jwk.js';
import type { Problem } from './problem.js';

const mostKeys = 20;

export interface KeySetReading {
  /** The keys that have the right form, to be judged for the use "seal". */
  readonly candidates: readonly KeyCandidate[];
  readonly problems: readonly Problem[];
  /** Certificates (`x5t#S256`) that came with members of their private keys. */
  readonly exposed: readonly string[];
}

/**
 * Takes a JWK Set (RFC 7517 section 5) apart: each key that could be registered, and everything that is wrong with the others. Each key
 * is a step, as its path has signatures to verify.
 */
export function* admitKeySet(jwks: unknown, rules: KeySetRules = {}): Generator<void, KeySetReading> {
  const keys = readKeys(jwks, rules);
  if (typeof keys === 'string') return { candidates: [], problems: [problem('jwks', keys)], exposed: [] };
  const readings: JwkReading[] = [];
  for (const [position, key] of keys.entries()) {
    if (position > 0) yield;
    readings.push(parseJwk(key, `jwks.keys[${position}]`, rules));
  }
  const problems = readings.flatMap((reading, position) =>
    reading.candidate === undefined ? reading.faults.map((fault) => problem(`jwks.keys[${position}]`, fault)) : [],
  );
  const candidates = readings.flatMap(({ candidate }) => (candidate === undefined ? [] : [candidate]));
  const exposed = readings.flatMap((reading) =>
    reading.candidate === undefined && reading.exposed !== undefined ? [reading.exposed] : [],
  );
  return { candidates, problems: [...problems, ...findRepeats(candidates)], exposed: [...new Set(exposed)] };
}

function readKeys(jwks: unknown, { mayBeEmpty }: KeySetRules): readonly unknown[] | string {
  const keys: unknown =
    typeof jwks === 'object' && jwks !== null && Object.hasOwn(jwks, 'keys')
      ? (jwks as { keys: unknown }).keys
      : undefined;
  if (!Array.isArray(keys))
    return 'must be given as an object with the list keys, one JWK for each sealing certificate (QSealC)';
  if (keys.length === 0 && mayBeEmpty !== true) return 'must hold at least one key';
  return keys.length > mostKeys ? `must hold at most ${mostKeys} keys` : keys;
}

function findRepeats(candidates: readonly KeyCandidate[]): readonly Problem[] {
  return candidates.flatMap(({ member, key }, position) => {
    const before = candidates.slice(0, position);
    const sameCertificate = before.some((other) => other.key.kid === key.kid);
    const sameAddress = key.x5u !== undefined && before.some((other) => other.key.x5u === key.x5u);
    const names = candidates.filter((other) => other.key !== key).flatMap((other) => [other.key.kid, other.key.alias]);
    const sameAlias = key.alias !== undefined && names.includes(key.alias);
    return [
      ...(sameAlias ? [problem(member, 'must not have the kid of another key')] : []),
      ...(sameCertificate ? [problem(member, 'must not repeat the certificate of another key')] : []),
      ...(sameAddress ? [problem(member, 'must not repeat the x5u of another key')] : []),
    ];
  });
}

function problem(member: string, fault: string): Problem {
  return { member, text: `${member} ${fault}.` };
}
