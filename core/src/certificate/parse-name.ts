import { type DerElement, DerMembers, expectIdentifier, refuseDer, verifyNesting } from '../asn1/der-reader.js';
import { tag } from '../asn1/der-tag.js';
import { readText } from '../asn1/der-text.js';
import { readObjectIdentifier } from '../asn1/der-values.js';
import type { Name, NameAttribute } from './certificate.js';

/** Thirteen times the longest name among the CAs on the trusted lists; what a name may cost to compare and to print grows with it. */
const maximumOctets = 4096;
const maximumRelativeNames = 64;
const maximumAttributes = 16;

/** Name (RFC 5280 clause 4.1.2.4) as a structure; it may be empty. */
export function parseName(element: DerElement): Name {
  expectIdentifier(element, tag.sequence);
  if (element.encoded.length > maximumOctets) {
    refuseDer(element.name, `it is longer than ${maximumOctets} octets`);
  }
  const rdns = new DerMembers(element).rest(element.name, maximumRelativeNames, tag.set).map(parseRelativeName);
  return { der: element.encoded, rdns };
}

function parseRelativeName(element: DerElement): NameAttribute[] {
  const attributes = new DerMembers(element).rest(element.name, maximumAttributes, tag.sequence);
  if (attributes.length === 0) {
    refuseDer(element.name, 'a relative distinguished name is empty');
  }
  for (const [index, attribute] of attributes.entries()) {
    const previous = attributes[index - 1];
    if (previous !== undefined && Buffer.compare(previous.encoded, attribute.encoded) >= 0) {
      refuseDer(element.name, 'the attributes of a relative distinguished name are not in the order of DER');
    }
  }
  return attributes.map(parseAttribute);
}

function parseAttribute(element: DerElement): NameAttribute {
  const members = new DerMembers(element);
  const type = readObjectIdentifier(members.next(tag.objectIdentifier, element.name));
  const value = members.any(`${element.name} ${type}`);
  members.end();
  const text = readText(value);
  if (text !== undefined) {
    return { type, value: text.value, encoding: text.encoding };
  }
  verifyNesting(value);
  return { type, value: `#${Buffer.from(value.encoded).toString('hex')}`, encoding: 'other' };
}
