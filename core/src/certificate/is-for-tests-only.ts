import type { Certificate } from './certificate.js';
import { oid } from './object-identifiers.js';

/** Whether a certificate says of itself, by its policy (RFC 5280 section 4.2.1.4), that it is of a sandbox. */
export function isForTestsOnly({ certificatePolicies }: Pick<Certificate, 'certificatePolicies'>): boolean {
  return certificatePolicies.includes(oid.policyTestsOnly);
}
