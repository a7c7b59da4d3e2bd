/** A page as far as a person filling in its forms needs it. */
export interface Page {
  readonly forms: readonly Form[];
  readonly links: readonly Link[];
  /** The text of each code element: what the page shows to be typed. */
  readonly codes: readonly string[];
  /** The visible text, white space folded. */
  readonly text: string;
}

export interface Form {
  readonly action: string;
  readonly method: string;
  readonly fields: readonly Field[];
}

export interface Field {
  readonly name: string;
  /** The type of an input; "submit" for buttons that send the form. */
  readonly type: string;
  readonly value: string;
  readonly checked: boolean;
}

export interface Link {
  readonly href: string;
  readonly attributes: Attributes;
}

export type Attributes = ReadonlyMap<string, string>;

interface Tag {
  readonly name: string;
  readonly closing: boolean;
  readonly attributes: Attributes;
  readonly end: number;
}

const tagPattern = /<(\/?)([a-zA-Z][a-zA-Z0-9-]*)((?![a-zA-Z0-9-])(?:[^<>"']|"[^"<]*"|'[^'<]*')*)>/g;
const attributePattern = /([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/** Reads forms, links and code elements of an HTML page in document order. */
export function readPage(html: string): Page {
  const visible = html
    .replaceAll(/<(script|style)\b[\s\S]*?(?:<\/\1>|$)/gi, ' ')
    .replaceAll(/<!--[\s\S]*?(?:-->|$)/g, ' ');
  const tags = readTags(visible);
  return {
    forms: readForms(tags, visible),
    links: tags.flatMap(({ name, closing, attributes }) => {
      const href = attributes.get('href');
      return name === 'a' && !closing && href !== undefined ? [{ href, attributes }] : [];
    }),
    codes: tags.flatMap((tag) => (tag.name === 'code' && !tag.closing ? [readInnerText(tag, visible)] : [])),
    text: readText(visible),
  };
}

function readTags(html: string): readonly Tag[] {
  return [...html.matchAll(tagPattern)].map((match) => ({
    name: (match[2] ?? '').toLowerCase(),
    closing: match[1] === '/',
    attributes: readAttributes(match[3] ?? ''),
    end: match.index + match[0].length,
  }));
}

function readAttributes(text: string): Attributes {
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single, bare] of text.matchAll(attributePattern)) {
    attributes.set(name.toLowerCase(), decodeEntities(double ?? single ?? bare ?? ''));
  }
  return attributes;
}

function readForms(tags: readonly Tag[], html: string): readonly Form[] {
  const forms: { action: string; method: string; fields: Field[] }[] = [];
  let open = false;
  for (const tag of tags) {
    if (tag.name === 'form') {
      open = !tag.closing;
      if (open)
        forms.push({
          action: tag.attributes.get('action') ?? '',
          method: (tag.attributes.get('method') ?? 'get').toLowerCase(),
          fields: [],
        });
      continue;
    }
    const field = open && !tag.closing ? readField(tag, html) : undefined;
    if (field !== undefined) forms.at(-1)?.fields.push(field);
  }
  return forms;
}

function readField(tag: Tag, html: string): Field | undefined {
  const name = tag.attributes.get('name');
  if (
    name === undefined ||
    tag.attributes.has('disabled') ||
    !['input', 'button', 'textarea', 'select'].includes(tag.name)
  )
    return undefined;
  const type = (tag.attributes.get('type') ?? (tag.name === 'button' ? 'submit' : 'text')).toLowerCase();
  const untouched =
    type === 'checkbox' || type === 'radio' ? 'on' : tag.name === 'textarea' ? readInnerText(tag, html) : '';
  return { name, type, value: tag.attributes.get('value') ?? untouched, checked: tag.attributes.has('checked') };
}

/** The text up to the element's own closing tag, elements of the same name inside it included. */
function readInnerText(tag: Tag, html: string): string {
  const boundary = new RegExp(`<(/?)${tag.name}\\b`, 'gi');
  boundary.lastIndex = tag.end;
  let depth = 1;
  for (let match = boundary.exec(html); match !== null; match = boundary.exec(html)) {
    depth += match[1] === '/' ? -1 : 1;
    if (depth === 0) return readText(html.slice(tag.end, match.index));
  }
  return '';
}

function readText(html: string): string {
  return decodeEntities(html.replaceAll(tagPattern, ' ')).replaceAll(/\s+/g, ' ').trim();
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

function decodeEntities(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{1,8}));/gi, (whole, decimal, hex, name) => {
    const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    if (Number.isNaN(point)) return entities[String(name).toLowerCase()] ?? whole;
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
