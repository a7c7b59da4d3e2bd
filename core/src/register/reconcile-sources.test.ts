import { describe, expect, it } from 'vitest';
import { entityOf, reconcileSources } from './reconcile-sources.js';
import type { RegisterCorrection } from './register-correction.js';
import type { RegisterEntity } from './register-entity.js';
import { rolesForServices } from './roles-for-services.js';

const now = new Date('2026-03-01T12:00:00Z');

const eba: RegisterEntity = {
  authority: 'FR_ACPR',
  nationalReference: '12345',
  entityCode: 'FR_ACPR!12345',
  type: 'PSD_PI',
  names: ['Exemple SAS'],
  country: 'FR',
  authorisationDates: ['2019-03-01'],
  services: { FR: ['PS_070', 'PS_080'], BE: ['PS_080'] },
};

function statement(change: Partial<RegisterCorrection>): RegisterCorrection {
  return {
    authority: 'FR_ACPR',
    number: '12345',
    type: undefined,
    names: [],
    country: '',
    authorisationDates: undefined,
    services: undefined,
    source: 'REGAFI',
    reason: 'letter of the authority',
    override: false,
    expires: undefined,
    ...change,
  };
}

const whole = { type: 'PSD_PI', names: ['Exemple SAS'], authorisationDates: ['2019-03-01'] };
const override = { override: true, expires: new Date('2026-04-01T00:00:00Z') };
const withdrawn = ['2019-03-01', '2026-02-01'];

function reconcile(candidates: readonly RegisterEntity[], ...corrections: readonly Partial<RegisterCorrection>[]) {
  return reconcileSources(candidates, corrections.map(statement), now);
}

describe('reconcileSources [U21]', () => {
  it('leaves the EBA register alone where nobody else speaks', () => {
    expect(reconcile([eba])).toEqual({ institutions: [eba], agreement: 'alone', differences: [] });
  });

  it('agrees where the statements say the same', () => {
    const same = { authorisationDates: ['2019-03-01'], services: { FR: ['PS_080', 'PS_070'] } };
    expect(reconcile([eba], same)).toEqual({ institutions: [eba], agreement: 'agree', differences: [] });
  });

  it('a withdrawal counts whichever source says it, and is told', () => {
    const national = reconcile([eba], { authorisationDates: withdrawn });
    expect(national.institutions[0]?.authorisationDates).toEqual(withdrawn);
    expect(national).toMatchObject({
      agreement: 'restricted',
      differences: ['REGAFI says withdrawn, the EBA register active'],
    });
    const gone = { ...eba, authorisationDates: withdrawn };
    const european = reconcile([gone], { authorisationDates: ['2019-03-01'] });
    expect(european.institutions).toEqual([gone]);
    expect(european.agreement).toBe('restricted');
  });

  it('dates that the EBA register leaves out stay unknown', () => {
    const unknown = { ...eba, authorisationDates: [] };
    expect(reconcile([unknown], { authorisationDates: ['2019-03-01'] }).institutions).toEqual([unknown]);
  });

  it('of two withdrawals to come the first counts [U19]', () => {
    const later = { ...eba, authorisationDates: ['2019-03-01', '2026-06-01'] };
    const sooner = ['2019-03-01', '2026-04-01'];
    const { institutions, agreement } = reconcile([later], { authorisationDates: sooner });
    expect([institutions[0]?.authorisationDates, agreement]).toEqual([sooner, 'agree']);
  });

  it('services count where no source denies them', () => {
    const narrower = reconcile([eba], { services: { FR: ['PS_080', 'PS_05A'] } });
    expect(narrower.institutions[0]?.services).toEqual({ FR: ['PS_080'], BE: ['PS_080'] });
    expect(narrower.agreement).toBe('restricted');
    expect(narrower.differences).toEqual(['REGAFI says for FR: no PS_070, PS_05A too']);
  });

  it('several statements add up', () => {
    const { institutions, differences } = reconcile(
      [eba],
      { services: { FR: ['PS_080'] } },
      { source: 'a letter', authorisationDates: withdrawn },
    );
    expect(institutions[0]).toMatchObject({ authorisationDates: withdrawn, services: { FR: ['PS_080'] } });
    expect(differences).toHaveLength(2);
  });

  it('an institution that the EBA register should know and does not is undecided', () => {
    expect(reconcile([], whole)).toMatchObject({ agreement: 'undecided', institutions: [{ names: ['Exemple SAS'] }] });
    expect(reconcile([], { authorisationDates: withdrawn })).toMatchObject({ institutions: [] });
  });

  it('a credit institution is one that the payment institutions register cannot know', () => {
    const { institutions, agreement } = reconcile([], { ...whole, type: 'CRD_CRE_INS' });
    const [bank] = institutions;
    expect(agreement).toBe('alone');
    expect(bank && rolesForServices(bank, 'FR')).toEqual(['PSP_PI', 'PSP_AI', 'PSP_IC']);
    expect(bank && rolesForServices(bank, 'BE')).toEqual([]);
  });

  it('a bank and a payment institution of one number are two, and nobody picks one', () => {
    const { institutions, agreement } = reconcile([eba], { ...whole, type: 'CRD_CRE_INS' });
    expect([institutions.length, agreement]).toEqual([2, 'undecided']);
    expect(reconcile([eba], { type: 'PSD_EMI' })).toMatchObject({ institutions: [eba], agreement: 'undecided' });
  });

  it('two candidates stay two', () => {
    const two = [eba, { ...eba, type: 'PSD_EMI' }];
    expect(reconcile(two, { authorisationDates: withdrawn }).institutions).toEqual(two);
  });

  it('an override counts against every source, until it ends', () => {
    const gone = { ...eba, authorisationDates: withdrawn };
    const entries = [{ authorisationDates: withdrawn }, { ...override, authorisationDates: ['2019-03-01'] }];
    const during = reconcile([gone], ...entries);
    expect(during).toMatchObject({
      agreement: 'overridden',
      institutions: [{ ...eba, authorisationDates: ['2019-03-01'] }],
      differences: ['the bank goes by REGAFI until 2026-04-01T00:00Z'],
    });
    const after = reconcileSources([gone], entries.map(statement), override.expires);
    expect(after.institutions).toEqual([gone]);
    expect(reconcile([], { ...whole, ...override })).toMatchObject({
      agreement: 'overridden',
      institutions: [{ type: 'PSD_PI' }],
    });
    expect(reconcile([], { ...override, authorisationDates: ['2019-03-01'] })).toMatchObject({
      agreement: 'undecided',
      institutions: [],
    });
  });

  it('an entry that says too little describes no institution', () => {
    expect(entityOf(statement({ ...whole, names: [] }))).toBeUndefined();
    expect(entityOf(statement({ ...whole, type: 'PSD_AG' }))).toBeUndefined();
    expect(entityOf(statement(whole))).toMatchObject({ entityCode: 'FR_ACPR!12345' });
  });
});
