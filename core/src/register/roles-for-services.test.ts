import { describe, expect, it } from 'vitest';
import type { RegisterEntity } from './register-entity.js';
import { homeCountry, rolesForServices } from './roles-for-services.js';

function entity(type: string, services: RegisterEntity['services'], country = 'FR'): RegisterEntity {
  return {
    authority: 'FR_ACPR',
    nationalReference: '1',
    entityCode: '',
    type,
    names: [],
    country,
    authorisationDates: [],
    services,
  };
}

describe('rolesForServices', () => {
  it.each([
    ['PSD_PI', ['PS_070'], ['PSP_PI']],
    ['PSD_PI', ['PS_080', 'PS_070'], ['PSP_PI', 'PSP_AI']],
    ['PSD_PI', ['PS_05A'], ['PSP_IC']],
    ['PSD_PI', ['PS_05B', 'PS_060'], []],
    ['PSD_EMI', ['ES_010'], ['PSP_IC']],
    ['PSD_AISP', [], ['PSP_AI']],
  ])('%s with %j at home may be %j', (type, services, roles) => {
    expect(rolesForServices(entity(type, { FR: services }), 'FR')).toEqual(roles);
  });

  it('an AISP without a list of services still has its one service at home, and none elsewhere', () => {
    expect(rolesForServices(entity('PSD_AISP', {}), 'FR')).toEqual(['PSP_AI']);
    expect(rolesForServices(entity('PSD_AISP', {}), 'BE')).toEqual([]);
  });

  it('another country has what was passported to it', () => {
    const passported = entity('PSD_PI', { FR: ['PS_070', 'PS_080'], BE: ['PS_080'] });
    expect(rolesForServices(passported, 'BE')).toEqual(['PSP_AI']);
    expect(rolesForServices(passported, 'DE')).toEqual([]);
    expect(rolesForServices(passported, 'constructor')).toEqual([]);
  });

  it("home is the authority's country where the residence is missing", () => {
    expect(homeCountry(entity('PSD_PI', {}, ''))).toBe('FR');
  });
});
