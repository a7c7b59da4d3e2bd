import { canonicalAuthority } from './authority-code.js';

/**
 * One spelling for an authorisation number under its authority: trimmed and in upper case; more only where that
 * authority's numbers cannot collide by it, because dropping signs everywhere would make different numbers equal.
 */
export function canonicalNumber(authority: string, number: string): string {
  const spelled = number.trim().toUpperCase();
  return spellings[canonicalAuthority(authority)]?.(spelled) ?? spelled;
}

const spellings: Readonly<Record<string, ((number: string) => string) | undefined>> = {
  // Finnish business identities end in a check digit after a hyphen, which certificates leave out: 0111027-9.
  'FI-FINFSA': (number) => number.replaceAll('-', ''),
};
