import { objectIdentifier, printableString, sequence, set, utf8String } from '../asn1/der-writer.js';
import { oid } from '../certificate/object-identifiers.js';

const attributeTypes = {
  countryName: oid.countryName,
  localityName: '2.5.4.7',
  organizationName: oid.organizationName,
  organizationIdentifier: oid.organizationIdentifier,
  businessCategory: '2.5.4.15',
  jurisdictionCountryName: '1.3.6.1.4.1.311.60.2.1.3',
  serialNumber: '2.5.4.5',
  commonName: oid.commonName,
} as const;

/** RFC 5280 appendix A.1 has these as PrintableString only. */
const printable: readonly string[] = ['countryName', 'jurisdictionCountryName', 'serialNumber'];

export type NameParts = Partial<Record<keyof typeof attributeTypes, string>>;

/** A Name with one attribute in each relative name, in the order of the object's members. */
export function distinguishedName(parts: NameParts): Uint8Array {
  const attributes = Object.entries(parts).map(([type, value]) =>
    set(
      sequence(
        objectIdentifier(attributeTypes[type as keyof typeof attributeTypes]),
        printable.includes(type) ? printableString(value) : utf8String(value),
      ),
    ),
  );
  return sequence(...attributes);
}
