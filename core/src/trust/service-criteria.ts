import type { Certificate } from '../certificate/certificate.js';
import type { ServiceCriterion } from './trust-service.js';

/**
 * Whether a certificate meets a criterion of a trusted list (ETSI TS 119 612 v2.4.1, 5.5.9.2.2); undefined when a criterion
 * that is not known decides.
 */
export function meetsCriterion(criterion: ServiceCriterion, certificate: Certificate): boolean | undefined {
  switch (criterion.kind) {
    case 'key-usage':
      return criterion.bits.every(({ name, set }) => hasKeyUsage(certificate, name) === set);
    case 'policies':
      return hasAll(criterion.identifiers, certificate.certificatePolicies);
    case 'key-purposes':
      return hasAll(criterion.identifiers, certificate.extendedKeyUsage ?? []);
    case 'subject-attributes':
      return hasAll(
        criterion.identifiers,
        certificate.subject.rdns.flat().map(({ type }) => type),
      );
    case 'list':
      return combine(
        criterion.assert,
        criterion.criteria.map((each) => meetsCriterion(each, certificate)),
      );
    case 'unknown':
      return undefined;
  }
}

function hasKeyUsage({ keyUsage }: Certificate, name: string): boolean {
  return keyUsage?.some((bit) => bit === name) ?? false;
}

function hasAll(asked: readonly string[], held: readonly string[]): boolean {
  return asked.every((identifier) => held.includes(identifier));
}

/** An unknown answer counts only where the known ones leave it open. */
function combine(
  assert: 'all' | 'atLeastOne' | 'none',
  answers: readonly (boolean | undefined)[],
): boolean | undefined {
  const decisive = assert !== 'all';
  if (answers.includes(decisive)) return assert === 'atLeastOne';
  if (answers.includes(undefined)) return undefined;
  return assert !== 'atLeastOne';
}
