import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findNameDoubts } from './find-name-doubts.js';
import { skeletonOf } from './name-skeleton.js';

const bankNames = ['BNP Paribas', 'CIC', 'Demo Bank', 'Cr\u00e9dit Mutuel'];
const kinds = (name: string) => findNameDoubts(name, bankNames).map(({ kind }) => kind);

describe('findNameDoubts', () => {
  it.each([
    ['\u0412NP Paribas', ['scripts', 'bank']],
    ['BNP Pari\u0431as', ['scripts']],
    ['BNP PARIBAS', ['bank']],
    ['bnp-paribas', ['bank']],
    ['BNPParibas Budget', ['bank']],
    ['8NP Par1bas', ['bank']],
    ['\uff22\uff2e\uff30 Paribas', ['bank']],
    ['\u{1d401}\u{1d40d}\u{1d40f} Paribas', ['bank']],
    ['\u039d\u0399\u039a\u0397 Bank', ['scripts']],
    ['Demo Bank SAS', ['bank']],
    ['Derno Bank', ['bank']],
    ['Credit MutueI', ['bank']],
    ['Mon appli C.I.C', ['bank']],
    ['Mon appli CIC', ['bank']],
    ['C\u0406C', ['scripts', 'bank']],
    ['\u0421\u0406\u0421', ['bank']],
    ['\u0420\u0410\u0423 Pal', ['scripts']],
  ])('R45, R47: %s', (name, expected) => expect(kinds(name)).toEqual(expected));

  it.each([
    'Caf\u00e9 Comptes',
    'Circonstance',
    '\u0391\u03b8\u03ae\u03bd\u03b1 \u2014 \u53e3\u5ea7',
    '\u0421\u0431\u0435\u0440\u0435\u0436\u0435\u043d\u0438\u044f',
    '\u5bb6\u8a08\u7c3f\u30a2\u30d7\u30ea Zaim',
    '<script>alert(1)</script> {{7*7}}',
    "L'\u00c9pargne \u00e0 2 % & Cie",
    'Application 14',
  ])('shows %s at once', (name) => expect(kinds(name)).toEqual([]));
});

describe('skeletonOf', () => {
  it.each([
    ['Bankin', 'BANK\u0130N SAS'],
    ['Paypal', '\u0440\u0430\u0443\u0440\u0430l'],
    ['modern', 'modem'],
    ['Illusion', '1llus1on'],
    ['Tresor', 'Tr\u00e9sor, S.L.'],
    ['OASIS', '0A\u0405I\u0405'],
  ])('takes %s for %s', (one, other) => expect(skeletonOf(other)).toBe(skeletonOf(one)));

  it.each([
    ['Comptes', 'Comptables'],
    ['Budget Plus', 'Budget'],
    ['SAS', ''],
    ['\u53e3\u5ea7', '\u5ea7\u53e3'],
  ])('does not take %s for %s', (one, other) => expect(skeletonOf(other)).not.toBe(skeletonOf(one)));

  it('looks the same whatever case and accents, and never fails', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (name) => {
        expect(skeletonOf(`${name} `)).toBe(skeletonOf(name));
        findNameDoubts(name, bankNames);
      }),
    );
  });
});
