import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hostileOctets } from './der-shapes.js';
import { hostileTexts } from './hostile-texts.js';
import { measureGrowth, mostGrowth, type Sizes } from './measure-growth.js';
import { parsersOfOctets } from './parsers-of-octets.js';
import { parsersOfTexts } from './parsers-of-texts.js';
import { parsersOfValues } from './parsers-of-values.js';

const root = join(import.meta.dirname, '../..');

/** What reads nothing that comes from outside, or nothing but what another of the table has read; by file and name. */
const exceptions: readonly (readonly [where: RegExp, why: string])[] = [
  [/^server\/src\/store\//, 'reads our own tables'],
  [/^server\/src\/(audit|transcripts|commands|management)\//, 'reads what we or the operator wrote'],
  [/^server\/src\/config\.ts/, 'reads the configuration of the operator'],
  [/^server\/src\/gateway\/read-accounts\.ts/, 'reads what the bank answers'],
  [/^server\/src\/registration\/read-registrations\.ts/, 'reads our own tables'],
  [
    /^server\/src\/sandbox\/(change-as-owner|kit-as-owner|certified-key|credential-file)\.ts/,
    'reads what we keep of an owner',
  ],
  [/^server\/src\/sandbox\/pages\/owner-session\.ts/, 'reads our own tables'],
  [/^server\/src\/trust\/(list-floor|signer-approvals)\.ts/, 'reads a file that we keep ourselves'],
  [/^server\/src\/portal\/read-deviations\.ts/, 'reads a document of ours'],
  [/^server\/src\/explorer\/explorer-connection\.ts/, 'reads files of the operator'],
  [/^server\/src\/register\/read-register-(file|zip)\.ts/, 'hands the octets on as they come to what splits them'],
  [/^server\/src\/fetch\/read-bounded\.ts/, 'counts octets'],
  [
    /^server\/src\/http\/(read-body|peer-certificates|read-source|read-proxied-address)\.ts/,
    'counts octets, or asks the socket',
  ],
  [/^server\/src\/http\/read-form\.ts/, 'is parseForm of a body'],
  [
    /^server\/src\/sandbox\/pages\/read-submission\.ts#readSubmission/,
    'is parseMultipart of a body, and holdsPrivateKey of each part',
  ],
  [/^core\/src\/qualification\/evidence-parts\.ts/, 'reads our own tables'],
];

/** Every exported function that is named for reading: "folder/file.ts#name". */
function listParsers(): readonly string[] {
  return globSync('{core,server}/src/**/*.ts', { cwd: root })
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) =>
      [
        ...readFileSync(join(root, file), 'utf8').matchAll(
          /^export (?:async )?(?:function|const) ((?:parse|read)[A-Z]\w*)/gm,
        ),
      ].map(([, name]) => `${file}#${name}`),
    );
}

describe('the table of parsers', () => {
  const table = new Set([...parsersOfTexts, ...parsersOfOctets, ...parsersOfValues].map(([{ name }]) => name));
  const excepted = (parser: string) => exceptions.some(([where]) => where.test(parser));

  it('has every parser that is exported, or says why not', () => {
    expect(listParsers().filter((parser) => !excepted(parser) && !table.has(parser.split('#')[1] ?? ''))).toEqual([]);
  });

  it('excepts nothing that is not there', () => {
    expect(exceptions.filter(([where]) => !listParsers().some((parser) => where.test(parser)))).toEqual([]);
  });
});

describe('measureGrowth', () => {
  const scanAgain = (length: number) => () => {
    let seen = 0;
    for (let from = 0; from < length; from += 1) for (let at = from; at < length; at += 1) seen += at & 1;
    return seen;
  };
  const scanOnce = (length: number) => () => {
    let seen = 0;
    for (let at = 0; at < length; at += 1) seen += at & 1;
    return seen;
  };

  it('tells a scan that begins again at each character from one that does not', { retry: 3 }, () => {
    expect(measureGrowth(sizesOf(4_000, scanAgain))).toBeGreaterThan(mostGrowth);
    expect(measureGrowth(sizesOf(1_000_000, scanOnce))).toBeLessThanOrEqual(mostGrowth);
  });

  it('sees what an expression costs that trims badly', { retry: 3 }, () => {
    const atEnd = (repeated: string) => new RegExp(`${repeated}$`);
    const trimmed = atEnd(' +');
    const trim = (length: number) => () => `a${' '.repeat(length)}b`.replace(trimmed, '');
    expect(measureGrowth(sizesOf(6_000, trim))).toBeGreaterThan(mostGrowth);
  });
});

function sizesOf(most: number, prepare: (size: number) => () => unknown): Sizes {
  return { full: prepare(most), half: prepare(most / 2), quarter: prepare(most / 4) };
}

function expectLinear(shapes: readonly (readonly [name: string, sizes: Sizes])[]): void {
  const measured = shapes.map(([name, sizes]) => ({ name, growth: measureGrowth(sizes) }));
  expect(measured.filter(({ growth }) => growth > mostGrowth)).toEqual([]);
}

describe('twice the input takes at most two and a half times the work', () => {
  it.each(
    parsersOfTexts.map(([{ name }, most, give], row) => [name, row, most, give] as const),
  )('%s (row %i)', (_name, _row, most, give) => {
    expectLinear(
      hostileTexts().map(([shape, make]) => {
        const prepare = (length: number) => {
          const text = make(length);
          return () => give(text);
        };
        return [shape, sizesOf(most, prepare)] as const;
      }),
    );
  });

  it.each(
    parsersOfOctets.map(([{ name }, most, give], row) => [name, row, most, give] as const),
  )('%s of octets (row %i)', (_name, _row, most, give) => {
    expectLinear(
      hostileOctets().map(([shape, make]) => {
        const prepare = (length: number) => {
          const octets = make(length - 64);
          return () => give(octets);
        };
        return [shape, sizesOf(most, prepare)] as const;
      }),
    );
  });

  it.each(
    parsersOfValues.map(([{ name }, most, prepare], row) => [name, row, most, prepare] as const),
  )('%s of many parts (row %i)', (_name, _row, most, prepare) => {
    expectLinear([['parts', sizesOf(most, prepare)]]);
  });
});
