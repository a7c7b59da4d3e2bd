import { skipCharacters, trimEndCharacters } from '@postern/core/text/trim-characters.js';
import type { XmlAttribute, XmlElement } from './xml-element.js';

/** Says what in a text is not well-formed XML. */
export class XmlSyntaxError extends SyntaxError {}

/**
 * Reads the root element of a document (XML 1.0 and Namespaces in XML 1.0) without declaration, document type and
 * processing instructions. Never nests deeper than the text does: whoever calls bounds that before. Throws `XmlSyntaxError`.
 */
export function readElements(source: string): XmlElement {
  const text = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source;
  if (!isAllowed(text)) throw new XmlSyntaxError('a character that XML does not allow');
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const end = next < 0 ? text.length : next;
    if (end > at) addText(text.slice(at, end), open.at(-1));
    if (next < 0) break;
    if (text.startsWith('<!--', next)) {
      at = skipComment(text, next);
    } else if (text.startsWith('<![CDATA[', next)) {
      at = addCdata(text, next, open.at(-1));
    } else if (text.startsWith('</', next)) {
      at = close(text, next, open);
    } else {
      if (open.length === 0 && root !== undefined) throw new XmlSyntaxError('something after the root element');
      const tag = readTag(text, next, open.at(-1)?.scope ?? outerScope);
      open.at(-1)?.element.children.push(tag.element);
      root ??= tag.element;
      if (!tag.isEmpty) open.push({ element: tag.element, scope: tag.scope });
      at = tag.end;
    }
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined) throw new XmlSyntaxError(`${unclosed.element.name} is not closed`);
  if (root === undefined) throw new XmlSyntaxError('no element');
  return root;
}

interface OpenElement {
  readonly element: GrowingElement;
  readonly scope: Scope;
}

type GrowingElement = XmlElement & { readonly children: (XmlElement | string)[] };

/** The namespaces of the prefixes that are declared; the empty prefix is the default. */
type Scope = ReadonlyMap<string, string>;

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';
const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/';
const outerScope: Scope = new Map([
  ['', ''],
  ['xml', xmlNamespace],
]);

const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

function isAllowed(text: string): boolean {
  return text.isWellFormed() && !forbidden.test(text);
}

function addText(raw: string, parent: OpenElement | undefined): void {
  if (parent === undefined) {
    if (/[^ \t\n]/.test(raw)) throw new XmlSyntaxError('text outside of the root element');
    return;
  }
  if (raw.includes(']]>')) throw new XmlSyntaxError(']]> in a text');
  parent.element.children.push(resolveReferences(raw));
}

function skipComment(text: string, start: number): number {
  const end = text.indexOf('--', start + 4);
  if (end < 0 || text[end + 2] !== '>') throw new XmlSyntaxError('a comment that does not end');
  return end + 3;
}

function addCdata(text: string, start: number, parent: OpenElement | undefined): number {
  const end = text.indexOf(']]>', start);
  if (end < 0 || parent === undefined) throw new XmlSyntaxError('a CDATA section out of place');
  parent.element.children.push(text.slice(start + 9, end));
  return end + 3;
}

function close(text: string, start: number, open: OpenElement[]): number {
  const end = text.indexOf('>', start);
  const name = trimEndCharacters(text.slice(start + 2, end), blanks);
  const last = open.pop();
  if (end < 0 || last === undefined || last.element.name !== name)
    throw new XmlSyntaxError(`</${name.slice(0, 60)}> where ${last?.element.name ?? 'nothing'} is open`);
  return end + 1;
}

const blanks = ' \t\n';
const nameStart = String.raw`[A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\u{10000}-\u{effff}]`;
const nameRest = String.raw`(?:${nameStart}|[-.0-9\u00b7\u0300-\u036f\u203f\u2040])*`;
const qualifiedName = `((?:${nameStart}${nameRest}:)?${nameStart}${nameRest})`;
const tagStart = new RegExp(`<${qualifiedName}`, 'uy');
// Of the blanks before an attribute the last one.
const attributePattern = new RegExp(`[ \\t\\n]${qualifiedName}[ \\t\\n]*=[ \\t\\n]*(?:"([^"<]*)"|'([^'<]*)')`, 'uy');

interface Tag {
  readonly element: GrowingElement;
  readonly scope: Scope;
  readonly isEmpty: boolean;
  readonly end: number;
}

function readTag(text: string, start: number, outer: Scope): Tag {
  tagStart.lastIndex = start;
  const name = tagStart.exec(text)?.[1];
  if (name === undefined) throw new XmlSyntaxError(`a tag that cannot be read: ${text.slice(start, start + 40)}`);
  const raw: [name: string, value: string][] = [];
  let at = skipCharacters(text, tagStart.lastIndex, blanks);
  for (;;) {
    attributePattern.lastIndex = at - 1;
    const found = attributePattern.exec(text);
    if (found === null) break;
    raw.push([found[1] ?? '', resolveReferences((found[2] ?? found[3] ?? '').replace(/[\t\n]/g, ' '))]);
    at = skipCharacters(text, attributePattern.lastIndex, blanks);
  }
  const isEmpty = text[at] === '/';
  const end = isEmpty ? at + 2 : at + 1;
  if (text[end - 1] !== '>') throw new XmlSyntaxError(`the tag of ${name.slice(0, 60)} cannot be read`);
  const scope = declare(raw, outer);
  const element = { ...resolveName(name, scope, true), attributes: readAttributes(raw, scope), children: [] };
  return { element, scope, isEmpty, end };
}

function declare(raw: readonly [string, string][], outer: Scope): Scope {
  let scope: Map<string, string> | undefined;
  for (const [name, value] of raw) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
    const prefix = name === 'xmlns' ? '' : name.slice(6);
    const reserved = prefix === 'xmlns' || value === xmlnsNamespace || (prefix === 'xml') !== (value === xmlNamespace);
    if (reserved || (prefix !== '' && value === '')) throw new XmlSyntaxError(`the declaration ${name} is not allowed`);
    scope ??= new Map(outer);
    scope.set(prefix, value);
  }
  return scope ?? outer;
}

function readAttributes(raw: readonly [string, string][], scope: Scope): readonly XmlAttribute[] {
  if (raw.length === 0) return noAttributes;
  if (new Set(raw.map(([name]) => name)).size < raw.length) throw new XmlSyntaxError('an attribute twice');
  const attributes = raw
    .filter(([name]) => name !== 'xmlns' && !name.startsWith('xmlns:'))
    .map(([name, value]) => ({ ...resolveName(name, scope, false), value }));
  const expanded = new Set(attributes.map(({ namespace, localName }) => `${namespace}\n${localName}`));
  if (expanded.size < attributes.length) throw new XmlSyntaxError('an attribute twice');
  return attributes;
}

function resolveName(name: string, scope: Scope, isElement: boolean): Omit<XmlAttribute, 'value'> {
  const colon = name.indexOf(':');
  const prefix = colon < 0 ? '' : name.slice(0, colon);
  const namespace = prefix === '' && !isElement ? '' : scope.get(prefix);
  if (namespace === undefined) throw new XmlSyntaxError(`the prefix ${prefix.slice(0, 60)} is not declared`);
  return { name, prefix, localName: colon < 0 ? name : name.slice(colon + 1), namespace };
}

const noAttributes: readonly XmlAttribute[] = [];

function resolveReferences(raw: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = raw.indexOf('&'); at >= 0; at = raw.indexOf('&', from)) {
    const [body = ''] = /^[^;&]{0,40};/.exec(raw.slice(at + 1, at + 42)) ?? [];
    parts.push(raw.slice(from, at), resolveReference(body));
    from = at + 1 + body.length;
  }
  return from === 0 ? raw : parts.join('') + raw.slice(from);
}

function resolveReference(body: string): string {
  const known = entities.get(body);
  if (known !== undefined) return known;
  const [, hexadecimal, decimal] = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));$/.exec(body) ?? [];
  const point = hexadecimal !== undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal ?? Number.NaN);
  const character = point <= 0x10ffff ? String.fromCodePoint(point) : '\0';
  if (!isAllowed(character)) throw new XmlSyntaxError(`the reference &${body.slice(0, 40)} is not known`);
  return character;
}

const entities: ReadonlyMap<string, string> = new Map([
  ['lt;', '<'],
  ['gt;', '>'],
  ['amp;', '&'],
  ['quot;', '"'],
  ['apos;', "'"],
]);
