import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../refusal/refusal.js';
import { type DerElement, DerMembers, parseDer, verifyNesting } from './der-reader.js';
import { tag } from './der-tag.js';
import { readText } from './der-text.js';
import { readGeneralizedTime, readTime } from './der-time.js';
import {
  readBoolean,
  readInteger,
  readNamedBits,
  readObjectIdentifier,
  readOctetsOfBits,
  readSmallInteger,
} from './der-values.js';
import * as der from './der-writer.js';

const hex = (text: string): Uint8Array => Buffer.from(text.replaceAll(' ', ''), 'hex');
const element = (bytes: Uint8Array): DerElement => parseDer(bytes, 'it');

describe('the frame of DER', () => {
  it.each([
    ['nothing', ''],
    ['an identifier alone', '30'],
    ['content cut off', '30 03 02 01'],
    ['bytes after the end', '30 00 00'],
    ['indefinite length', '30 80 00 00'],
    ['length in the long form without need', '04 81 01 00'],
    ['length with a leading zero', `04 82 00 80 ${'00'.repeat(128)}`],
    ['length of five octets', '04 85 00 00 00 00 01 00'],
    ['a length that is beyond the end', '04 84 ff ff ff ff'],
    ['a high tag number', '1f 81 01 00'],
    ['end of contents', '00 00'],
    ['a primitive SEQUENCE', '10 00'],
    ['a constructed OCTET STRING', '24 02 04 00'],
  ])('refuses %s', (_, text) => {
    expect(() => element(hex(text))).toThrow(Refusal);
  });

  it('reads lengths in every form', () => {
    for (const length of [0, 1, 127, 128, 255, 256, 65_535, 65_536]) {
      expect(element(der.octetString(new Uint8Array(length))).content.length).toBe(length);
    }
  });

  it('refuses members that are missing, of another type, or left over', () => {
    const pair = element(der.sequence(der.integer(1), der.integer(2)));
    expect(() => new DerMembers(pair).next(tag.boolean, 'flag')).toThrow(/flag: its type is 0x02/);
    const members = new DerMembers(pair);
    members.next(tag.integer, 'first');
    expect(() => members.end()).toThrow(/do not belong there/);
    members.next(tag.integer, 'second');
    expect(() => members.next(tag.integer, 'third')).toThrow(/third: it is missing/);
    expect(() => new DerMembers(pair).rest('number', 1)).toThrow(/more than 1/);
  });

  it('refuses nesting that is too deep, and ends on it', () => {
    const deep = Array.from({ length: 200 }).reduce<Uint8Array>((inner) => der.sequence(inner), der.nullValue());
    expect(() => verifyNesting(element(deep))).toThrow(/nested deeper/);
  });
});

describe('the values of DER', () => {
  it.each([
    ['BOOLEAN 01', () => readBoolean(element(hex('01 01 01')))],
    ['BOOLEAN of two octets', () => readBoolean(element(hex('01 02 ff ff')))],
    ['INTEGER without octets', () => readInteger(element(hex('02 00')))],
    ['INTEGER with a needless 00', () => readInteger(element(hex('02 02 00 7f')))],
    ['INTEGER with a needless FF', () => readInteger(element(hex('02 02 ff 80')))],
    ['small INTEGER that is negative', () => readSmallInteger(element(hex('02 01 ff')))],
    ['BIT STRING without octets', () => readOctetsOfBits(element(hex('03 00')))],
    ['BIT STRING with eight unused bits', () => readOctetsOfBits(element(hex('03 02 08 00')))],
    ['BIT STRING with unused bits of nothing', () => readNamedBits(element(hex('03 01 01')))],
    ['BIT STRING with unused bits that are set', () => readNamedBits(element(hex('03 02 01 81')))],
    ['BIT STRING of octets with unused bits', () => readOctetsOfBits(element(hex('03 02 01 80')))],
    ['named bits with trailing zeros', () => readNamedBits(element(hex('03 02 00 80')))],
    ['OBJECT IDENTIFIER without octets', () => readObjectIdentifier(element(hex('06 00')))],
    ['OBJECT IDENTIFIER cut off', () => readObjectIdentifier(element(hex('06 02 2a 86')))],
    ['OBJECT IDENTIFIER with a padded arc', () => readObjectIdentifier(element(hex('06 03 2a 80 01')))],
    ['OBJECT IDENTIFIER of 65 octets', () => readObjectIdentifier(element(der.tlv(6, new Uint8Array(65).fill(1))))],
    ['UTF8String that is not UTF-8', () => readText(element(hex('0c 02 c3 28')))],
    ['UTF8String with an overlong NUL', () => readText(element(hex('0c 02 c0 80')))],
    ['UTF8String with a NUL', () => readText(element(hex('0c 03 61 00 62')))],
    ['PrintableString with @', () => readText(element(der.tlv(0x13, Buffer.from('a@b'))))],
    ['IA5String beyond ASCII', () => readText(element(hex('16 01 e9')))],
    ['BMPString of odd length', () => readText(element(hex('1e 03 00 61 00')))],
    ['BMPString with half a character', () => readText(element(hex('1e 02 d8 00')))],
    ['UniversalString beyond Unicode', () => readText(element(hex('1c 04 00 11 00 00')))],
    ['NumericString with a letter', () => readText(element(der.tlv(0x12, Buffer.from('1a'))))],
  ])('refuse %s', (_, read) => {
    expect(read).toThrow(Refusal);
  });

  it.each([
    [0x17, '2601011200Z'],
    [0x17, '260101120000'],
    [0x17, '260101120000+0000'],
    [0x17, '260230120000Z'],
    [0x17, '260101240000Z'],
    [0x17, '260101120060Z'],
    [0x18, '20600101120000'],
    [0x18, '20600101120000.5Z'],
    [0x18, '00500101120000Z'],
    [0x18, '20260101120000Z'],
  ])('refuse the time %i %s', (identifier, text) => {
    expect(() => readTime(element(der.tlv(identifier, Buffer.from(text))))).toThrow(Refusal);
  });

  it('read two-digit years by RFC 5280', () => {
    const year = (text: string): number => readTime(element(der.tlv(0x17, Buffer.from(text)))).getUTCFullYear();
    expect([year('490101000000Z'), year('500101000000Z'), year('991231235959Z')]).toEqual([2049, 1950, 1999]);
  });
});

describe('what the writer writes', () => {
  it('is what the reader reads', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 0n, max: 1n << 70n }), { maxLength: 6 }),
        fc.bigInt({ min: 0n, max: 39n }),
        fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
        (arcs, second, text) => {
          const dotted = [1, second, ...arcs].join('.');
          const written = der.objectIdentifier(dotted);
          if (written.length <= 66) expect(readObjectIdentifier(element(written))).toBe(dotted);
          expect(readText(element(der.utf8String(text)))?.value).toBe(text);
        },
      ),
    );
  });

  it('holds numbers, bits and times', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 31 - 1 }),
        fc.uniqueArray(fc.nat(31)),
        fc.date({ noInvalidDate: true, min: new Date('1950-01-01'), max: new Date('9999-12-31') }),
        (number, bits, date) => {
          const second = new Date(Math.floor(date.getTime() / 1000) * 1000);
          expect(readSmallInteger(element(der.integer(number)))).toBe(number);
          expect(readNamedBits(element(der.namedBits(bits)))).toEqual(bits.toSorted((one, other) => one - other));
          expect(readTime(element(der.time(second)))).toEqual(second);
          expect(readGeneralizedTime(element(der.generalizedTime(second)))).toEqual(second);
        },
      ),
    );
  });

  it('is minimal for negative and unsigned integers', () => {
    expect(Buffer.from(der.integer(-129)).toString('hex')).toBe('0202ff7f');
    expect(Buffer.from(der.integer(Uint8Array.of(0, 0, 0x80))).toString('hex')).toBe('02020080');
    expect(Buffer.from(der.integer(new Uint8Array(0))).toString('hex')).toBe('020100');
  });
});

describe('any bytes', () => {
  const descend = (item: DerElement): void => {
    readText(item);
    if ((item.identifier & 0x20) !== 0) new DerMembers(item).rest('any', 1000).forEach(descend);
  };

  it('are read or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          descend(element(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
