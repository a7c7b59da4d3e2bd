import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPng, type PngPlan } from '../../../tests/material/build-png.js';
import { Refusal } from '../refusal/refusal.js';
import { drawPng } from './draw-png.js';
import { encodePng } from './encode-png.js';
import { parsePng } from './parse-png.js';
import { shrinkImage } from './shrink-image.js';

const draw = (file: Uint8Array) => drawPng(parsePng(file));
const pixelOf = (file: Uint8Array, x: number, y: number) => {
  const { width, pixels } = draw(file);
  return [...pixels.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
};
const plain: PngPlan = { width: 3, height: 2, bitDepth: 8, colorType: 6, samples: (x, y) => [x, y, 7, 255] };
const palette = Uint8Array.from({ length: 6 }, (_, n) => n * 10);

describe('parsePng and drawPng', () => {
  const forms = [
    { bitDepth: 1, colorType: 0, samples: () => [1], expected: [255, 255, 255, 255] },
    { bitDepth: 2, colorType: 0, samples: () => [1], expected: [85, 85, 85, 255] },
    { bitDepth: 4, colorType: 0, samples: () => [15], expected: [255, 255, 255, 255] },
    { bitDepth: 8, colorType: 0, samples: () => [9], expected: [9, 9, 9, 255] },
    { bitDepth: 16, colorType: 0, samples: () => [0x1234], expected: [0x12, 0x12, 0x12, 255] },
    { bitDepth: 8, colorType: 2, samples: () => [1, 2, 3], expected: [1, 2, 3, 255] },
    { bitDepth: 16, colorType: 2, samples: () => [0x100, 0x200, 0x3ff], expected: [1, 2, 3, 255] },
    { bitDepth: 1, colorType: 3, samples: () => [1], expected: [30, 40, 50, 255] },
    { bitDepth: 8, colorType: 3, samples: () => [1], expected: [30, 40, 50, 255] },
    { bitDepth: 8, colorType: 3, samples: () => [2], expected: [0, 0, 0, 0] },
    { bitDepth: 8, colorType: 4, samples: () => [5, 6], expected: [5, 5, 5, 6] },
    { bitDepth: 16, colorType: 6, samples: () => [0x100, 0x200, 0x300, 0x400], expected: [1, 2, 3, 4] },
  ];

  it.each(forms)('draws colour type $colorType at depth $bitDepth as $expected', ({ expected, ...form }) => {
    const between = form.colorType === 3 ? ([['PLTE', palette]] as const) : [];
    for (const interlaced of [false, true]) {
      const file = buildPng({ ...form, width: 9, height: 7, interlaced, between });
      expect(pixelOf(file, 8, 6)).toEqual(expected);
      expect(pixelOf(file, 1, 1)).toEqual(expected);
    }
  });

  it('makes transparent what tRNS says', () => {
    const with_ = (form: Partial<PngPlan>, clear: readonly number[]) =>
      pixelOf(
        buildPng({ ...plain, ...form, between: [...(form.between ?? []), ['tRNS', Uint8Array.from(clear)]] }),
        0,
        0,
      )[3];
    expect(with_({ colorType: 0, samples: () => [9] }, [0, 9])).toBe(0);
    expect(with_({ colorType: 0, samples: () => [9] }, [0, 8])).toBe(255);
    expect(with_({ colorType: 0, bitDepth: 1, samples: () => [1] }, [0, 1])).toBe(0);
    expect(with_({ colorType: 2, samples: () => [1, 2, 3] }, [0, 1, 0, 2, 0, 3])).toBe(0);
    expect(with_({ colorType: 2, bitDepth: 16, samples: () => [1, 2, 3] }, [0, 1, 0, 2, 0, 4])).toBe(255);
    expect(with_({ colorType: 3, between: [['PLTE', palette]], samples: () => [1] }, [255, 60])).toBe(60);
  });

  it('draws any picture as it was, whatever the filters, interlaced or not', () => {
    const plans = fc.record({
      width: fc.integer({ min: 1, max: 20 }),
      height: fc.integer({ min: 1, max: 20 }),
      interlaced: fc.boolean(),
      filters: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1 }),
      noise: fc.uint8Array({ minLength: 1_600, maxLength: 1_600 }),
    });
    fc.assert(
      fc.property(plans, ({ width, height, interlaced, filters, noise }) => {
        const samples = (x: number, y: number) => [...noise.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
        const filter = (row: number) => filters[row % filters.length] ?? 0;
        const file = buildPng({ width, height, bitDepth: 8, colorType: 6, interlaced, filter, samples });
        const image = draw(file);
        expect(Buffer.from(image.pixels).equals(noise.subarray(0, width * height * 4))).toBe(true);
        expect(draw(encodePng(image))).toEqual(image);
      }),
    );
  });

  const whole = buildPng(plain);
  it.each([
    ['nothing', Buffer.alloc(0), 'must be a PNG image'],
    ['a JPEG', Buffer.from('ffd8ffe000104a464946', 'hex'), 'not JPEG'],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'not SVG'],
    ['a file that is cut', whole.subarray(0, -6), 'whole PNG'],
    ['something after the end', Buffer.concat([whole, Buffer.from('<script>')]), 'end with the image'],
    ['65 KiB', Buffer.alloc(66_560), 'at most 65536 octets'],
    ['a wrong check', Buffer.from(whole).fill(0, 29, 33), 'checks are right'],
    ['2000 by 10', buildPng({ ...plain, width: 2_000, height: 10 }), '1024 by 1024'],
    ['no pixels', buildPng({ ...plain, width: 0 }), '1024 by 1024'],
    ['too few rows', buildPng({ ...plain, pixels: deflateSync(Buffer.alloc(5)) }), 'as many pixels'],
    ['a bomb', buildPng({ ...plain, pixels: deflateSync(Buffer.alloc(30_000_000)) }), 'as many pixels'],
    ['what is not compressed', buildPng({ ...plain, pixels: Buffer.from('zlib') }), 'as many pixels'],
    ['a filter that does not exist', buildPng({ ...plain, filter: () => 5 }), 'filters'],
    ['colour type 5', buildPng({ ...plain, colorType: 5 }), 'colour type'],
    ['a palette of none', buildPng({ ...plain, colorType: 3, samples: () => [0] }), 'palette'],
    ['a part that must be understood', buildPng({ ...plain, between: [['EVIL', Buffer.alloc(1)]] }), 'in their order'],
  ])('refuses %s', (_what, file, text) => expect(() => draw(file)).toThrow(text));

  it('throws nothing but Refusal, whatever is changed in a file', () => {
    const files = [whole, buildPng({ ...plain, interlaced: true, width: 40, height: 40 })];
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 4 }),
        (file, edits) => {
          const changed = Buffer.from(file);
          for (const [at, octet] of edits) changed[at % changed.length] = octet;
          try {
            draw(changed);
          } catch (cause) {
            expect(cause).toBeInstanceOf(Refusal);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('shrinkImage', () => {
  it('keeps the shape, and means of what can be seen', () => {
    const image = draw(
      buildPng({ ...plain, width: 4, height: 2, samples: (x) => (x % 2 === 0 ? [200, 0, 0, 255] : [9, 9, 9, 0]) }),
    );
    const small = shrinkImage(image, 2);
    expect([small.width, small.height, ...small.pixels.subarray(0, 4)]).toEqual([2, 1, 200, 0, 0, 128]);
    expect(shrinkImage(image, 4)).toBe(image);
  });
});
