import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseProxyHeader, readProxyLength } from './parse-proxy-header.js';

const signature = '0d0a0d0a000d0a515549540a';
const ipv4 = 'c0000207cb007101d90301bb';
const ipv6 = `20010db8000000000000000000000001${'0'.repeat(31)}2d90301bb`;

function parse(hex: string): ReturnType<typeof parseProxyHeader> {
  const octets = Buffer.from(hex, 'hex');
  return parseProxyHeader(octets.subarray(0, 16), octets.subarray(16));
}

describe('P10: the header of PROXY protocol version 2', () => {
  it.each([
    ['TCP over IPv4', `${signature}2111000c${ipv4}`, '192.0.2.7'],
    ['TCP over IPv6', `${signature}21210024${ipv6}`, '2001:db8:0:0:0:0:0:1'],
    ['fields beside the address', `${signature}21110013${ipv4}04000401020304`, '192.0.2.7'],
    ['LOCAL', `${signature}20000000`, undefined],
    ['LOCAL with octets that are skipped', `${signature}20110003ffffff`, undefined],
  ])('reads %s', (_title, hex, address) => expect(parse(hex)).toEqual({ address }));

  it.each([
    ['another signature', `0d0a0d0a000d0a515549540b2111000c${ipv4}`],
    ['version 1 in its place', `${signature}1111000c${ipv4}`],
    ['version 3', `${signature}3111000c${ipv4}`],
    ['an unknown command', `${signature}2211000c${ipv4}`],
    ['UDP', `${signature}2112000c${ipv4}`],
    ['a UNIX socket', `${signature}213100d8${'00'.repeat(216)}`],
    ['no family', `${signature}21000000`],
    ['too short an address', `${signature}2111000b${ipv4.slice(2)}`],
    ['IPv4 under the name of IPv6', `${signature}2121000c${ipv4}`],
    ['fewer octets than it says', `${signature}2111000d${ipv4}`],
    ['more octets than it says', `${signature}2111000c${ipv4}00`],
    ['a field that is longer than the rest', `${signature}21110010${ipv4}04000200`],
    ['an end in the middle of a field', `${signature}2111000e${ipv4}0400`],
    ['more octets than are read', `${signature}20000401${'00'.repeat(1_025)}`],
  ])('refuses %s', (_title, hex) => expect(parse(hex)).toBeUndefined());

  it('refuses whatever else there is without a fault, and reads no length beyond its bound', () => {
    const octets = fc.uint8Array({ maxLength: 64 });
    const head = fc.oneof(
      octets,
      octets.map((rest) => Buffer.concat([Buffer.from(signature, 'hex'), rest]).subarray(0, 16)),
    );
    fc.assert(
      fc.property(head, octets, (given, rest) => {
        expect(readProxyLength(given) ?? 0).toBeLessThanOrEqual(1_024);
        const parsed = parseProxyHeader(given, rest);
        if (parsed !== undefined) expect(given.length).toBe(16);
      }),
    );
  });
});
