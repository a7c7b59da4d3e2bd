import type { XmlAttribute, XmlElement } from './xml-element.js';

/**
 * The octets of an element by Exclusive XML Canonicalization 1.0, without comments and without inclusive prefixes.
 * Documents with processing instructions or a document type never come here: `parseXml` refuses them.
 */
export function canonicalizeXml(element: XmlElement): Uint8Array {
  const parts: string[] = [];
  writeElement(element, new Map([['', '']]), parts);
  return new TextEncoder().encode(parts.join(''));
}

/** Prefixes as the output has declared them so far. */
type Declared = ReadonlyMap<string, string>;

function writeElement(element: XmlElement, outer: Declared, parts: string[]): void {
  const { name, attributes, children } = element;
  const declared = declareUsed(element, outer);
  parts.push('<', name);
  for (const [prefix, namespace] of newIn(declared, outer)) {
    parts.push(prefix === '' ? ' xmlns="' : ` xmlns:${prefix}="`, escapeAttribute(namespace), '"');
  }
  const ordered = attributes.length > 1 ? attributes.toSorted(byNamespaceAndName) : attributes;
  for (const attribute of ordered) parts.push(' ', attribute.name, '="', escapeAttribute(attribute.value), '"');
  parts.push('>');
  for (const child of children) {
    if (typeof child === 'string') parts.push(escapeText(child));
    else writeElement(child, declared, parts);
  }
  parts.push('</', name, '>');
}

/** Those that the element or an attribute of it uses, and that the output has not declared so. */
function declareUsed({ prefix, namespace, attributes }: XmlElement, outer: Declared): Declared {
  let declared: Map<string, string> | undefined;
  const use = (used: string, meaning: string) => {
    if (used === 'xml' || (declared ?? outer).get(used) === meaning) return;
    declared ??= new Map(outer);
    declared.set(used, meaning);
  };
  use(prefix, namespace);
  for (const attribute of attributes) {
    if (attribute.prefix !== '') use(attribute.prefix, attribute.namespace);
  }
  return declared ?? outer;
}

function newIn(declared: Declared, outer: Declared): readonly (readonly [string, string])[] {
  if (declared === outer) return [];
  return [...declared]
    .filter(([prefix, namespace]) => outer.get(prefix) !== namespace)
    .toSorted(([one], [other]) => compare(one, other));
}

function byNamespaceAndName(one: XmlAttribute, other: XmlAttribute): number {
  return compare(one.namespace, other.namespace) || compare(one.localName, other.localName);
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
