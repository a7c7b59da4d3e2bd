import { isIPv4, isIPv6 } from 'node:net';

/**
 * Who has an address, to count by: an IPv4 address whole; of an IPv6 address its network of 64 bits, because one host has as many addresses
 * there as it likes. Every spelling of an address (RFC 5952 section 2) is the same source; an IPv4 address written as IPv6 is the IPv4 one.
 */
export function sourceOfAddress(address: string): string {
  if (isIPv4(address)) return address;
  const [bare = ''] = address.split('%', 1);
  if (!isIPv6(bare)) return 'unknown';
  const groups = readGroups(bare);
  if (isMapped(groups)) return groups.slice(6).flatMap(toOctets).join('.');
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** The eight groups of a valid IPv6 address (RFC 4291 section 2.2). */
function readGroups(address: string): readonly number[] {
  const [before = [], after] = address.split('::').map(readHalf);
  if (after === undefined) return before;
  const zeros = new Array<number>(8 - before.length - after.length).fill(0);
  return [...before, ...zeros, ...after];
}

function readHalf(half: string): readonly number[] {
  if (half === '') return [];
  return half.split(':').flatMap((group) => (group.includes('.') ? readDotted(group) : [Number.parseInt(group, 16)]));
}

function readDotted(text: string): readonly number[] {
  const [a = 0, b = 0, c = 0, d = 0] = text.split('.').map(Number);
  return [a * 256 + b, c * 256 + d];
}

/** ::ffff:0:0/96 (RFC 4291 section 2.5.5.2). */
function isMapped(groups: readonly number[]): boolean {
  return groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
}

function toOctets(group: number): readonly number[] {
  return [group >> 8, group & 0xff];
}
