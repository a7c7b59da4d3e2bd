import type { Finding } from './finding.js';
import { ruleCatalogue } from './rule-catalogue.js';

/** What a qualification says of the organisation, whatever it says of the certificate. */
export interface OrganizationStanding {
  readonly state: 'authorised' | 'lost' | 'unknown';
  /** The finding that decided; undefined when all hold. */
  readonly finding: Finding | undefined;
}

/**
 * Reads from the findings on any certificate of an organisation whether the register authorises the organisation.
 * Roles that one certificate carries in vain end nothing but their own use. What the register does not tell is unknown.
 */
export function organizationStandingOf(findings: readonly Finding[]): OrganizationStanding {
  const own = findings.filter(({ layer }) => layer === 'register');
  const lost = own.find(({ rule, outcome }) => outcome === 'fail' && blockingRules.has(rule));
  if (lost !== undefined) return { state: 'lost', finding: lost };
  const open = own.find(({ outcome }) => outcome === 'indeterminate');
  const judged = own.some(({ rule, outcome }) => outcome === 'pass' && blockingRules.has(rule));
  return { state: open === undefined && judged ? 'authorised' : 'unknown', finding: open };
}

/** The rules whose failure concerns the organisation itself and not what a certificate says of it. */
const blockingRules: ReadonlySet<string> = new Set(
  ruleCatalogue.filter(({ refusal }) => refusal === 'CERTIFICATE_BLOCKED').map(({ id }) => id),
);
