import { describe, expect, it } from 'vitest';
import {
  goodEvidence,
  goodInstitution,
  now,
  policy,
  roleAi,
  rolePi,
  subjectOf,
  withCandidates,
  withCertificate,
  withInstitution,
  withStatements,
} from '../../../../tests/material/qualification-evidence.js';
import type { RegisterCorrection } from '../../register/register-correction.js';
import type { Evidence } from '../evidence.js';
import type { Rule } from '../rule.js';
import { registerAuthorisationActive } from './register-authorisation-active.js';
import { registerAuthorityInEea } from './register-authority-in-eea.js';
import { registerAvailable } from './register-available.js';
import { registerLegalNameAgrees } from './register-legal-name-agrees.js';
import { registerOrganizationFound } from './register-organization-found.js';
import { registerPassported } from './register-passported.js';
import { registerRecent } from './register-recent.js';
import { registerRolesAuthorised } from './register-roles-authorised.js';
import { registerSourcesAgree } from './register-sources-agree.js';

function judge(rule: Rule, evidence: Evidence, hostCountry = 'FR') {
  return rule.judge(evidence, { ...policy, hostCountry }, now).outcome;
}

const unavailable: Evidence = { ...goodEvidence, register: { available: false, reason: 'not fetched yet' } };
const unknown = withCandidates([]);

describe('register.available and register.recent', () => {
  it.each([
    [registerAvailable, goodEvidence, 'pass'],
    [registerAvailable, unavailable, 'indeterminate'],
    [registerRecent, goodEvidence, 'pass'],
    [registerRecent, unavailable, 'not-applicable'],
    [
      registerRecent,
      {
        ...goodEvidence,
        register: { available: true, version: 'r0', publishedAt: new Date('2026-02-01'), candidates: [] },
      },
      'warn',
    ],
  ] as const)('%o', (rule, evidence, outcome) => {
    expect(judge(rule, evidence)).toBe(outcome);
  });
});

describe('register.recent, by policy', () => {
  const aged = (days: number): Evidence => ({
    ...goodEvidence,
    register: {
      available: true,
      version: 'r',
      publishedAt: new Date(now.getTime() - days * 86_400_000),
      candidates: [],
    },
  });
  const limits = { ...policy, registerWarnAgeSeconds: 2 * 86_400, registerMaxAgeSeconds: 5 * 86_400 };
  it.each([
    [1, 'pass'],
    [3, 'warn'],
    [6, 'indeterminate'],
  ])('%i days: %s', (days, outcome) => {
    expect(registerRecent.judge(aged(days), limits, now).outcome).toBe(outcome);
  });
});

describe('register.sources-agree [U21]', () => {
  const entry: RegisterCorrection = {
    authority: 'FR_ACPR',
    number: '12345',
    type: undefined,
    names: [],
    country: '',
    authorisationDates: ['2019-03-01'],
    services: undefined,
    source: 'REGAFI',
    reason: 'suspected of something',
    override: false,
    expires: undefined,
  };
  const stated = (change: Partial<RegisterCorrection>, evidence: Evidence = goodEvidence): Evidence => {
    const { register } = evidence;
    return {
      ...evidence,
      register: register.available ? { ...register, corrections: [{ ...entry, ...change }] } : register,
    };
  };
  const whole = { type: 'PSD_PI', names: ['Exemple SAS'], services: { FR: ['PS_080', 'PS_070'] } };
  const expires = new Date('2026-03-02T00:00:00Z');

  it.each([
    ['no other source', goodEvidence, 'not-applicable', 'pass'],
    ['the same said', stated({}), 'pass', 'pass'],
    ['a withdrawal', stated({ authorisationDates: ['2019-03-01', '2026-02-01'] }), 'warn', 'fail'],
    ['an entry about somebody else', stated({ number: '1', authorisationDates: [] }), 'not-applicable', 'pass'],
    ['an institution that the EBA register has not', stated(whole, unknown), 'indeterminate', 'pass'],
    ['a credit institution', stated({ ...whole, type: 'CRD_CRE_INS' }, unknown), 'not-applicable', 'pass'],
    ['an override', stated({ ...whole, override: true, expires }, unknown), 'warn', 'pass'],
    [
      'an override that has ended',
      stated({ ...whole, override: true, expires: now }, unknown),
      'not-applicable',
      'not-applicable',
    ],
    ['no register', unavailable, 'not-applicable', 'not-applicable'],
  ])('%s', (_, evidence, agreement, active) => {
    expect(judge(registerSourcesAgree, evidence)).toBe(agreement);
    expect(judge(registerAuthorisationActive, evidence)).toBe(active);
  });

  it('never shows the reason of an entry to the third party', () => {
    const verdict = registerSourcesAgree.judge(stated({ authorisationDates: [] }), policy, now);
    expect(JSON.stringify(verdict)).not.toContain('suspected');
  });
});

describe('register.authority-in-eea', () => {
  it.each([
    ['PSDFR-ACPR-12345', 'pass'],
    ['PSDNO-FSA-12345', 'pass'],
    ['PSDGB-FCA-827001', 'fail'],
    ['PSDCH-FINMA-1', 'fail'],
    ['VATGB-123456789', 'not-applicable'],
  ])('%s (C67)', (identifier, outcome) => {
    expect(judge(registerAuthorityInEea, withCertificate({ subject: subjectOf(identifier) }))).toBe(outcome);
  });
});

describe('register.organization-found', () => {
  const agent = { ...goodInstitution, type: 'PSD_AG' };
  const other = { ...goodInstitution, nationalReference: '99999', entityCode: 'FR_ACPR!99999' };
  it.each([
    ['one', goodEvidence, 'pass'],
    ['none (C19)', unknown, 'fail'],
    ['two', withCandidates([goodInstitution, { ...goodInstitution, type: 'PSD_EMI' }]), 'indeterminate'],
    ['an agent only (C68)', withCandidates([agent]), 'fail'],
    ['an institution beside its agent', withCandidates([agent, goodInstitution]), 'pass'],
    ['an entry of somebody else', withCandidates([other]), 'fail'],
    ['no register', unavailable, 'not-applicable'],
    ['no authorisation number (C20)', withCertificate({ subject: subjectOf('VATFR-1') }), 'not-applicable'],
  ])('%s', (_, evidence, outcome) => {
    expect(judge(registerOrganizationFound, evidence)).toBe(outcome);
  });
});

describe('register.authorisation-active', () => {
  it.each([
    [['2019-03-01'], 'pass'],
    [['2019-03-01', '2026-02-28'], 'fail'],
    [['2019-03-01', '2026-03-02'], 'pass'],
    [['2027-01-01'], 'fail'],
    [[], 'indeterminate'],
    [['unknown'], 'indeterminate'],
  ])('%j: %s (U19)', (authorisationDates, outcome) => {
    expect(judge(registerAuthorisationActive, withInstitution({ authorisationDates }))).toBe(outcome);
  });

  it('has nothing to say without an entry', () => {
    expect(judge(registerAuthorisationActive, unknown)).toBe('not-applicable');
  });
});

describe('register.roles-authorised', () => {
  it.each([
    ['all', { FR: ['PS_070', 'PS_080'] }, 'pass'],
    ['one of two', { FR: ['PS_080'] }, 'warn'],
    ['none', { FR: ['PS_060'] }, 'fail'],
    ['none at home, though abroad', { BE: ['PS_080'] }, 'fail'],
  ])('%s', (_, services, outcome) => {
    expect(judge(registerRolesAuthorised, withInstitution({ services }))).toBe(outcome);
  });

  it.each([
    ['an entry', unknown],
    ['a statement', withStatements({ psd2: [] })],
    [
      'a role of a TPP',
      withStatements({
        psd2: [{ malformed: undefined, roles: [], ncaName: 'N', ncaId: 'FR-ACPR', encodingFaults: [] }],
      }),
    ],
  ])('has nothing to say without %s', (_, evidence) => {
    expect(judge(registerRolesAuthorised, evidence)).toBe('not-applicable');
  });
});

describe('register.legal-name-agrees', () => {
  it.each([
    ['the same, in another spelling', ['EXEMPLE  (S.A.S)', 'exemple s.a.s'], 'warn'],
    ['the same but for case and signs', ['EXEMPLE, SAS'], 'pass'],
    ['the Latin form', ['Παράδειγμα', 'Exemple SAS'], 'pass'],
    ['another (C62)', ['Autre SAS'], 'warn'],
  ])('%s', (_, names, outcome) => {
    expect(judge(registerLegalNameAgrees, withInstitution({ names }))).toBe(outcome);
  });

  it('has nothing to say without an entry', () => {
    expect(judge(registerLegalNameAgrees, unknown)).toBe('not-applicable');
  });
});

describe('register.passported', () => {
  it.each([
    ['FR', 'not-applicable'],
    ['BE', 'warn'],
    ['DE', 'warn'],
  ])('to %s: %s (C25)', (hostCountry, outcome) => {
    expect(judge(registerPassported, goodEvidence, hostCountry)).toBe(outcome);
  });

  it('holds where all roles are notified', () => {
    const services = { FR: ['PS_070', 'PS_080'], BE: ['PS_070', 'PS_080'] };
    expect(judge(registerPassported, withInstitution({ services }), 'BE')).toBe('pass');
  });

  it('refuses by policy only when no role is notified', () => {
    const refuse = (country: string) =>
      registerPassported.judge(goodEvidence, { ...policy, hostCountry: country, passporting: 'refuse' }, now).outcome;
    expect([refuse('BE'), refuse('DE')]).toEqual(['warn', 'fail']);
  });

  it('asks only for roles that are authorised at home', () => {
    const services = { FR: ['PS_080'], BE: ['PS_080'] };
    expect([roleAi.name, rolePi.name]).toEqual(['PSP_AI', 'PSP_PI']);
    expect(judge(registerPassported, withInstitution({ services }), 'BE')).toBe('pass');
  });
});
