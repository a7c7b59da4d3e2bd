import { Refusal } from '../refusal/refusal.js';

/** How large a document may be; what is left out takes the default. */
export interface JsonLimits {
  readonly octets?: number;
  readonly depth?: number;
  /** Values in the whole document, members and elements counted alike. */
  readonly values?: number;
}

const defaults = { octets: 65_536, depth: 32, values: 5_000 } as const;

/**
 * Reads exactly one JSON text (RFC 8259, RFC 7493) from its octets. Throws Refusal REQUEST_MALFORMED that names position
 * and member: for what JSON.parse refuses, and for what two readers could understand differently - octets that are not
 * UTF-8, a byte order mark, repeated members, lone surrogates, numbers too large. Objects have no prototype.
 */
export function parseJson(bytes: Uint8Array, limits: JsonLimits = {}): unknown {
  const most = { ...defaults, ...limits };
  if (bytes.length > most.octets)
    throw new Refusal('REQUEST_TOO_LARGE', `The JSON text is longer than ${most.octets} octets.`);
  const reader = new JsonReader(decode(bytes), most);
  return reader.document();
}

function decode(bytes: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refusal('REQUEST_MALFORMED', 'The JSON text is not UTF-8.');
  }
  if (text.startsWith('\ufeff')) throw new Refusal('REQUEST_MALFORMED', 'The JSON text begins with a byte order mark.');
  return text;
}

/** A number has at most 1,000 characters (RFC 8259 section 9 lets a reader bound it). */
const scalar = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;

/** One pass over one text; lives while that text is being read. */
class JsonReader {
  readonly #text: string;
  readonly #limits: Required<JsonLimits>;
  #position = 0;
  #values = 0;
  #path: (string | number)[] = [];

  constructor(text: string, limits: Required<JsonLimits>) {
    this.#text = text;
    this.#limits = limits;
  }

  document(): unknown {
    const value = this.#value();
    this.#space();
    if (this.#position < this.#text.length) this.#refuse('there is something after its end');
    return value;
  }

  #value(): unknown {
    this.#space();
    this.#values += 1;
    if (this.#values > this.#limits.values) this.#refuse(`there are more than ${this.#limits.values} values`);
    switch (this.#text[this.#position]) {
      case '{':
        return this.#object();
      case '[':
        return this.#array();
      case '"':
        return this.#string();
      default:
        return this.#scalar();
    }
  }

  #object(): unknown {
    const object: Record<string, unknown> = Object.create(null);
    this.#items('}', () => {
      this.#space();
      if (this.#text[this.#position] !== '"') this.#refuse('a member name in quotation marks is expected');
      const name = this.#string();
      if (Object.hasOwn(object, name)) this.#refuse(`the member ${spell(name)} is there twice`);
      this.#space();
      if (this.#text[this.#position] !== ':') this.#refuse('a colon is expected');
      this.#position += 1;
      this.#path.push(name);
      object[name] = this.#value();
    });
    return object;
  }

  #array(): unknown {
    const array: unknown[] = [];
    this.#items(']', () => {
      this.#path.push(array.length);
      array.push(this.#value());
    });
    return array;
  }

  /** From the opening bracket to the closing one; `read` reads one item and leaves its name on the path. */
  #items(closing: string, read: () => void): void {
    if (this.#path.length >= this.#limits.depth) this.#refuse(`it is nested deeper than ${this.#limits.depth} levels`);
    this.#position += 1;
    this.#space();
    if (this.#text[this.#position] === closing) {
      this.#position += 1;
      return;
    }
    for (;;) {
      read();
      this.#space();
      const next = this.#text[this.#position];
      if (next !== ',' && next !== closing) this.#refuse(`a comma or ${closing} is expected`);
      this.#path.pop();
      this.#position += 1;
      if (next === closing) return;
    }
  }

  #string(): string {
    const raw = this.#match(/"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})[^"\\\u0000-\u001f]*)*"/y);
    if (raw === undefined)
      return this.#refuse('a string does not end, or holds a control character or an unknown escape');
    const text: string = JSON.parse(raw);
    if (!text.isWellFormed()) this.#refuse('a string holds half of a surrogate pair');
    this.#position += raw.length;
    return text;
  }

  #scalar(): unknown {
    const raw = this.#match(/[\w.+-]{1,1000}(?![\w.+-])/y);
    if (raw === undefined || !scalar.test(raw)) return this.#refuse('a value is expected');
    const value: unknown = JSON.parse(raw);
    if (typeof value === 'number' && !Number.isFinite(value)) this.#refuse('a number is too large');
    this.#position += raw.length;
    return value;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#position;
    return pattern.exec(this.#text)?.[0];
  }

  #space(): void {
    for (;;) {
      const unit = this.#text.charCodeAt(this.#position);
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return;
      this.#position += 1;
    }
  }

  #refuse(fault: string): never {
    const at = this.#path.length === 0 ? '' : `, at ${this.#path.map(step).join('').replace(/^\./, '').slice(0, 200)}`;
    throw new Refusal(
      'REQUEST_MALFORMED',
      `The JSON text cannot be read: ${fault} (character ${this.#position + 1}${at}).`,
    );
  }
}

function step(name: string | number): string {
  return typeof name === 'number' ? `[${name}]` : `.${/^[\w#-]{1,40}$/.test(name) ? name : spell(name)}`;
}

function spell(name: string): string {
  return JSON.stringify(name.slice(0, 40)).replaceAll(/[^\x20-\x7e]/g, '?');
}
