import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHttpDate, renderHttpDate } from './parse-http-date.js';

describe('parseHttpDate', () => {
  it('reads an IMF-fixdate', () => {
    expect(parseHttpDate('Sun, 06 Nov 1994 08:49:37 GMT')).toEqual(new Date('1994-11-06T08:49:37Z'));
  });

  it.each([
    'Sunday, 06-Nov-94 08:49:37 GMT',
    'Sun Nov  6 08:49:37 1994',
    'Mon, 06 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 UTC',
    'Sun, 06 Nov 1994 08:49:37 +0100',
    'Sun, 31 Feb 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 24:49:37 GMT',
    '1994-11-06T08:49:37Z',
    '784111777',
    '',
  ])('takes nothing else: %s', (text) => {
    expect(parseHttpDate(text)).toBeUndefined();
  });

  it('reads back what renderHttpDate writes', () => {
    const seconds = fc.integer({ min: 0, max: 253402300799 });
    fc.assert(
      fc.property(seconds, (time) => {
        expect(parseHttpDate(renderHttpDate(new Date(time * 1000)) ?? '')).toEqual(new Date(time * 1000));
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseHttpDate(text)).toBeUndefined();
      }),
    );
  });
});
