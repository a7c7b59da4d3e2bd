import { type DerElement, DerMembers, parseDer, refuseDer, verifyNesting } from '../asn1/der-reader.js';
import { contextConstructed, contextPrimitive, tag } from '../asn1/der-tag.js';
import { readIa5 } from '../asn1/der-text.js';
import type { GeneralName } from './certificate.js';
import { parseName } from './parse-name.js';

const maximumNames = 256;

/** GeneralNames (RFC 5280 clause 4.2.1.6): at least one. */
export function parseGeneralNames(element: DerElement): GeneralName[] {
  const names = new DerMembers(element).rest(element.name, maximumNames).map(parseGeneralName);
  if (names.length === 0) {
    refuseDer(element.name, 'it holds no name');
  }
  return names;
}

/** GeneralName; otherName, x400Address, ediPartyName and registeredID are kept as their DER. */
export function parseGeneralName(element: DerElement): GeneralName {
  switch (element.identifier) {
    case contextPrimitive(1):
      return { kind: 'email', value: readIa5(element) };
    case contextPrimitive(2):
      return { kind: 'dns', value: readIa5(element) };
    case contextConstructed(4):
      return { kind: 'directory', value: parseName(parseDer(element.content, element.name, tag.sequence)) };
    case contextPrimitive(6):
      return { kind: 'uri', value: readIa5(element) };
    case contextPrimitive(7):
      return { kind: 'ip', value: element.content };
    case contextPrimitive(8):
    case contextConstructed(0):
    case contextConstructed(3):
    case contextConstructed(5):
      verifyNesting(element);
      return { kind: 'other', value: element.encoded };
    default:
      return refuseDer(element.name, 'it holds what is not a GeneralName');
  }
}
