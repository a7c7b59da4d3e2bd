import { DerMembers, parseDer } from '../asn1/der-reader.js';
import { contextPrimitive, tag } from '../asn1/der-tag.js';
import { readSmallInteger } from '../asn1/der-values.js';
import type { Certificate } from '../certificate/certificate.js';
import { namesEqual } from '../certificate/compare-names.js';
import { extensionOid } from './extension-oid.js';

const anyPolicy = '2.5.29.32.0';

/**
 * Why the certificate policies along a path (end entity first) are not valid where a CA demands that they are
 * (RFC 5280 clause 6.1, without policy mappings: a mapped policy counts as another one). Throws Refusal on malformed constraints.
 */
export function judgePolicies(path: readonly Certificate[]): string | undefined {
  let valid: 'any' | ReadonlySet<string> = 'any';
  let certificatesBeforeExplicit = Number.POSITIVE_INFINITY;
  let certificatesBeforeNoAny = Number.POSITIVE_INFINITY;
  for (const [index, certificate] of path.toReversed().entries()) {
    const last = index === path.length - 1;
    const selfIssued = !last && namesEqual(certificate.issuer, certificate.subject);
    // An anchor's constraints count, its own policies do not: it is trusted for all of them.
    if (index > 0) {
      valid = restrict(valid, certificate.certificatePolicies, certificatesBeforeNoAny > 0 || selfIssued);
    }
    if (!selfIssued) {
      certificatesBeforeExplicit = Math.max(0, certificatesBeforeExplicit - 1);
      certificatesBeforeNoAny = Math.max(0, certificatesBeforeNoAny - 1);
    }
    certificatesBeforeExplicit = Math.min(certificatesBeforeExplicit, explicitAfter(certificate));
    certificatesBeforeNoAny = Math.min(certificatesBeforeNoAny, noAnyAfter(certificate));
    if (certificatesBeforeExplicit === 0 && valid !== 'any' && valid.size === 0) {
      return 'policyConstraints: an issuer demands a certificate policy, and none is valid along the path';
    }
  }
  return undefined;
}

function restrict(
  valid: 'any' | ReadonlySet<string>,
  policies: readonly string[],
  anyPolicyCounts: boolean,
): 'any' | ReadonlySet<string> {
  if (anyPolicyCounts && policies.includes(anyPolicy)) return valid;
  const own = new Set(policies.filter((policy) => policy !== anyPolicy));
  return valid === 'any' ? own : new Set([...own].filter((policy) => valid.has(policy)));
}

function explicitAfter(certificate: Certificate): number {
  const extension = certificate.extensions.find(({ oid }) => oid === extensionOid.policyConstraints);
  if (extension === undefined) return Number.POSITIVE_INFINITY;
  const members = new DerMembers(parseDer(extension.value, 'policyConstraints', tag.sequence));
  const requireExplicit = members.optional(contextPrimitive(0), 'requireExplicitPolicy');
  const inhibitMapping = members.optional(contextPrimitive(1), 'inhibitPolicyMapping');
  members.end();
  if (inhibitMapping !== undefined) readSmallInteger(inhibitMapping);
  return requireExplicit === undefined ? Number.POSITIVE_INFINITY : readSmallInteger(requireExplicit);
}

function noAnyAfter(certificate: Certificate): number {
  const extension = certificate.extensions.find(({ oid }) => oid === extensionOid.inhibitAnyPolicy);
  if (extension === undefined) return Number.POSITIVE_INFINITY;
  return readSmallInteger(parseDer(extension.value, 'inhibitAnyPolicy', tag.integer));
}
