import { Refusal } from '../refusal/refusal.js';

/** One TLV, with views into the bytes it was read from. */
export interface DerElement {
  /** What it stands for, used in messages, e.g. "serialNumber". */
  readonly name: string;
  readonly identifier: number;
  /** Identifier, length and content. */
  readonly encoded: Uint8Array;
  readonly content: Uint8Array;
  readonly depth: number;
}

const maximumDepth = 24;
const constructed = 0x20;

/**
 * Reads bytes that are exactly one DER element (X.690 clause 10) and nothing after it.
 * Throws Refusal CERTIFICATE_INVALID, as everything in this folder does; content is checked when it is read.
 */
export function parseDer(bytes: Uint8Array, name: string, identifier?: number): DerElement {
  const element = elementAt({ bytes, offset: 0, name, depth: 0 });
  if (element.encoded.length !== bytes.length) {
    refuseDer(name, 'there are bytes after its end');
  }
  if (identifier !== undefined) {
    expectIdentifier(element, identifier);
  }
  return element;
}

/**
 * Reads the members of one constructed element in their order; lives while that element is being read.
 * Whoever opens it calls `end` (or `rest`), so that no member goes unread.
 */
export class DerMembers {
  readonly #parent: DerElement;
  #offset = 0;

  constructor(parent: DerElement) {
    if ((parent.identifier & constructed) === 0) {
      refuseDer(parent.name, 'it is not constructed');
    }
    this.#parent = parent;
  }

  /** The next member, which must be there and have this identifier octet. */
  next(identifier: number, name: string): DerElement {
    const element = this.any(name);
    expectIdentifier(element, identifier);
    return element;
  }

  /** The next member, which must be there, of any type. */
  any(name: string): DerElement {
    const { content, depth } = this.#parent;
    if (this.#offset >= content.length) {
      refuseDer(name, `it is missing in ${this.#parent.name}`);
    }
    const element = elementAt({ bytes: content, offset: this.#offset, name, depth: depth + 1 });
    this.#offset += element.encoded.length;
    return element;
  }

  /** The next member if it has this identifier octet. */
  optional(identifier: number, name: string): DerElement | undefined {
    return this.#parent.content[this.#offset] === identifier ? this.any(name) : undefined;
  }

  /** All members that are left, at most `limit`, each with this identifier octet if one is given. */
  rest(name: string, limit: number, identifier?: number): DerElement[] {
    const elements: DerElement[] = [];
    while (!this.atEnd) {
      if (elements.length === limit) {
        refuseDer(this.#parent.name, `it has more than ${limit} members`);
      }
      elements.push(identifier === undefined ? this.any(name) : this.next(identifier, name));
    }
    return elements;
  }

  get atEnd(): boolean {
    return this.#offset >= this.#parent.content.length;
  }

  end(): void {
    if (!this.atEnd) {
      refuseDer(this.#parent.name, 'it has members that do not belong there');
    }
  }
}

/** Refuses unless every element inside, down to the primitive ones, is a well-formed TLV; for content of open type. */
export function verifyNesting(element: DerElement): void {
  if ((element.identifier & constructed) === 0) {
    return;
  }
  for (const member of new DerMembers(element).rest(element.name, 4096)) {
    verifyNesting(member);
  }
}

export function expectIdentifier(element: DerElement, identifier: number): void {
  if (element.identifier !== identifier) {
    refuseDer(element.name, `its type is ${hexOctet(element.identifier)} where ${hexOctet(identifier)} belongs`);
  }
}

export function refuseDer(name: string, problem: string): never {
  throw new Refusal('CERTIFICATE_INVALID', `${name}: ${problem}`);
}

function elementAt(at: { bytes: Uint8Array; offset: number; name: string; depth: number }): DerElement {
  const { bytes, offset, name, depth } = at;
  if (depth > maximumDepth) {
    refuseDer(name, `it is nested deeper than ${maximumDepth} levels`);
  }
  const identifier = bytes[offset];
  const first = bytes[offset + 1];
  if (identifier === undefined || first === undefined) {
    refuseDer(name, 'it ends too early');
  }
  checkIdentifier(identifier, name);
  const start = offset + 2 + (first < 0x80 ? 0 : first & 0x7f);
  const length = first < 0x80 ? first : longLength(bytes.subarray(offset + 1, start), name);
  const end = start + length;
  if (end > bytes.length) {
    refuseDer(name, 'it is longer than what holds it');
  }
  return { name, identifier, encoded: bytes.subarray(offset, end), content: bytes.subarray(start, end), depth };
}

function checkIdentifier(identifier: number, name: string): void {
  if (identifier === 0x00 || (identifier & 0x1f) === 0x1f) {
    refuseDer(name, `the identifier ${hexOctet(identifier)} is not used here`);
  }
  if (identifier < 0x40) {
    const number = identifier & 0x1f;
    const mustBeConstructed = number === 0x10 || number === 0x11 || number === 0x08 || number === 0x0b;
    if (mustBeConstructed !== ((identifier & constructed) !== 0)) {
      refuseDer(name, `the identifier ${hexOctet(identifier)} is not DER`);
    }
  }
}

/** Length in the long form: four octets at most, the fewest that hold it (X.690 clause 10.1). */
function longLength(octets: Uint8Array, name: string): number {
  const count = (octets[0] ?? 0) & 0x7f;
  if (count === 0) {
    refuseDer(name, 'its length is indefinite');
  }
  if (count > 4 || octets.length !== count + 1) {
    refuseDer(name, 'it is longer than what holds it');
  }
  const length = octets.subarray(1).reduce((sum, octet) => sum * 256 + octet, 0);
  if (octets[1] === 0 || length < 0x80) {
    refuseDer(name, 'its length is not written in the fewest octets');
  }
  return length;
}

function hexOctet(octet: number): string {
  return `0x${octet.toString(16).padStart(2, '0')}`;
}
