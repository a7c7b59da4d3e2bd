import type { CertificateUse } from '@postern/core/trust/trust-service.js';
import type { Element } from '@xmldom/xmldom';
import { childrenOf, elementsOf, onlyChild } from './walk-xml.js';
import { qualificationName } from './xml-names.js';

/**
 * Whether Qualifications extensions (TS 119 612 clause 5.5.9.2) leave every certificate that carries its own QcCompliance and
 * QcType as it is, whichever criteria it meets: then, and only then, their criteria need not be evaluated.
 *
 * Qualifiers about devices and persons, and the one that makes up for a missing statement, never matter here. A qualifier
 * that sets the type does not matter when it is the only type that the service is granted for at all.
 * NotQualified and unknown qualifiers always matter.
 */
export function areQualificationsWithoutEffect(
  extensions: readonly Element[],
  uses: readonly CertificateUse[],
): boolean {
  const elements = extensions.flatMap((extension) => childrenOf(extension, qualificationName('QualificationElement')));
  if (elements.length !== extensions.flatMap(elementsOf).length) return false;
  const qualifiers = elements
    .flatMap((element) => elementsOf(onlyChild(element, qualificationName('Qualifiers'))))
    .map((qualifier) => qualifier.getAttribute('uri') ?? '')
    .filter((uri) => !neutral.has(uri));
  return qualifiers.every((uri) => uses.length === 1 && typeQualifiers.get(uri) === uses[0]);
}

const base = 'http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/';

const typeQualifiers: ReadonlyMap<string, CertificateUse> = new Map([
  [`${base}QCForWSA`, 'website'],
  [`${base}QCForESeal`, 'seal'],
  [`${base}QCForESig`, 'signature'],
]);

const neutral: ReadonlySet<string> = new Set(
  [
    'QCStatement',
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
