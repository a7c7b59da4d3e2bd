import { describe, expect, it } from 'vitest';
import { goodCertificate } from '../../../tests/material/qualification-evidence.js';
import { meetsCriterion } from './service-criteria.js';
import { evaluateQualifiers } from './service-qualifiers.js';
import type { ServiceCriterion, ServiceQualification } from './trust-service.js';

const certificate = {
  ...goodCertificate,
  keyUsage: ['digitalSignature'] as const,
  extendedKeyUsage: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'],
  certificatePolicies: ['1.2.3', '1.2.4'],
};

const yes: ServiceCriterion = { kind: 'policies', identifiers: ['1.2.3'] };
const no: ServiceCriterion = { kind: 'policies', identifiers: ['9.9'] };
const unknown: ServiceCriterion = { kind: 'unknown', name: 'Moon' };

function list(assert: 'all' | 'atLeastOne' | 'none', ...criteria: ServiceCriterion[]): ServiceCriterion {
  return { kind: 'list', assert, criteria };
}

describe('meetsCriterion', () => {
  it.each<[string, ServiceCriterion, boolean | undefined]>([
    ['a policy held', yes, true],
    ['one policy of two held', { kind: 'policies', identifiers: ['1.2.3', '9.9'] }, false],
    ['a key purpose held', { kind: 'key-purposes', identifiers: ['1.3.6.1.5.5.7.3.1'] }, true],
    ['a key purpose not held', { kind: 'key-purposes', identifiers: ['1.3.6.1.5.5.7.3.3'] }, false],
    ['a subject attribute held', { kind: 'subject-attributes', identifiers: ['2.5.4.97'] }, true],
    ['a subject attribute not held', { kind: 'subject-attributes', identifiers: ['2.5.4.4'] }, false],
    ['a key usage set', { kind: 'key-usage', bits: [{ name: 'digitalSignature', set: true }] }, true],
    ['a key usage not set', { kind: 'key-usage', bits: [{ name: 'nonRepudiation', set: true }] }, false],
    ['a key usage that is to be off', { kind: 'key-usage', bits: [{ name: 'nonRepudiation', set: false }] }, true],
    [
      'one key usage right, one wrong',
      {
        kind: 'key-usage',
        bits: [
          { name: 'digitalSignature', set: true },
          { name: 'nonRepudiation', set: true },
        ],
      },
      false,
    ],
    ['all of yes and yes', list('all', yes, yes), true],
    ['all of yes and no', list('all', yes, no), false],
    ['all of nothing', list('all'), true],
    ['at least one of no and yes', list('atLeastOne', no, yes), true],
    ['at least one of no and no', list('atLeastOne', no, no), false],
    ['at least one of nothing', list('atLeastOne'), false],
    ['none of no and no', list('none', no, no), true],
    ['none of no and yes', list('none', no, yes), false],
    ['a nested list', list('all', yes, list('none', no, list('atLeastOne', no))), true],
    ['something unknown', unknown, undefined],
    ['all of yes and unknown', list('all', yes, unknown), undefined],
    ['all of no and unknown', list('all', no, unknown), false],
    ['at least one of yes and unknown', list('atLeastOne', unknown, yes), true],
    ['at least one of no and unknown', list('atLeastOne', unknown, no), undefined],
    ['none of yes and unknown', list('none', unknown, yes), false],
    ['none of no and unknown', list('none', unknown, no), undefined],
  ])('%s', (_name, criterion, expected) => {
    expect(meetsCriterion(criterion, certificate)).toBe(expected);
  });

  it('asks nothing of a certificate without the extensions but that they be absent', () => {
    const bare = { ...certificate, keyUsage: undefined, extendedKeyUsage: undefined };
    expect(meetsCriterion({ kind: 'key-usage', bits: [{ name: 'digitalSignature', set: true }] }, bare)).toBe(false);
    expect(meetsCriterion({ kind: 'key-purposes', identifiers: ['1.3.6.1.5.5.7.3.1'] }, bare)).toBe(false);
  });
});

const base = 'http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/';

type Stated = readonly [names: readonly string[], criterion: ServiceCriterion];

function evaluate(...qualifications: readonly Stated[]) {
  const stated: ServiceQualification[] = qualifications.map(([names, criterion]) => {
    return { qualifiers: names.map((name) => `${base}${name}`), criterion };
  });
  const status = { status: '', startingAt: new Date(0), uses: [], unknownCriticalExtension: false };
  return evaluateQualifiers({ ...status, qualifications: stated }, certificate);
}

describe('evaluateQualifiers', () => {
  it('says nothing where nothing applies', () => {
    expect(evaluate()).toEqual({ qualified: undefined, type: undefined, names: [] });
    expect(evaluate([['NotQualified'], no])).toEqual({ qualified: undefined, type: undefined, names: [] });
  });
  it.each<[string, readonly string[], object]>([
    ['NotQualified', ['NotQualified'], { qualified: false }],
    ['QCStatement', ['QCStatement'], { qualified: true }],
    ['QCForWSA', ['QCForWSA'], { type: 'website', qualified: undefined }],
    ['QCForESeal', ['QCForESeal', 'QCStatement'], { type: 'seal', qualified: true }],
    ['QCForESig', ['QCForESig'], { type: 'signature' }],
    ['devices and persons', ['QCWithQSCD', 'QCForLegalPerson', 'QCQSCDStatusAsInCert'], { type: undefined }],
  ])('%s holds where its criterion is met', (_name, names, expected) => {
    expect(evaluate([names, yes])).toMatchObject({ ...expected, names });
  });
  it.each<[string, readonly Stated[], string]>([
    [
      'two types',
      [
        [['QCForWSA'], yes],
        [['QCForESeal'], yes],
      ],
      'several types',
    ],
    ['NotQualified and QCStatement', [[['NotQualified', 'QCStatement'], yes]], 'both'],
    ['an unknown criterion', [[['QCForWSA'], unknown]], 'is not known'],
    ['an unknown qualifier', [[['QCForMoon'], yes]], 'QCForMoon is not known'],
  ])('%s leave it open', (_name, qualifications, reason) => {
    expect(evaluate(...qualifications)).toContain(reason);
  });
  it('an unknown criterion about a device changes nothing', () => {
    expect(evaluate([['QCNoQSCD'], unknown])).toMatchObject({ names: [] });
  });
});
