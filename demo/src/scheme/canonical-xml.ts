/** An XML element as data. Attributes are without a namespace or in that of the prefix xml. */
export interface XmlElement {
  readonly namespace: string;
  /** Empty for the default namespace. */
  readonly prefix: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

export type XmlChild = XmlElement | string | undefined;

/** Makes elements of one namespace; children that are undefined are left out. */
export function vocabulary(namespace: string, prefix: string) {
  return (
    name: string,
    attributes: Readonly<Record<string, string>>,
    ...children: readonly XmlChild[]
  ): XmlElement => ({
    namespace,
    prefix,
    name,
    attributes,
    children: children.filter((child) => child !== undefined),
  });
}

/**
 * The element in Exclusive XML Canonicalization 1.0, with the namespace declarations already made above it.
 * Documents of this world are written in canonical form to begin with, so that what is signed is what is written.
 */
export function renderCanonical(element: XmlElement, scope: Readonly<Record<string, string>> = {}): string {
  const { namespace, prefix } = element;
  const name = prefix === '' ? element.name : `${prefix}:${element.name}`;
  const declaration =
    scope[prefix] === namespace ? '' : ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeAttribute(namespace)}"`;
  const attributes = Object.entries(element.attributes)
    .sort(([a], [b]) => compareAttributes(a, b))
    .map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`);
  const inner = { ...scope, [prefix]: namespace };
  const content = element.children.map((child) =>
    typeof child === 'string' ? escapeText(child) : renderCanonical(child, inner),
  );
  return `<${name}${declaration}${attributes.join('')}>${content.join('')}</${name}>`;
}

/** The element with line breaks and indentation between elements, for human readers; they become part of what is signed. */
export function indented(element: XmlElement, depth = 0): XmlElement {
  if (element.children.length === 0 || element.children.some((child) => typeof child === 'string')) {
    return element;
  }
  const children = element.children.flatMap((child) => [
    `\n${'  '.repeat(depth + 1)}`,
    typeof child === 'string' ? child : indented(child, depth + 1),
  ]);
  return { ...element, children: [...children, `\n${'  '.repeat(depth)}`] };
}

/** Attributes without a namespace come first, each group in the order of names (Canonical XML clause 2.2). */
function compareAttributes(a: string, b: string): number {
  const byNamespace = Number(a.includes(':')) - Number(b.includes(':'));
  return byNamespace !== 0 ? byNamespace : a < b ? -1 : 1;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#xD;');
}

function escapeAttribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#x9;')
    .replaceAll('\n', '&#xA;')
    .replaceAll('\r', '&#xD;');
}
