import type { Certificate } from '../certificate/certificate.js';
import { meetsCriterion } from './service-criteria.js';
import type { CertificateUse, ServiceStatus } from './trust-service.js';

/** What a trusted list says about one certificate of a service beyond what the certificate says itself. */
export interface CertificateQualifiers {
  /** Whether it is qualified: NotQualified or QCStatement; undefined leaves it to the certificate. */
  readonly qualified: boolean | undefined;
  /** Its type: QCForWSA, QCForESeal, QCForESig; undefined leaves it to the certificate. */
  readonly type: CertificateUse | undefined;
  /** Those that hold, by their last word, e.g. "QCForWSA". */
  readonly names: readonly string[];
}

/**
 * Evaluates the qualifiers of a service for a certificate (ETSI TS 119 615 v1.4.1, 4.4.4). A sentence instead when it cannot
 * be told: a criterion or a qualifier that is not known, or qualifiers that contradict each other. Qualifiers about devices
 * and persons change nothing that is judged.
 */
export function evaluateQualifiers(status: ServiceStatus, certificate: Certificate): CertificateQualifiers | string {
  const held = new Set<string>();
  for (const { qualifiers, criterion } of status.qualifications ?? []) {
    const meets = meetsCriterion(criterion, certificate);
    if (meets === false) continue;
    for (const uri of qualifiers) {
      if (meets === undefined && !neutral.has(uri)) return `a criterion of ${nameOf(uri)} is not known`;
      if (!neutral.has(uri) && !decisive.has(uri)) return `the qualifier ${nameOf(uri)} is not known`;
      if (meets === true) held.add(uri);
    }
  }
  return combine(held);
}

const base = 'http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/';
const notQualified = `${base}NotQualified`;
const qualified = `${base}QCStatement`;

const types: ReadonlyMap<string, CertificateUse> = new Map([
  [`${base}QCForWSA`, 'website'],
  [`${base}QCForESeal`, 'seal'],
  [`${base}QCForESig`, 'signature'],
]);

const decisive: ReadonlySet<string> = new Set([notQualified, qualified, ...types.keys()]);

const neutral: ReadonlySet<string> = new Set(
  [
    'QCForLegalPerson',
    'QCWithSSCD',
    'QCNoSSCD',
    'QCSSCDStatusAsInCert',
    'QCWithQSCD',
    'QCNoQSCD',
    'QCQSCDStatusAsInCert',
    'QCQSCDManagedOnBehalf',
  ].map((qualifier) => `${base}${qualifier}`),
);

function combine(held: ReadonlySet<string>): CertificateQualifiers | string {
  if (held.has(notQualified) && held.has(qualified)) return 'it says both NotQualified and QCStatement';
  const found = [...types].filter(([uri]) => held.has(uri));
  if (found.length > 1) return `it gives several types: ${found.map(([uri]) => nameOf(uri)).join(' and ')}`;
  return {
    qualified: held.has(notQualified) ? false : held.has(qualified) ? true : undefined,
    type: found[0]?.[1],
    names: [...held].map(nameOf),
  };
}

function nameOf(uri: string): string {
  return (uri.split('/').at(-1) ?? uri).slice(0, 60);
}
