import type { KeyUsage } from '@postern/core/certificate/certificate.js';
import type { ServiceCriterion, ServiceQualification } from '@postern/core/trust/trust-service.js';
import { refuseList } from './refuse-list.js';
import { attributeOf, elementsOf, isNamed, onlyChild, textOf } from './walk-xml.js';
import type { XmlElement } from './xml-element.js';
import { additionalName, qualificationName, xadesName } from './xml-names.js';

/**
 * Reads a Qualifications element (TS 119 612 clause 5.5.9.2) as data; core evaluates it for a certificate. What is not
 * known becomes the criterion `unknown`; what is not as the schema has it throws `Refusal`.
 */
export function parseQualifications(element: XmlElement): readonly ServiceQualification[] {
  return elementsOf(element).map((qualification) => {
    if (!isNamed(qualification, qualificationName('QualificationElement')))
      refuseList(`${qualification.localName} is no QualificationElement.`);
    const qualifiers = elementsOf(onlyChild(qualification, qualificationName('Qualifiers')));
    return {
      qualifiers: qualifiers.map((qualifier) => (attributeOf(qualifier, 'uri') ?? '').trim().slice(0, maxText)),
      criterion: parseCriteria(onlyChild(qualification, qualificationName('CriteriaList'))),
    };
  });
}

const maxText = 500;

function parseCriteria(list: XmlElement): ServiceCriterion {
  const assert = attributeOf(list, 'assert');
  if (assert !== 'all' && assert !== 'atLeastOne' && assert !== 'none') return unknown(`assert="${assert ?? ''}"`);
  return { kind: 'list', assert, criteria: elementsOf(list).flatMap(parseCriterion) };
}

function parseCriterion(element: XmlElement): readonly ServiceCriterion[] {
  if (isNamed(element, qualificationName('Description'))) return [];
  if (isNamed(element, qualificationName('CriteriaList'))) return [parseCriteria(element)];
  if (isNamed(element, qualificationName('KeyUsage'))) return [parseKeyUsage(element)];
  if (isNamed(element, qualificationName('PolicySet'))) return [parseIdentifiers(element, 'policies')];
  if (isNamed(element, qualificationName('otherCriteriaList'))) return elementsOf(element).map(parseOther);
  return [unknown(element.localName ?? '')];
}

function parseOther(element: XmlElement): ServiceCriterion {
  if (isNamed(element, additionalName('ExtendedKeyUsage'))) return parseIdentifiers(element, 'key-purposes');
  if (isNamed(element, additionalName('CertSubjectDNAttribute')))
    return parseIdentifiers(element, 'subject-attributes');
  return unknown(element.localName ?? '');
}

function parseKeyUsage(element: XmlElement): ServiceCriterion {
  const bits: { name: KeyUsage; set: boolean }[] = [];
  for (const bit of elementsOf(element)) {
    const name = keyUsages.get(attributeOf(bit, 'name') ?? '');
    const set = booleans.get(textOf(bit));
    if (!isNamed(bit, qualificationName('KeyUsageBit')) || name === undefined || set === undefined)
      return unknown(`KeyUsage ${attributeOf(bit, 'name') ?? ''}`);
    bits.push({ name, set });
  }
  return bits.length === 0 ? unknown('KeyUsage') : { kind: 'key-usage', bits };
}

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** The names of TS 119 612 for those of RFC 5280. */
const keyUsages: ReadonlyMap<string, KeyUsage> = new Map([
  ['digitalSignature', 'digitalSignature'],
  ['nonRepudiation', 'nonRepudiation'],
  ['keyEncipherment', 'keyEncipherment'],
  ['dataEncipherment', 'dataEncipherment'],
  ['keyAgreement', 'keyAgreement'],
  ['keyCertSign', 'keyCertSign'],
  ['crlSign', 'cRLSign'],
  ['encipherOnly', 'encipherOnly'],
  ['decipherOnly', 'decipherOnly'],
]);

function parseIdentifiers(
  element: XmlElement,
  kind: 'policies' | 'key-purposes' | 'subject-attributes',
): ServiceCriterion {
  const wrappers = elementsOf(element);
  const identifiers = wrappers.map((wrapper) => {
    const text = textOf(onlyChild(wrapper, xadesName('Identifier')));
    return text.replace(/^urn:oid:/i, '');
  });
  const unreadable = identifiers.find((identifier) => !/^[0-2](\.(0|[1-9][0-9]*))+$/.test(identifier));
  if (identifiers.length === 0 || unreadable !== undefined) return unknown(`${kind} ${unreadable ?? ''}`);
  return { kind, identifiers };
}

function unknown(name: string): ServiceCriterion {
  return { kind: 'unknown', name: name.slice(0, 100) };
}
