/** One TLV in the fewest octets. */
export function encode(identifier: number, content: Uint8Array): Buffer {
  const length = content.length;
  const octets = [length >> 24, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff];
  while (octets[0] === 0) octets.shift();
  const head = length < 0x80 ? [length] : [0x80 | octets.length, ...octets];
  return Buffer.concat([Buffer.from([identifier, ...head]), content]);
}

const members: Readonly<Record<string, Uint8Array>> = {
  nulls: Buffer.from([0x05, 0x00]),
  integers: Buffer.from([0x02, 0x01, 0x01]),
  'empty sequences': Buffer.from([0x30, 0x00]),
  'empty sets': Buffer.from([0x31, 0x00]),
  'object identifiers': Buffer.from([0x30, 0x05, 0x06, 0x03, 0x55, 0x04, 0x03]),
  'attributes of a name': Buffer.from('310a300806035504030c0161', 'hex'),
  extensions: Buffer.from('300906035504030402ffff', 'hex'),
  'names of hosts': Buffer.from([0x82, 0x01, 0x61]),
};

/** Octets of a length, by the name of what they are: values in one element, elements in one another, and single octets again and again. */
export function hostileOctets(): readonly (readonly [name: string, make: (length: number) => Uint8Array])[] {
  const listed = Object.entries(members).map(
    ([name, member]) => [name, (length: number) => encode(0x30, repeat(member, length))] as const,
  );
  const filled = [0x00, 0x01, 0x20, 0x30, 0x41, 0x7f, 0x80, 0x81, 0xff].map(
    (octet) => [`0x${octet.toString(16)}`, (length: number) => Buffer.alloc(length, octet)] as const,
  );
  return [...listed, ['nested', nest], ...filled, ['PNG', png]];
}

function repeat(member: Uint8Array, length: number): Buffer {
  return Buffer.concat(Array.from({ length: Math.floor(length / member.length) }, () => member));
}

function nest(length: number): Uint8Array {
  let inner: Uint8Array = repeat(Buffer.from([0x05, 0x00]), length - 100);
  for (let depth = 0; depth < 20; depth += 1) inner = encode(0x30, inner);
  return inner;
}

/** The signature and then chunks of nothing, whose checks are right. */
function png(length: number): Uint8Array {
  const chunk = Buffer.from('000000007445587426cee3a3', 'hex');
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), repeat(chunk, length - 8)]);
}
