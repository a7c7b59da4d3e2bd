import { DerMembers, parseDer, refuseDer } from '../asn1/der-reader.js';
import { contextPrimitive, tag } from '../asn1/der-tag.js';
import { readText } from '../asn1/der-text.js';
import { Refusal } from '../refusal/refusal.js';
import type { Certificate } from './certificate.js';
import { oid } from './object-identifiers.js';

/** What the CA/Browser Forum's organizationIdentifier extension says, written as the attribute of the subject would be. */
export type OrganizationExtension =
  | { readonly malformed: undefined; readonly text: string }
  | { readonly malformed: string };

/** Reads the extension 2.23.140.3.1 (EV Guidelines, 9.8.2); undefined where there is none, never refuses. */
export function readOrganizationExtension({
  extensions,
}: Pick<Certificate, 'extensions'>): OrganizationExtension | undefined {
  const extension = extensions.find((candidate) => candidate.oid === oid.organizationExtension);
  if (extension === undefined) return undefined;
  try {
    return { malformed: undefined, text: readIdentifier(extension.value) };
  } catch (error) {
    if (error instanceof Refusal) return { malformed: error.message };
    throw error;
  }
}

/** "PSD" "FR" "ACPR-12345" is PSDFR-ACPR-12345; a state or province follows the country after "+". */
function readIdentifier(value: Uint8Array): string {
  const members = new DerMembers(parseDer(value, 'organizationIdentifier', tag.sequence));
  const scheme = textOf(members.next(tag.printableString, 'registrationSchemeIdentifier'));
  const country = textOf(members.next(tag.printableString, 'registrationCountry'));
  const state = members.optional(contextPrimitive(0), 'registrationStateOrProvince');
  const reference = textOf(members.next(tag.utf8String, 'registrationReference'));
  members.end();
  const province = state === undefined ? '' : `+${textOf({ ...state, identifier: tag.printableString })}`;
  return `${scheme}${country}${province}-${reference}`;
}

function textOf(element: Parameters<typeof readText>[0]): string {
  const text = readText(element)?.value ?? '';
  return text === '' || text.length > 256 ? refuseDer(element.name, 'it has no text, or too much') : text;
}
