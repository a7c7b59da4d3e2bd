/**
 * Writes DER (ITU-T X.690 clause 10): every function returns one complete TLV, to be composed inside out.
 * A value that has no encoding is a fault of the caller and throws RangeError.
 */

/** SEQUENCE or SEQUENCE OF, in the given order. */
export function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return tlv(0x30, Buffer.concat(parts));
}

/** SET OF: the parts are put into the ascending order that DER asks for (X.690 clause 11.6). */
export function set(...parts: readonly Uint8Array[]): Uint8Array {
  return tlv(0x31, Buffer.concat([...parts].sort(Buffer.compare)));
}

/** INTEGER; a Uint8Array is taken as an unsigned magnitude, most significant octet first. */
export function integer(value: number | bigint | Uint8Array): Uint8Array {
  return tlv(0x02, value instanceof Uint8Array ? unsignedOctets(value) : signedOctets(BigInt(value)));
}

/** ENUMERATED, non-negative. */
export function enumerated(value: number): Uint8Array {
  return tlv(0x0a, signedOctets(BigInt(value)));
}

export function boolean(value: boolean): Uint8Array {
  return tlv(0x01, Uint8Array.of(value ? 0xff : 0x00));
}

/** NULL. */
export function nullValue(): Uint8Array {
  return tlv(0x05, new Uint8Array(0));
}

/** OBJECT IDENTIFIER from its dotted text. */
export function objectIdentifier(dotted: string): Uint8Array {
  const arcs = dotted.split('.');
  if (arcs.length < 2 || !arcs.every((arc) => /^(0|[1-9]\d*)$/.test(arc))) {
    throw new RangeError(`not an object identifier: ${dotted}`);
  }
  const [first, second, ...rest] = arcs.map(BigInt) as [bigint, bigint, ...bigint[]];
  if (first > 2n || (first < 2n && second > 39n)) {
    throw new RangeError(`not an object identifier: ${dotted}`);
  }
  return tlv(0x06, Uint8Array.from([first * 40n + second, ...rest].flatMap(base128)));
}

export function utf8String(text: string): Uint8Array {
  return tlv(0x0c, Buffer.from(text, 'utf8'));
}

/** PrintableString; refuses characters outside its alphabet (X.680 clause 41.4). */
export function printableString(text: string): Uint8Array {
  if (!/^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text)) {
    throw new RangeError(`not a PrintableString: ${text}`);
  }
  return tlv(0x13, Buffer.from(text, 'latin1'));
}

/** IA5String; refuses characters outside ASCII. */
export function ia5String(text: string): Uint8Array {
  if (Buffer.byteLength(text, 'utf8') !== text.length) {
    throw new RangeError(`not an IA5String: ${text}`);
  }
  return tlv(0x16, Buffer.from(text, 'latin1'));
}

export function octetString(content: Uint8Array): Uint8Array {
  return tlv(0x04, content);
}

/** BIT STRING of whole octets, or with `unusedBits` (0 to 7) zero bits at the end of the last octet. */
export function bitString(content: Uint8Array, unusedBits = 0): Uint8Array {
  return tlv(0x03, Buffer.concat([Uint8Array.of(unusedBits), content]));
}

/** BIT STRING as a named bit list, trailing zero bits removed (X.690 clause 11.2.2), e.g. KeyUsage. */
export function namedBits(positions: readonly number[]): Uint8Array {
  if (positions.length === 0) {
    return bitString(new Uint8Array(0));
  }
  const last = Math.max(...positions);
  const octets = new Uint8Array((last >> 3) + 1);
  for (const position of positions) {
    octets[position >> 3] = (octets[position >> 3] ?? 0) | (0x80 >> (position & 7));
  }
  return bitString(octets, 7 - (last & 7));
}

/** Time of RFC 5280 clause 4.1.2.5: UTCTime until 2049, GeneralizedTime from 2050; milliseconds are dropped. */
export function time(instant: Date): Uint8Array {
  const year = instant.getUTCFullYear();
  return year >= 1950 && year < 2050 ? utcTime(instant) : generalizedTime(instant);
}

/** UTCTime YYMMDDHHMMSSZ, for the years 1950 to 2049. */
export function utcTime(instant: Date): Uint8Array {
  return tlv(0x17, Buffer.from(timeDigits(instant).slice(2), 'latin1'));
}

/** GeneralizedTime YYYYMMDDHHMMSSZ. */
export function generalizedTime(instant: Date): Uint8Array {
  return tlv(0x18, Buffer.from(timeDigits(instant), 'latin1'));
}

/** [tag] EXPLICIT around complete parts. */
export function explicit(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return tlv(0xa0 | lowTag(tag), Buffer.concat(parts));
}

/** [tag] IMPLICIT: the given TLV with its identifier replaced, primitive or constructed as it was. */
export function implicit(tag: number, element: Uint8Array): Uint8Array {
  return Buffer.concat([Uint8Array.of(0x80 | ((element[0] ?? 0) & 0x20) | lowTag(tag)), element.subarray(1)]);
}

/** Any identifier octet with any content: for what the functions above do not write, defects of tests included. */
export function tlv(identifier: number, content: Uint8Array): Uint8Array {
  return Buffer.concat([Uint8Array.of(identifier), lengthOctets(content.length), content]);
}

function lengthOctets(length: number): Uint8Array {
  if (length < 0x80) {
    return Uint8Array.of(length);
  }
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(length);
  const significant = octets.subarray(octets.findIndex((octet) => octet !== 0));
  return Buffer.concat([Uint8Array.of(0x80 | significant.length), significant]);
}

function signedOctets(value: bigint): Uint8Array {
  let length = 1;
  while (BigInt.asIntN(length * 8, value) !== value) {
    length += 1;
  }
  const hex = BigInt.asUintN(length * 8, value)
    .toString(16)
    .padStart(length * 2, '0');
  return Buffer.from(hex, 'hex');
}

function unsignedOctets(magnitude: Uint8Array): Uint8Array {
  const start = magnitude.findIndex((octet) => octet !== 0);
  if (start < 0) {
    return Uint8Array.of(0);
  }
  const significant = magnitude.subarray(start);
  return (significant[0] ?? 0) & 0x80 ? Buffer.concat([Uint8Array.of(0), significant]) : significant;
}

function base128(arc: bigint): number[] {
  const octets = [Number(arc & 0x7fn)];
  for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) {
    octets.unshift(Number(rest & 0x7fn) | 0x80);
  }
  return octets;
}

function timeDigits(instant: Date): string {
  return `${instant.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
}

function lowTag(tag: number): number {
  if (!Number.isInteger(tag) || tag < 0 || tag > 30) {
    throw new RangeError(`not a low tag number: ${tag}`);
  }
  return tag;
}
