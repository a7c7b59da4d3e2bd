import { authorisationStatusAt } from '@postern/core/register/authorisation-status.js';
import { describe, expect, test } from 'vitest';
import { isAuthorised, withAuthorisation } from './authorisation.js';
import { type GoldenEntity, propertyValues } from './golden-copy.js';

const now = new Date('2026-11-22T23:59:59Z');

const entityWith = (dates: string | readonly string[]): GoldenEntity => ({
  CA_OwnerID: 'FR_ACPR',
  EntityCode: 'FR_ACPR!1',
  EntityType: 'PSD_PI',
  Properties: [{ ENT_NAT_REF_COD: '1' }, { ENT_AUT: dates }, { ENT_NAM: 'One' }],
  __EBA_EntityVersion: '20260101000000000',
});

const statusOf = (entity: GoldenEntity) => authorisationStatusAt(propertyValues(entity, 'ENT_AUT'), now);

describe('ENT_AUT', () => {
  test('withdrawn and given again on one day: each is effective at once, as a reader of the register judges it', () => {
    const active = entityWith('2019-03-01');
    expect([isAuthorised(active), statusOf(active)]).toEqual([true, 'active']);
    const withdrawn = withAuthorisation(active, false, now);
    expect(propertyValues(withdrawn, 'ENT_AUT')).toEqual(['2019-03-01', '2026-11-22']);
    expect([isAuthorised(withdrawn), statusOf(withdrawn)]).toEqual([false, 'withdrawn']);
    const again = withAuthorisation(withdrawn, true, now);
    expect(propertyValues(again, 'ENT_AUT')).toEqual(['2019-03-01', '2026-11-22', '2026-11-22']);
    expect([isAuthorised(again), statusOf(again)]).toEqual([true, 'active']);
    expect(statusOf(withAuthorisation(again, false, now))).toBe('withdrawn');
  });

  test('nothing changes where nothing is to change', () => {
    const active = entityWith(['2019-03-01']);
    expect(withAuthorisation(active, true, now)).toBe(active);
  });

  test('dates never run backwards, even when the clock has', () => {
    const ahead = withAuthorisation(entityWith(['2019-03-01', '2026-11-23']), true, now);
    expect(propertyValues(ahead, 'ENT_AUT').at(-1)).toBe('2026-11-23');
  });
});
