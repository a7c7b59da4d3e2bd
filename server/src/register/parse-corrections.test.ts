import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCorrections } from './parse-corrections.js';

const bank = {
  authority: 'FR_ACPR',
  number: '30004',
  type: 'CRD_CRE_INS',
  names: ['Banque Exemple'],
  authorisationDates: ['2001-01-01'],
  source: 'REGAFI, 20 November 2026',
  reason: 'credit institution',
  expires: '2026-12-31',
};

function parse(...entries: readonly object[]) {
  return parseCorrections(Buffer.from(JSON.stringify({ entries })));
}

describe('a file of corrections', () => {
  test('is YAML or JSON and says what other sources know', () => {
    const yaml = `
entries:
  - authority: FI_FIN-FSA
    number: 0111027-9
    authorisationDates: [2019-03-01, 2026-02-01]
    services: { FI: [PS_070] }
    source: FIN-FSA, by letter
    reason: withdrawn
`;
    expect(parseCorrections(Buffer.from(yaml))).toEqual([
      {
        authority: 'FI_FIN-FSA',
        number: '0111027-9',
        type: undefined,
        names: [],
        country: '',
        authorisationDates: ['2019-03-01', '2026-02-01'],
        services: { FI: ['PS_070'] },
        source: 'FIN-FSA, by letter',
        reason: 'withdrawn',
        override: false,
        expires: undefined,
      },
    ]);
    expect(parse(bank)).toMatchObject([{ type: 'CRD_CRE_INS', expires: new Date('2027-01-01T00:00:00Z') }]);
    expect(parse()).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['an override without end [O13, U21]', { type: undefined, override: true, expires: undefined }, 'expires: must be'],
    ['a credit institution without end', { expires: undefined }, 'entries.0.expires: must be given'],
    ['a credit institution without name', { names: [] }, 'needs names'],
    ['nothing said', { type: undefined, authorisationDates: undefined }, 'says neither'],
    ['an agent', { type: 'PSD_AG' }, 'entries.0.type'],
    ['no source', { source: undefined }, 'entries.0.source'],
    ['no reason', { reason: ' ' }, 'entries.0.reason'],
    ['days out of order', { authorisationDates: ['2020-01-01', '2019-01-01'] }, 'in their order'],
    ['a day that is none', { authorisationDates: ['2020-02-31'] }, 'entries.0.authorisationDates'],
    ['an end that is none', { expires: 'soon' }, 'entries.0.expires'],
    ['a key too many', { roles: ['PSP_AI'] }, 'roles'],
    ['an authority in the spelling of certificates', { authority: 'FR-ACPR' }, 'such as FR_ACPR'],
  ])('with %s is refused', (_name, change, reason) => {
    expect(() => parse({ ...bank, ...change })).toThrow(reason);
  });

  test('that says a thing twice is refused', () => {
    expect(() => parse(bank, { ...bank, number: ' 30004 ' })).toThrow('entries.1: FR_ACPR 30004 stands there twice');
    expect(parse(bank, { ...bank, source: 'another' })).toHaveLength(2);
  });

  test.each([
    ['not UTF-8', Buffer.from([0x7b, 0xff])],
    ['not YAML', Buffer.from('entries: [')],
    ['no list', Buffer.from('entries: 1')],
    ['with aliases', Buffer.from('a: &a [x]\nentries: [*a, *a]')],
    ['empty', Buffer.from('')],
  ])('%s is refused', (_name, octets) => {
    expect(() => parseCorrections(octets)).toThrow(expect.objectContaining({ name: 'Refusal' }));
  });

  test('is read or refused, nothing else', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((json) => `{"entries":${json}}`),
        ),
        (text) => {
          try {
            parseCorrections(Buffer.from(text));
          } catch (refusal) {
            expect(refusal).toMatchObject({ name: 'Refusal' });
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
