import type { Element } from '@xmldom/xmldom';
import { XmlCanonicalizer } from 'xmldsigjs';

type CanonicalizedNode = Parameters<XmlCanonicalizer['Canonicalize']>[0];

/** The octets of an element by Exclusive XML Canonicalization 1.0, without comments. */
export function canonicalizeXml(element: Element): Uint8Array {
  const node = element as unknown as CanonicalizedNode;
  return new TextEncoder().encode(new XmlCanonicalizer(false, true).Canonicalize(node));
}
