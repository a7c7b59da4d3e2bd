import type { CertificationPath, PathFailure } from '../../trust/certification-path.js';
import type { Evidence } from '../evidence.js';

/** The certification path, if one was found. */
export function pathOf({ path }: Evidence): CertificationPath | undefined {
  return 'certificates' in path ? path : undefined;
}

/** Why no path was found; undefined if one was, and where there were no lists to search. */
export function pathFailureOf({ path, trust }: Evidence): PathFailure | undefined {
  if ('certificates' in path) return undefined;
  return path.problem === 'no-issuer' && !trust.available ? undefined : path;
}
