import { refuseList } from './refuse-list.js';
import type { XmlElement } from './xml-element.js';

/** A namespace and a local name. */
export type XmlName = readonly [namespace: string, localName: string];

/** The element children of an element, in their order. */
export function elementsOf(parent: XmlElement): readonly XmlElement[] {
  return parent.children.filter((child) => typeof child !== 'string');
}

/** All elements below an element. */
export function* descendantsOf(parent: XmlElement): Generator<XmlElement> {
  for (const element of elementsOf(parent)) {
    yield element;
    yield* descendantsOf(element);
  }
}

/** The value of an attribute by its name as it stands in the document. */
export function attributeOf(element: XmlElement, name: string): string | undefined {
  return element.attributes.find((attribute) => attribute.name === name)?.value;
}

/** The element children of one name: never a descendant further down. */
export function childrenOf(parent: XmlElement, name: XmlName): readonly XmlElement[] {
  return elementsOf(parent).filter((element) => isNamed(element, name));
}

/** The only child of that name, or undefined; refuses a second one. */
export function optionalChild(parent: XmlElement, name: XmlName): XmlElement | undefined {
  const found = childrenOf(parent, name);
  if (found.length > 1) refuseList(`${parent.localName} has ${found.length} ${name[1]}, one is allowed.`);
  return found[0];
}

/** The only child of that name; refuses none and more than one. */
export function onlyChild(parent: XmlElement, name: XmlName): XmlElement {
  return optionalChild(parent, name) ?? refuseList(`${parent.localName} has no ${name[1]}.`);
}

/** Follows a path of only children. */
export function descend(from: XmlElement, ...path: readonly XmlName[]): XmlElement {
  return path.reduce(onlyChild, from);
}

/** The trimmed text of an element that has no element children. */
export function textOf(element: XmlElement): string {
  if (elementsOf(element).length > 0) refuseList(`${element.localName} is to hold text only.`);
  return detach(element.children.join('').trim());
}

/** Whether an element has that namespace and local name. */
export function isNamed(element: XmlElement, [namespace, localName]: XmlName): boolean {
  return element.localName === localName && element.namespace === namespace;
}

/** Decodes xs:base64Binary; undefined when it is none. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const compact = text.replace(/\s+/g, '');
  if (compact === '' || compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return undefined;
  return new Uint8Array(Buffer.from(compact, 'base64'));
}

/** A part of a long text keeps the whole of it in memory: what is kept of a list is to be a text of its own. */
function detach(text: string): string {
  return text.length < 13 || text.length > 1_000 ? text : Buffer.from(text).toString();
}
