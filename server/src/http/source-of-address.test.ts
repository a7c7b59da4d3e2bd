import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sourceOfAddress } from './source-of-address.js';

describe('the source of an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::ffff:c000:207', '192.0.2.7'],
    ['0:0:0:0:0:FFFF:192.0.2.7', '192.0.2.7'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:0:0:1::', '2001:db8:0:0::/64'],
    ['2001:0DB8:0000::abcd:1:2:3', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4::/64'],
    ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64'],
    ['', 'unknown'],
    ['host.example', 'unknown'],
  ])('of %s is %s', (address, source) => expect(sourceOfAddress(address)).toBe(source));

  const group = fc.integer({ min: 0, max: 0xffff });

  it('is the same for every spelling of one network', () => {
    fc.assert(
      fc.property(fc.array(group, { minLength: 4, maxLength: 4 }), fc.ipV6(), fc.nat(3), (network, other, kind) => {
        const host = [1, 0, 0, Number.parseInt(other.replaceAll(/[^0-9a-f]/gi, '').slice(0, 4) || '0', 16)];
        const address = spell([...network, ...host], kind);
        expect(sourceOfAddress(address)).toBe(`${network.map((each) => each.toString(16)).join(':')}::/64`);
      }),
    );
  });

  it('is a source for every address there is', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        expect(sourceOfAddress(address)).toMatch(/^([0-9a-f]{1,4}:){4}:\/64$|^\d+\.\d+\.\d+\.\d+$/);
      }),
    );
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(sourceOfAddress(`::ffff:${address}`)).toBe(address);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(sourceOfAddress(text)).not.toBe('');
      }),
    );
  });
});

/** One of the ways to write an address: whole, padded, in capitals, with its first run of zeros left out. */
function spell(groups: readonly number[], kind: number): string {
  const whole = groups.map((each) => each.toString(16));
  if (kind === 0) return whole.join(':');
  if (kind === 1) return whole.map((each) => each.padStart(4, '0')).join(':');
  if (kind === 2) return whole.join(':').toUpperCase();
  const compressed = whole.join(':').replace(/(^|:)0(:0)+(:|$)/, '::');
  return compressed;
}
