/** Whom a proxy names as the sender of a connection; undefined where the proxy speaks for itself. */
export interface ProxyHeader {
  readonly address: string | undefined;
}

/** Octets of the part with a fixed length. */
export const proxyHeadOctets = 16;
/** The most octets that may follow it: an address, and what a proxy tells beside it. */
const mostOctets = 1_024;
const signature = Buffer.from('0d0a0d0a000d0a515549540a', 'hex');
const local = 0x20;
const proxied = 0x21;
const families = new Map([
  [0x11, { octets: 4, block: 12 }],
  [0x21, { octets: 16, block: 36 }],
]);

/** The octets that follow the first 16 of a header (PROXY protocol version 2, section 2.2); undefined where this is none. */
export function readProxyLength(head: Uint8Array): number | undefined {
  if (head.length !== proxyHeadOctets || signature.compare(head, 0, signature.length) !== 0) return undefined;
  const view = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const length = view.readUInt16BE(14);
  return (view[12] === local || view[12] === proxied) && length <= mostOctets ? length : undefined;
}

/**
 * Reads a whole header of version 2 whose head `readProxyLength` took: TCP over IPv4 or IPv6, or LOCAL, whose octets are not looked at.
 * Everything else is undefined: UDP, UNIX sockets, no family, and fields that do not fill the length exactly.
 */
export function parseProxyHeader(head: Uint8Array, rest: Uint8Array): ProxyHeader | undefined {
  if (readProxyLength(head) !== rest.length) return undefined;
  if (head[12] === local) return { address: undefined };
  const family = families.get(head[13] ?? 0);
  if (family === undefined || rest.length < family.block || !isFieldList(rest.subarray(family.block))) return undefined;
  return { address: renderAddress(rest.subarray(0, family.octets)) };
}

/** Type, length and value, one after the other (section 2.2). */
function isFieldList(octets: Uint8Array): boolean {
  let at = 0;
  while (at + 3 <= octets.length) at += 3 + (octets[at + 1] ?? 0) * 256 + (octets[at + 2] ?? 0);
  return at === octets.length;
}

function renderAddress(octets: Uint8Array): string {
  if (octets.length === 4) return octets.join('.');
  const groups = Array.from({ length: 8 }, (_, at) => (octets[2 * at] ?? 0) * 256 + (octets[2 * at + 1] ?? 0));
  return groups.map((group) => group.toString(16)).join(':');
}
