import { BlockList, isIP, isIPv4 } from 'node:net';

/** What an IP address is, for the decision whether the server may connect to it. */
export type AddressScope = 'public' | 'private' | 'forbidden';

/**
 * Says whether an address is public, private (loopback, RFC 1918, RFC 6598, RFC 4193: open by policy), or never to be
 * connected to (link-local with its metadata endpoints, multicast, reserved and documentation ranges of RFC 6890, tunnels).
 * An IPv4 address inside an IPv6 one (mapped, NAT64) is judged as that IPv4 address; text that is no address is forbidden.
 */
export function judgeAddress(address: string): AddressScope {
  if (isIP(address) === 0 || address.includes('%')) return 'forbidden';
  if (isIPv4(address)) return judgeIPv4(address);
  const octets = expandIPv6(address);
  const embedded = embeddedIPv4(octets);
  if (embedded !== undefined) return judgeIPv4(embedded);
  if (privateRanges.check(address, 'ipv6')) return 'private';
  return globalUnicast.check(address, 'ipv6') && !forbiddenRanges.check(address, 'ipv6') ? 'public' : 'forbidden';
}

function judgeIPv4(address: string): AddressScope {
  if (privateRanges.check(address, 'ipv4')) return 'private';
  return forbiddenRanges.check(address, 'ipv4') ? 'forbidden' : 'public';
}

function embeddedIPv4(octets: readonly number[]): string | undefined {
  const head = octets.slice(0, 12).join('.');
  return head === mappedPrefix || head === nat64Prefix ? octets.slice(12).join('.') : undefined;
}

const mappedPrefix = '0.0.0.0.0.0.0.0.0.0.255.255';
const nat64Prefix = '0.100.255.155.0.0.0.0.0.0.0.0';

function expandIPv6(address: string): readonly number[] {
  const [left = '', right] = withHexadecimalTail(address).split('::');
  const head = groups(left);
  const tail = right === undefined ? [] : groups(right);
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => 0);
  return [...head, ...zeros, ...tail].flatMap((group) => [group >> 8, group & 0xff]);
}

function groups(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}

function withHexadecimalTail(address: string): string {
  const dotted = /(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address);
  if (dotted === null) return address;
  const [a, b, c, d] = dotted.slice(1).map(Number) as [number, number, number, number];
  return `${address.slice(0, dotted.index)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}

function ranges(list: readonly string[]): BlockList {
  const block = new BlockList();
  for (const range of list) {
    const [network = '', length = ''] = range.split('/');
    block.addSubnet(network, Number(length), isIPv4(network) ? 'ipv4' : 'ipv6');
  }
  return block;
}

const privateRanges = ranges([
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '::1/128',
  'fc00::/7',
]);

const forbiddenRanges = ranges([
  '0.0.0.0/8',
  '169.254.0.0/16',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
]);

const globalUnicast = ranges(['2000::/3']);
