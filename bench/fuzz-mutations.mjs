const telling = [0x00, 0x01, 0x7f, 0x80, 0x81, 0x82, 0x84, 0xfe, 0xff, 0x30, 0x31, 0x02, 0x04, 0x05, 0x06, 0x0c, 0xa0];

/** Bytes to feed a parser with: at times any at all, mostly sound ones with one to four things wrong. */
export function mutateBytes(random, samples) {
  if (random.below(10) === 0) return random.bytes(random.below(600));
  let bytes = random.pick(samples);
  for (let count = 1 + random.below(4); count > 0; count -= 1) {
    bytes = random.below(2) === 0 ? alterOctets(random, bytes, samples) : alterTree(random, bytes, samples);
  }
  return bytes;
}

/** Characters to feed a parser with. */
export function mutateText(random, samples) {
  const alphabet = [
    'A',
    'z',
    '0',
    '-',
    ':',
    '+',
    '.',
    ' ',
    '\0',
    '\u00a0',
    '\u2010',
    '\u202e',
    'é',
    '𝟙',
    'PSD',
    'VAT',
    'LEIXG-',
  ];
  if (random.below(10) === 0) return Array.from({ length: random.below(300) }, () => random.pick(alphabet)).join('');
  let text = random.pick(samples);
  for (let count = 1 + random.below(4); count > 0; count -= 1) {
    const at = random.below(text.length + 1);
    const cut = random.below(3);
    text = `${text.slice(0, at)}${random.below(4) === 0 ? '' : random.pick(alphabet)}${text.slice(at + cut)}`;
  }
  return random.below(100) === 0 ? text.repeat(1 + random.below(2_000)) : text;
}

function alterOctets(random, bytes, samples) {
  const octets = Array.from(bytes.subarray(0, 70_000));
  const at = random.below(octets.length);
  switch (random.below(5)) {
    case 0:
      octets[at] ^= 1 << random.below(8);
      break;
    case 1:
      octets[at] = random.pick(telling);
      break;
    case 2:
      octets.splice(at, 1 + random.below(8));
      break;
    case 3:
      octets.splice(at, 0, ...random.bytes(1 + random.below(8)));
      break;
    default: {
      const other = random.pick(samples);
      const from = random.below(other.length);
      octets.splice(at, random.below(40), ...other.subarray(from, from + random.below(200)));
    }
  }
  return Uint8Array.from(octets);
}

/** Changes one element and writes the lengths around it anew, so that what is wrong lies deep inside something sound. */
function alterTree(random, bytes, samples) {
  const tree = read(bytes);
  if (tree === undefined) return alterOctets(random, bytes, samples);
  const nodes = flatten(tree);
  const node = random.pick(nodes);
  switch (random.below(7)) {
    case 0:
      node.identifier = random.pick(telling);
      break;
    case 1:
      replaceContent(node, random.bytes(random.below(30)));
      break;
    case 2:
      replaceContent(node, new Uint8Array(0));
      break;
    case 3:
      Object.assign(node, structuredClone(random.pick(nodes)));
      break;
    case 4:
      if (node.members?.length > 0) node.members.splice(random.below(node.members.length), 1);
      break;
    case 5:
      if (node.members?.length > 0) repeatMember(random, node);
      break;
    default:
      wrap(node, random.below(40));
  }
  return write(tree).subarray(0, 300_000);
}

function replaceContent(node, content) {
  node.members = undefined;
  node.content = content;
}

/** Twice, or very often: lists are to be bounded. */
function repeatMember(random, node) {
  const member = random.pick(node.members);
  const times = random.below(20) === 0 ? 1 + random.below(1_500) : 1;
  node.members.push(...Array.from({ length: times }, () => member));
}

function wrap(node, depth) {
  let inner = { ...node };
  for (let level = 0; level < depth; level += 1) inner = { identifier: 0x30, prefix: [], members: [inner] };
  Object.assign(node, inner);
}

function flatten(node, found = []) {
  found.push(node);
  for (const member of node.members ?? []) flatten(member, found);
  return found;
}

/** Also what stands inside an OCTET STRING or a BIT STRING, where it is an element itself. */
function read(bytes, depth = 0) {
  const element = elementAt(bytes, 0);
  if (element === undefined || element.end !== bytes.length || depth > 20) return undefined;
  const { identifier, content } = element;
  const octets = identifier === 0x04 || (identifier === 0x03 && content[0] === 0);
  const prefix = identifier === 0x03 ? [0] : [];
  if ((identifier & 0x20) === 0 && !octets) return { identifier, prefix: [], content };
  const members = readMembers(content.subarray(octets ? prefix.length : 0), depth + 1);
  const whole = members !== undefined && (!octets || members.length === 1);
  return whole ? { identifier, prefix: octets ? prefix : [], members } : { identifier, prefix: [], content };
}

function readMembers(content, depth) {
  const members = [];
  for (let offset = 0; offset < content.length; ) {
    const element = elementAt(content, offset);
    const member = element && read(content.subarray(offset, element.end), depth);
    if (member === undefined) return undefined;
    members.push(member);
    offset = element.end;
  }
  return members;
}

function elementAt(bytes, offset) {
  const first = bytes[offset + 1];
  if (first === undefined) return undefined;
  const count = first < 0x80 ? 0 : first & 0x7f;
  if (count > 3 || (first >= 0x80 && count === 0)) return undefined;
  const octets = bytes.subarray(offset + 2, offset + 2 + count);
  const length = first < 0x80 ? first : octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const start = offset + 2 + count;
  const end = start + length;
  return end > bytes.length ? undefined : { identifier: bytes[offset], content: bytes.subarray(start, end), end };
}

/** @param {any} element */
function write({ identifier, prefix, members, content }) {
  const body = members === undefined ? content : Buffer.concat([Uint8Array.from(prefix), ...members.map(write)]);
  return Buffer.concat([Uint8Array.from([identifier, ...lengthOf(body.length)]), body]);
}

function lengthOf(length) {
  if (length < 0x80) return [length];
  const octets = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 | octets.length, ...octets];
}
