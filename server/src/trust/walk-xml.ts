import type { Element, Node } from '@xmldom/xmldom';
import { refuseList } from './refuse-list.js';

/** A namespace and a local name. */
export type XmlName = readonly [namespace: string, localName: string];

/** The element children of an element, in their order. */
export function elementsOf(parent: Element): Element[] {
  const found: Element[] = [];
  for (let node = parent.firstChild; node !== null; node = node.nextSibling) {
    if (isElement(node)) found.push(node);
  }
  return found;
}

/** The element children of one name: never a descendant further down. */
export function childrenOf(parent: Element, name: XmlName): Element[] {
  return elementsOf(parent).filter((element) => isNamed(element, name));
}

/** The only child of that name, or undefined; refuses a second one. */
export function optionalChild(parent: Element, name: XmlName): Element | undefined {
  const found = childrenOf(parent, name);
  if (found.length > 1) refuseList(`${parent.localName} has ${found.length} ${name[1]}, one is allowed.`);
  return found[0];
}

/** The only child of that name; refuses none and more than one. */
export function onlyChild(parent: Element, name: XmlName): Element {
  return optionalChild(parent, name) ?? refuseList(`${parent.localName} has no ${name[1]}.`);
}

/** Follows a path of only children. */
export function descend(from: Element, ...path: readonly XmlName[]): Element {
  return path.reduce(onlyChild, from);
}

/** The trimmed text of an element that has no element children. */
export function textOf(element: Element): string {
  if (elementsOf(element).length > 0) refuseList(`${element.localName} is to hold text only.`);
  return (element.textContent ?? '').trim();
}

/** Whether an element has that namespace and local name. */
export function isNamed(element: Element, [namespace, localName]: XmlName): boolean {
  return element.localName === localName && element.namespaceURI === namespace;
}

/** Decodes xs:base64Binary; undefined when it is none. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const compact = text.replace(/\s+/g, '');
  if (compact === '' || compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return undefined;
  return new Uint8Array(Buffer.from(compact, 'base64'));
}

function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}
