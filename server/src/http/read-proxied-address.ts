import { BlockList, isIPv4, isIPv6, type Socket } from 'node:net';
import { parseProxyHeader, proxyHeadOctets, readProxyLength } from './parse-proxy-header.js';

/** The address that a connection counts for: its own, or the one that the proxy in front of us names; undefined where it must be closed. */
export type ReadAddress = (connection: Socket, then: (address: string | undefined) => void) => void;

/** How long the header of a connection may take, milliseconds. */
const headerTimeout = 3_000;

/**
 * Reads PROXY protocol version 2 from these peers, addresses or networks, and requires it of them. What anybody else sends is not
 * interpreted: a header from them is no TLS. The spoofing of one thus needs the address of a peer.
 */
export function readProxiedAddress(peers: readonly string[]): ReadAddress {
  const list = toBlockList(peers);
  return (connection, then) => {
    const address = connection.remoteAddress ?? '';
    if (peers.length === 0 || !list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6')) then(address);
    else readHeader(connection, (header) => then(header === undefined ? undefined : (header.address ?? address)));
  };
}

/** Whether a text is an address or a network in CIDR notation (RFC 4632, RFC 4291 section 2.3). */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const most = isIPv4(address) ? 32 : isIPv6(address) && !address.includes('%') ? 128 : -1;
  return rest.length === 0 && most > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
}

function toBlockList(peers: readonly string[]): BlockList {
  const list = new BlockList();
  for (const peer of peers) {
    const [address = '', bits] = peer.split('/');
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/** Takes the octets of the header and not one more: what follows is left for TLS. */
function readHeader(connection: Socket, then: (header: ReturnType<typeof parseProxyHeader>) => void): void {
  let head: Buffer | null = null;
  const finish = (header: ReturnType<typeof parseProxyHeader>) => {
    clearTimeout(timer);
    connection.off('readable', look).off('close', leave);
    then(header);
  };
  const leave = () => finish(undefined);
  const look = () => {
    head ??= connection.read(proxyHeadOctets);
    if (head === null) return;
    const length = readProxyLength(head);
    if (length === undefined) return finish(undefined);
    const rest: Buffer | null = length === 0 ? Buffer.alloc(0) : connection.read(length);
    if (rest !== null) finish(parseProxyHeader(head, rest));
  };
  const timer = setTimeout(leave, headerTimeout);
  connection.on('readable', look).once('close', leave);
}
