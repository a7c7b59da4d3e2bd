import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../refusal/refusal.js';
import { parseRegisterEntity } from './parse-register-entity.js';

const institution = {
  CA_OwnerID: 'FI_FIN-FSA',
  EntityCode: 'FI_FIN-FSA!9999999-1',
  EntityType: 'PSD_PI',
  Properties: [
    { ENT_NAT_REF_COD: '9999999-1 ' },
    { ENT_NAM: ['Alfa Maksut Oy', 'Alfa Payments'] },
    { ENT_COU_RES: 'FI' },
    { ENT_AUT: ['2019-03-01'] },
    { ENT_POS_COD: '00100' },
  ],
  Services: [{ FI: ['PS_070', 'PS_080'] }, { SE: 'PS_080' }],
  __EBA_EntityVersion: '20260814223344848',
};

describe('parseRegisterEntity', () => {
  it('reads an institution, with values that are a text or a list', () => {
    expect(parseRegisterEntity(institution)).toEqual({
      authority: 'FI_FIN-FSA',
      nationalReference: '9999999-1',
      entityCode: 'FI_FIN-FSA!9999999-1',
      type: 'PSD_PI',
      names: ['Alfa Maksut Oy', 'Alfa Payments'],
      country: 'FI',
      authorisationDates: ['2019-03-01'],
      services: { FI: ['PS_070', 'PS_080'], SE: ['PS_080'] },
    });
  });

  it.each(['PSD_AG', 'PSD_BR', 'PSD_EXC', 'PSD_ENL', 'SOMETHING_NEW'])('leaves out %s', (type) => {
    expect(parseRegisterEntity({ ...institution, EntityType: type })).toBeUndefined();
  });

  it('keeps a missing authorisation as an empty list', () => {
    const parsed = parseRegisterEntity({ ...institution, Properties: [] });
    expect(parsed).toMatchObject({ authorisationDates: [], nationalReference: '', names: [] });
  });

  it.each([
    ['no object', 'text'],
    ['a service under no country', { ...institution, Services: [{ __proto__x: 'PS_070' }] }],
    ['a property that is a number', { ...institution, Properties: [{ ENT_NAM: 7 }] }],
    ['no authority', { ...institution, CA_OwnerID: undefined }],
  ])('refuses %s (U17)', (_, input) => {
    expect(() => parseRegisterEntity(input)).toThrow(Refusal);
  });

  it('throws nothing but Refusal', () => {
    const entity = fc.record(
      {
        CA_OwnerID: fc.anything(),
        EntityCode: fc.anything(),
        EntityType: fc.constant('PSD_PI'),
        Properties: fc.anything(),
        Services: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(entity, fc.anything()), (input) => {
        try {
          parseRegisterEntity(input);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
    );
  });
});
