/** Bounds on an XML document, checked before a parser sees it. */
export interface XmlLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
  readonly maxElements: number;
  readonly maxTagLength: number;
  /** Bound on the sum, over all elements, of the namespace declarations in scope: what canonicalisation costs. */
  readonly maxNamespaceWork: number;
}

/** The largest list in the Union has 3 MB, 21 000 elements and a depth of 14. */
export const xmlLimits: XmlLimits = {
  maxBytes: 20 * 1024 * 1024,
  maxDepth: 64,
  maxElements: 400_000,
  maxTagLength: 16_384,
  maxNamespaceWork: 10_000_000,
};

const token = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<[!?]|<[^<>"']*(?:"[^"<]*"[^<>"']*|'[^'<]*'[^<>"']*)*>|</g;

/**
 * Says what makes a text unfit to be parsed as XML, or undefined: a document type, an entity, a processing instruction
 * anywhere, or a size or shape over the limits. Whether it is well formed is for the parser to say.
 */
export function scanXml(text: string, limits: XmlLimits): string | undefined {
  const declarations: number[] = [];
  let inScope = 0;
  let work = 0;
  let elements = 0;
  for (const [found] of text.matchAll(token)) {
    if (found.startsWith('<!--') || found.startsWith('<![')) continue;
    if (found === '<!') return 'a document type or entity declaration';
    if (found === '<?') return 'a processing instruction';
    if (found === '<') return 'a tag that does not end';
    if (found.length > limits.maxTagLength) return `a tag longer than ${limits.maxTagLength} characters`;
    if (found.startsWith('</')) {
      inScope -= declarations.pop() ?? 0;
      continue;
    }
    const declared = found.split('xmlns').length - 1;
    work += inScope + declared;
    elements += 1;
    if (elements > limits.maxElements) return `more than ${limits.maxElements} elements`;
    if (work > limits.maxNamespaceWork) return 'too many namespace declarations';
    if (found.endsWith('/>')) continue;
    declarations.push(declared);
    inScope += declared;
    if (declarations.length > limits.maxDepth) return `elements nested deeper than ${limits.maxDepth}`;
  }
  return undefined;
}
