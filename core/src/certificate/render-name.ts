import type { Name, NameAttribute } from './certificate.js';

export interface NameTextOptions {
  /** How 2.5.4.97 is written; by its number unless told otherwise. */
  readonly organizationIdentifier?: '2.5.4.97' | 'organizationIdentifier';
}

/**
 * Writes a distinguished name as text after RFC 4514, last relative name first; for people to read, never to compare or to parse.
 * Unlike clause 2.4 there, attributes without a short name keep their text instead of the hexadecimal of their DER.
 */
export function renderName(name: Name, options: NameTextOptions = {}): string {
  return name.rdns
    .toReversed()
    .map((attributes) => attributes.map((attribute) => renderAttribute(attribute, options)).join('+'))
    .join(',');
}

/** RFC 4514 clause 3. */
const shortNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
};

function renderAttribute(attribute: NameAttribute, options: NameTextOptions): string {
  const own = attribute.type === '2.5.4.97' ? options.organizationIdentifier : undefined;
  const type = own ?? shortNames[attribute.type] ?? attribute.type;
  return `${type}=${attribute.encoding === 'other' ? attribute.value : escapeValue(attribute.value)}`;
}

/** RFC 4514 clause 2.4, and every character that is not visible as hexadecimal, so that no name can counterfeit another's layout. */
function escapeValue(value: string): string {
  return value
    .replaceAll(/[\\"+,;<>]/g, (character) => `\\${character}`)
    .replaceAll(/^[ #]| $/g, (character) => `\\${character}`)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapeOctets);
}

function escapeOctets(character: string): string {
  return Buffer.from(character, 'utf8')
    .toString('hex')
    .replaceAll(/../g, (octet) => `\\${octet}`);
}
