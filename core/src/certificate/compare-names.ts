import type { Name, NameAttribute } from './certificate.js';

/** Whether two names are the same after RFC 5280 clause 7.1. */
export function namesEqual(one: Name, other: Name): boolean {
  return Buffer.compare(one.der, other.der) === 0 || nameKey(one) === nameKey(other);
}

const keys = new WeakMap<Name, string>();

/** A text that is the same for two names exactly if they are equal after RFC 5280 clause 7.1; an index key, not for reading. */
export function nameKey(name: Name): string {
  const known = keys.get(name);
  if (known !== undefined) return known;
  const key = JSON.stringify(relativeNameKeys(name));
  keys.set(name, key);
  return key;
}

/** One key for each relative name, in their order. */
export function relativeNameKeys(name: Name): string[] {
  return name.rdns.map((attributes) => JSON.stringify(attributes.map(attributeKey).sort()));
}

function attributeKey(attribute: NameAttribute): string {
  const { type, value, encoding } = attribute;
  const foldable = encoding === 'utf8' || encoding === 'printable';
  return foldable
    ? `${type}=${foldText(value)}`
    : `${type}=${encoding}:${encoding === 'ia5' ? value.toLowerCase() : value}`;
}

/** Compatibility composition, lower case, outer blanks dropped and inner ones collapsed: the part of RFC 4518 that names of CAs need. */
function foldText(value: string): string {
  if (tooManyMarks.test(value)) return value;
  return value.normalize('NFKC').toLowerCase().trim().replaceAll(/\s+/g, ' ');
}

/** No language writes so many marks on one letter (Unicode UAX 15, 13.1), and composing them costs the square of their number. */
const tooManyMarks = /\p{M}{31}/u;
