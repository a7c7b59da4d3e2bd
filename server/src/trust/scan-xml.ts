/** Bounds on an XML document, checked before a parser sees it. */
export interface XmlLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
  readonly maxElements: number;
  readonly maxTagLength: number;
  /** Bound on the namespace declarations in scope at one place. */
  readonly maxNamespaces: number;
  /** Bound on the sum, over all elements, of the namespace declarations in scope: what canonicalisation costs. */
  readonly maxNamespaceWork: number;
}

/** The largest list in the Union has 3 MB, 21 000 elements and a depth of 14. */
export const xmlLimits: XmlLimits = {
  maxBytes: 20 * 1024 * 1024,
  maxDepth: 64,
  maxElements: 400_000,
  maxTagLength: 16_384,
  maxNamespaces: 100,
  maxNamespaceWork: 10_000_000,
};

/**
 * Says what makes a text unfit to be parsed as XML, or undefined: a document type, an entity, a processing instruction
 * anywhere, or a size or shape over the limits. Whether it is well formed is for the parser to say.
 */
export function scanXml(text: string, limits: XmlLimits): string | undefined {
  const open: number[] = [];
  const count = { elements: 0, inScope: 0, work: 0 };
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const skipped = skipUnparsed(text, at);
    if (typeof skipped === 'string') return skipped;
    if (skipped > at) {
      at = skipped;
      continue;
    }
    const end = findTagEnd(text, at, limits.maxTagLength);
    if (typeof end === 'string') return end;
    const problem = countTag(text.slice(at, end), { open, count, limits });
    if (problem !== undefined) return problem;
    at = end;
  }
  return undefined;
}

interface Scan {
  /** How many namespaces each open element declares. */
  readonly open: number[];
  readonly count: { elements: number; inScope: number; work: number };
  readonly limits: XmlLimits;
}

function countTag(tag: string, { open, count, limits }: Scan): string | undefined {
  if (tag.startsWith('</')) {
    count.inScope -= open.pop() ?? 0;
    return undefined;
  }
  const declared = tag.split('xmlns').length - 1;
  const inScope = count.inScope + declared;
  count.work += inScope;
  count.elements += 1;
  if (count.elements > limits.maxElements) return `more than ${limits.maxElements} elements`;
  if (inScope > limits.maxNamespaces || count.work > limits.maxNamespaceWork) return 'too many namespace declarations';
  if (tag.endsWith('/>')) return undefined;
  open.push(declared);
  count.inScope = inScope;
  return open.length > limits.maxDepth ? `elements nested deeper than ${limits.maxDepth}` : undefined;
}

/** The end of a comment or a CDATA section that begins here, the same position for a tag, or why neither may stand here. */
function skipUnparsed(text: string, start: number): number | string {
  for (const [begin, end] of unparsed) {
    if (!text.startsWith(begin, start)) continue;
    const found = text.indexOf(end, start + begin.length);
    if (found >= 0) return found + end.length;
  }
  if (text[start + 1] === '!') return 'a document type or entity declaration';
  return text[start + 1] === '?' ? 'a processing instruction' : start;
}

const unparsed = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
] as const;

/** The position behind the tag; a `>` in quotation marks does not end it. */
function findTagEnd(text: string, start: number, longest: number): number | string {
  let quote = '';
  for (let at = start + 1; at < text.length; at += 1) {
    if (at - start >= longest) return `a tag longer than ${longest} characters`;
    const character = text.charAt(at);
    if (character === '<') break;
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '>') return at + 1;
    else if (character === '"' || character === "'") quote = character;
  }
  return 'a tag that does not end';
}
