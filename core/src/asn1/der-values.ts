import { type DerElement, refuseDer } from './der-reader.js';

/** BOOLEAN: one octet, 00 or FF (X.690 clause 11.1). */
export function readBoolean(element: DerElement): boolean {
  const [octet] = element.content;
  if (element.content.length !== 1 || (octet !== 0x00 && octet !== 0xff)) {
    refuseDer(element.name, 'a BOOLEAN is one octet, 00 or FF');
  }
  return octet === 0xff;
}

/** The content octets of an INTEGER: two's complement, minimal (X.690 clause 8.3). */
export function readInteger(element: DerElement): Uint8Array {
  const [first, second] = element.content;
  if (first === undefined) {
    refuseDer(element.name, 'an INTEGER has at least one octet');
  }
  if (second !== undefined && ((first === 0x00 && second < 0x80) || (first === 0xff && second >= 0x80))) {
    refuseDer(element.name, 'the INTEGER is not written in the fewest octets');
  }
  return element.content;
}

/** An INTEGER or ENUMERATED from 0 to 2^31 - 1. */
export function readSmallInteger(element: DerElement): number {
  const octets = readInteger(element);
  if (octets.length > 4 || (octets[0] ?? 0) >= 0x80) {
    refuseDer(element.name, 'the INTEGER is negative or too large');
  }
  return octets.reduce((sum, octet) => sum * 256 + octet, 0);
}

/** NULL. */
export function readNull(element: DerElement): void {
  if (element.content.length !== 0) {
    refuseDer(element.name, 'a NULL is empty');
  }
}

/** A BIT STRING with a whole number of octets. */
export function readOctetsOfBits(element: DerElement): Uint8Array {
  if (readUnusedBits(element) !== 0) {
    refuseDer(element.name, 'the BIT STRING has unused bits');
  }
  return element.content.subarray(1);
}

/** The positions set in a BIT STRING that is a named bit list, without trailing zero bits (X.690 clause 11.2.2). */
export function readNamedBits(element: DerElement): number[] {
  const unused = readUnusedBits(element);
  const octets = element.content.subarray(1);
  const last = octets.at(-1);
  if (octets.length > 4 || (last !== undefined && ((last >> unused) & 1) === 0)) {
    refuseDer(element.name, 'the named bit list is too long or has trailing zero bits');
  }
  return Array.from({ length: octets.length * 8 }, (_, position) => position).filter(
    (position) => ((octets[position >> 3] ?? 0) & (0x80 >> (position & 7))) !== 0,
  );
}

/** OBJECT IDENTIFIER in dotted text; at most 64 octets. */
export function readObjectIdentifier(element: DerElement): string {
  const octets = element.content;
  const last = octets.at(-1);
  if (last === undefined || last >= 0x80 || octets.length > 64) {
    refuseDer(element.name, 'the OBJECT IDENTIFIER is empty, too long or cut off');
  }
  let text = '';
  let start = 0;
  for (let index = 0; index < octets.length; index += 1) {
    if ((octets[index] ?? 0) < 0x80) {
      const arc = readArc(octets, { start, end: index + 1 }, element.name);
      text = start === 0 ? firstArcs(arc) : `${text}.${arc}`;
      start = index + 1;
    }
  }
  return text;
}

/** The first two arcs share one number (X.690 clause 8.19.4). */
function firstArcs(head: number | bigint): string {
  const first = head < 40 ? 0 : head < 80 ? 1 : 2;
  return `${first}.${typeof head === 'bigint' ? head - BigInt(first * 40) : head - first * 40}`;
}

function readArc(octets: Uint8Array, at: { start: number; end: number }, name: string): number | bigint {
  if (octets[at.start] === 0x80) {
    refuseDer(name, 'an arc of the OBJECT IDENTIFIER is not written in the fewest octets');
  }
  if (at.end - at.start > 7) {
    return octets.subarray(at.start, at.end).reduce((sum, octet) => (sum << 7n) | BigInt(octet & 0x7f), 0n);
  }
  let arc = 0;
  for (let index = at.start; index < at.end; index += 1) {
    arc = arc * 128 + ((octets[index] ?? 0) & 0x7f);
  }
  return arc;
}

function readUnusedBits(element: DerElement): number {
  const [unused] = element.content;
  const last = element.content.at(-1) ?? 0;
  if (unused === undefined || unused > 7 || (unused > 0 && element.content.length === 1)) {
    refuseDer(element.name, 'the number of unused bits of the BIT STRING is wrong');
  }
  if (element.content.length > 1 && (last & ((1 << unused) - 1)) !== 0) {
    refuseDer(element.name, 'the unused bits of the BIT STRING are not zero');
  }
  return unused;
}
