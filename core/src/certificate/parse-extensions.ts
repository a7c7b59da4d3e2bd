import { type DerElement, DerMembers, parseDer, refuseDer } from '../asn1/der-reader.js';
import { tag } from '../asn1/der-tag.js';
import { readBoolean, readObjectIdentifier } from '../asn1/der-values.js';
import type { Extension } from './certificate.js';

const maximumExtensions = 64;

/** Extensions (RFC 5280 clause 4.2) of a certificate, a CRL or an OCSP message: at least one, none twice. */
export function parseExtensions(element: DerElement): Extension[] {
  const list = parseDer(element.content, element.name, tag.sequence);
  const extensions = new DerMembers(list).rest('extension', maximumExtensions, tag.sequence).map(parseExtension);
  if (extensions.length === 0) {
    refuseDer(element.name, 'the list is empty');
  }
  const seen = new Set<string>();
  for (const { oid } of extensions) {
    if (seen.has(oid)) {
      refuseDer(element.name, `the extension ${oid} is there twice`);
    }
    seen.add(oid);
  }
  return extensions;
}

function parseExtension(element: DerElement): Extension {
  const members = new DerMembers(element);
  const oid = readObjectIdentifier(members.next(tag.objectIdentifier, 'extnID'));
  const critical = members.optional(tag.boolean, `extension ${oid} critical`);
  const value = members.next(tag.octetString, `extension ${oid}`).content;
  members.end();
  if (critical !== undefined && !readBoolean(critical)) {
    refuseDer(`extension ${oid}`, 'critical FALSE is the default and is not written in DER');
  }
  return { oid, critical: critical !== undefined, value };
}
