import type { Attr, Element } from '@xmldom/xmldom';

/**
 * The octets of an element by Exclusive XML Canonicalization 1.0, without comments and without inclusive prefixes.
 * Documents with processing instructions or a document type never come here: `parseXml` refuses them.
 */
export function canonicalizeXml(element: Element): Uint8Array {
  const parts: string[] = [];
  writeElement(element, new Map([['', '']]), parts);
  return new TextEncoder().encode(parts.join(''));
}

/** Prefixes as the output has declared them so far. */
type Declared = ReadonlyMap<string, string>;

function writeElement(element: Element, outer: Declared, parts: string[]): void {
  const attributes: Attr[] = [];
  for (let at = 0; at < element.attributes.length; at += 1) {
    const attribute = element.attributes.item(at);
    if (attribute !== null && attribute.namespaceURI !== xmlns) attributes.push(attribute);
  }
  const declared = declareUsed(element, attributes, outer);
  parts.push('<', element.tagName);
  for (const [prefix, namespace] of newIn(declared, outer)) {
    parts.push(prefix === '' ? ' xmlns="' : ` xmlns:${prefix}="`, escapeAttribute(namespace), '"');
  }
  if (attributes.length > 1) attributes.sort(byNamespaceAndName);
  for (const { name, value } of attributes) parts.push(' ', name, '="', escapeAttribute(value), '"');
  parts.push('>');
  for (let node = element.firstChild; node !== null; node = node.nextSibling) {
    if (node.nodeType === elementNode) writeElement(node as Element, declared, parts);
    else if (node.nodeType === textNode || node.nodeType === cdataNode) parts.push(escapeText(node.nodeValue ?? ''));
  }
  parts.push('</', element.tagName, '>');
}

const elementNode = 1;
const textNode = 3;
const cdataNode = 4;
const xmlns = 'http://www.w3.org/2000/xmlns/';

/** Those that the element or an attribute of it uses, and that the output has not declared so. */
function declareUsed(element: Element, attributes: readonly Attr[], outer: Declared): Declared {
  let declared = outer;
  const use = (prefix: string, namespace: string) => {
    if (prefix === 'xml' || declared.get(prefix) === namespace) return;
    if (declared === outer) declared = new Map(outer);
    (declared as Map<string, string>).set(prefix, namespace);
  };
  use(element.prefix ?? '', element.namespaceURI ?? '');
  for (const { prefix, namespaceURI } of attributes) {
    if (prefix !== null && prefix !== '') use(prefix, namespaceURI ?? '');
  }
  return declared;
}

function newIn(declared: Declared, outer: Declared): readonly (readonly [string, string])[] {
  if (declared === outer) return [];
  return [...declared]
    .filter(([prefix, namespace]) => outer.get(prefix) !== namespace)
    .toSorted(([one], [other]) => compare(one, other));
}

function byNamespaceAndName(one: Attr, other: Attr): number {
  return (
    compare(one.namespaceURI ?? '', other.namespaceURI ?? '') || compare(one.localName ?? '', other.localName ?? '')
  );
}

/** By code points, as the standard has it: not as JavaScript compares text. */
function compare(one: string, other: string): number {
  return one === other ? 0 : Buffer.compare(Buffer.from(one), Buffer.from(other));
}

function escapeText(text: string): string {
  return /[&<>\r]/.test(text) ? text.replace(/[&<>\r]/g, (found) => escapes[found] ?? found) : text;
}

function escapeAttribute(text: string): string {
  return /[&<"\t\n\r]/.test(text) ? text.replace(/[&<"\t\n\r]/g, (found) => escapes[found] ?? found) : text;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};
