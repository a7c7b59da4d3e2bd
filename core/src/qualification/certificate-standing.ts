import type { Finding } from './finding.js';

/** What a qualification says of the certificate itself, whatever it says of the organisation. */
export interface CertificateStanding {
  readonly state: 'good' | 'ended' | 'unknown';
  /** The finding that decided; undefined when all hold. */
  readonly finding: Finding | undefined;
}

/**
 * Reads from the findings on a certificate whether it counts by everything but the register: a certificate outlives the
 * suspension of its organisation, and an organisation outlives its certificates.
 */
export function certificateStandingOf(findings: readonly Finding[]): CertificateStanding {
  const own = findings.filter(({ layer }) => layer !== 'register');
  const failed = own.find(({ outcome }) => outcome === 'fail');
  if (failed !== undefined) return { state: 'ended', finding: failed };
  const open = own.find(({ outcome }) => outcome === 'indeterminate');
  return { state: open === undefined ? 'good' : 'unknown', finding: open };
}
