import { describe, expect, it } from 'vitest';
import { findCandidates, indexRegister, matchesOrganization } from './match-organization.js';
import type { RegisterEntity } from './register-entity.js';

function entity(change: Partial<RegisterEntity>): RegisterEntity {
  return {
    authority: 'FR_ACPR',
    nationalReference: '12345',
    entityCode: 'FR_ACPR!12345',
    type: 'PSD_PI',
    names: ['Exemple SAS'],
    country: 'FR',
    authorisationDates: ['2019-03-01'],
    services: { FR: ['PS_070'] },
    ...change,
  };
}

const reference = { country: 'FR', authority: 'ACPR', number: '12345' };

describe('findCandidates', () => {
  it('finds an institution by authority and number, once even if both keys say the same', () => {
    expect(findCandidates(indexRegister([entity({})]), reference)).toEqual([entity({})]);
  });

  it('finds by the number in the entity code where the national reference differs', () => {
    const irish = entity({ authority: 'IE_CBI', nationalReference: '635 119', entityCode: 'IE_CBI!C58301' });
    expect(findCandidates(indexRegister([irish]), { country: 'IE', authority: 'CBI', number: 'c58301' })).toEqual([
      irish,
    ]);
  });

  it.each([
    ['FI_FIN-FSA', '0111027-9', { country: 'FI', authority: 'FINFSA', number: '01110279' }],
    ['FI_FIN-FSA', '0111027-9', { country: 'FI', authority: 'FINFSA', number: '0111027-9' }],
    ['LT_BL', 'LB000417 ', { country: 'LT', authority: 'BL', number: 'LB000417' }],
    ['LV_LV', '06.12.04.123/45', { country: 'LV', authority: 'FCMC', number: '06.12.04.123/45' }],
  ])('%s %s answers to %j', (authority, nationalReference, asked) => {
    const known = entity({ authority, nationalReference, entityCode: '' });
    expect(findCandidates(indexRegister([known]), asked)).toEqual([known]);
  });

  it.each([
    ['another authority', { country: 'FR', authority: 'BDF', number: '12345' }],
    ['another country', { country: 'BE', authority: 'ACPR', number: '12345' }],
    ['a number with an inner hyphen, outside Finland', { country: 'FR', authority: 'ACPR', number: '123-45' }],
    ['an empty number', { country: 'FR', authority: 'ACPR', number: '' }],
  ])('finds nothing for %s', (_, asked) => {
    const known = [entity({}), entity({ nationalReference: '', entityCode: '' })];
    expect(findCandidates(indexRegister(known), asked)).toEqual([]);
  });

  it.each(['PSD_AG', 'PSD_BR', 'PSD_EXC', 'PSD_ENL'])('%s never matches (C68)', (type) => {
    expect(findCandidates(indexRegister([entity({ type })]), reference)).toEqual([]);
    expect(matchesOrganization(entity({ type }), reference)).toBe(false);
  });

  it('returns every institution of the same number', () => {
    const two = [entity({}), entity({ type: 'PSD_EMI' })];
    expect(findCandidates(indexRegister(two), reference)).toEqual(two);
    expect(indexRegister(two).institutions).toBe(2);
  });
});
