import type { Certificate, NameAttribute } from './certificate.js';
import { oid } from './object-identifiers.js';

/** What the organizationIdentifier (2.5.4.97) of a certificate's subject says. */
export type OrganizationIdentifier =
  | {
      readonly kind: 'psd';
      /** ISO 3166-1 alpha-2, upper case. */
      readonly country: string;
      /** The competent authority's letters, e.g. "ACPR". */
      readonly authority: string;
      /** The authorisation number; it may contain hyphens. */
      readonly number: string;
      readonly text: string;
    }
  | {
      /** Another form of EN 319 412-1 clause 5.1.4: "VAT", "NTR", "LEI" or a national "XX:". */
      readonly kind: 'other';
      readonly scheme: string;
      readonly text: string;
    }
  | { readonly kind: 'missing' }
  | { readonly kind: 'malformed'; readonly text: string; readonly detail: string }
  | { readonly kind: 'repeated'; readonly texts: readonly string[] };

/** Reads the organizationIdentifier octet by octet (TS 119 495 clause 5.2.1): nothing is trimmed, folded or repaired. */
export function readOrganizationIdentifier(certificate: Pick<Certificate, 'subject'>): OrganizationIdentifier {
  const found = certificate.subject.rdns.flat().filter(({ type }) => type === oid.organizationIdentifier);
  const [only] = found;
  if (only === undefined) {
    return { kind: 'missing' };
  }
  if (found.length > 1) {
    return { kind: 'repeated', texts: found.map(({ value }) => value) };
  }
  return readAttribute(only);
}

function readAttribute({ value: text, encoding }: NameAttribute): OrganizationIdentifier {
  if (encoding === 'utf8' || encoding === 'printable') return parseOrganizationIdentifier(text);
  return {
    kind: 'malformed',
    text,
    detail: `it is a ${encoding} string where UTF8String or PrintableString belongs`,
  };
}

/** The same for a text that was read before: nothing is trimmed, folded or repaired. */
export function parseOrganizationIdentifier(text: string): OrganizationIdentifier {
  const foreign = strangeCharacter(text);
  if (foreign !== undefined) {
    return { kind: 'malformed', text, detail: foreign };
  }
  return /^psd/i.test(text) ? readPsd(text) : readOther(text);
}

function readPsd(text: string): OrganizationIdentifier {
  const parts = /^PSD([A-Z]{2})-([A-Z]{2,8})-(.+)$/.exec(text);
  if (parts === null) {
    return { kind: 'malformed', text, detail: mistakeIn(text) };
  }
  const [, country = '', authority = '', number = ''] = parts;
  return { kind: 'psd', country, authority, number, text };
}

/** Names the mistakes that are met in the wild. */
function mistakeIn(text: string): string {
  if (/^PSD[A-Z]{3}-/.test(text))
    return 'the country is written with three letters where two belong (ISO 3166-1 alpha-2)';
  if (/^PSD[A-Z]{2}-[A-Z]{2,8}-.+$/i.test(text)) return 'scheme, country and authority are not in upper case';
  return 'it is not PSD, two letters of country, "-", two to eight letters of authority, "-", number';
}

function readOther(text: string): OrganizationIdentifier {
  const [, scheme] = /^(VAT|NTR|LEI(?=XG)|[A-Z]{2}:)[A-Z]{2}-./.exec(text) ?? [];
  if (scheme === undefined && /^[A-Z]{2}-[A-Z]{2,8}-./.test(text)) {
    return { kind: 'malformed', text, detail: 'the scheme is missing: it begins with the country where PSD belongs' };
  }
  if (scheme === undefined) {
    return {
      kind: 'malformed',
      text,
      detail: 'it is of no form of EN 319 412-1: VAT, NTR, LEIXG or "XX:", two letters of country, "-", number',
    };
  }
  return { kind: 'other', scheme, text };
}

/** Hyphens and blanks that look like ASCII, and blanks at the ends, are how one organisation is made to look like another. */
function strangeCharacter(text: string): string | undefined {
  const index = text.search(/[^\x20-\x7e]/);
  if (index >= 0) {
    const codePoint = (text.codePointAt(index) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `it holds U+${codePoint} at position ${index + 1}; only visible ASCII is allowed`;
  }
  return text.startsWith(' ') || text.endsWith(' ') ? 'it begins or ends with a blank' : undefined;
}
