import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeAddress } from './judge-address.js';

describe('judgeAddress', () => {
  test.each([
    '93.184.216.34',
    '1.1.1.1',
    '172.15.0.1',
    '172.32.0.1',
    '100.63.0.1',
    '2606:2800:220:1::1',
    '::ffff:1.1.1.1',
    '64:ff9b::101:101',
  ])('knows %s as public', (address) => expect(judgeAddress(address)).toBe('public'));
  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.20.0.1',
    '192.168.0.1',
    '100.64.1.1',
    '::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '::ffff:a00:1',
    '64:ff9b::7f00:1',
  ])('knows %s as private', (address) => expect(judgeAddress(address)).toBe('private'));
  test.each([
    '0.0.0.0',
    '169.254.169.254',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    '2002::1',
    '2001:0:1::',
    'localhost',
    '',
    '1.2.3',
  ])('forbids %s', (address) => expect(judgeAddress(address)).toBe('forbidden'));
  test('judges an IPv4 address alike in all its IPv6 clothes', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
        const tail = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
        for (const form of [`::ffff:${address}`, `::ffff:${tail}`, `0:0:0:0:0:ffff:${tail}`, `64:ff9b::${tail}`]) {
          expect(judgeAddress(form)).toBe(judgeAddress(address));
        }
      }),
    );
  });
});
