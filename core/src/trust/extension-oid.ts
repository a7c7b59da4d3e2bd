import { oid } from '../certificate/object-identifiers.js';

/** Extensions that only the certification path is judged by. */
export const extensionOid = {
  policyConstraints: '2.5.29.36',
  inhibitAnyPolicy: '2.5.29.54',
} as const;

/** Critical extensions that the path is judged by, or that are read for other rules: any other one refuses the path. */
export const understoodWhenCritical: ReadonlySet<string> = new Set([
  oid.basicConstraints,
  oid.keyUsage,
  oid.extendedKeyUsage,
  oid.certificatePolicies,
  oid.subjectAlternativeName,
  oid.nameConstraints,
  oid.crlDistributionPoints,
  oid.qcStatements,
  extensionOid.policyConstraints,
  extensionOid.inhibitAnyPolicy,
]);
