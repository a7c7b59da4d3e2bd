import { describe, expect, it } from 'vitest';
import {
  after,
  goodCertificate,
  goodEvidence,
  goodIssuer,
  goodService,
  now,
  policy,
  withCertificate,
} from '../../../../tests/material/qualification-evidence.js';
import type { Certificate } from '../../certificate/certificate.js';
import { timeIssuersValid } from './time-issuers-valid.js';
import { timeNotBefore } from './time-not-before.js';
import { timeNotExpired } from './time-not-expired.js';

describe('time.not-before', () => {
  it.each([
    ['an hour ahead (C4)', 3600, 'fail'],
    ['31 s ahead, beyond the skew (C5)', 31, 'fail'],
    ['30 s ahead, within the skew (C5)', 30, 'pass'],
    ['now', 0, 'pass'],
  ])('%s', (_, seconds, outcome) => {
    expect(timeNotBefore.judge(withCertificate({ notBefore: after(seconds) }), policy, now).outcome).toBe(outcome);
  });

  it('grants no skew where the policy grants none', () => {
    const strict = { ...policy, clockSkewSeconds: 0 };
    expect(timeNotBefore.judge(withCertificate({ notBefore: after(1) }), strict, now).outcome).toBe('fail');
  });
});

describe('time.not-expired', () => {
  it.each([
    ['a second ago (C3)', -1, 'fail'],
    ['within the last second', -0.5, 'fail'],
    ['this second', 0, 'pass'],
    ['in a second', 1, 'pass'],
  ])('ended %s', (_, seconds, outcome) => {
    expect(timeNotExpired.judge(withCertificate({ notAfter: after(seconds) }), policy, now).outcome).toBe(outcome);
  });

  it('counts the whole last second', () => {
    expect(timeNotExpired.judge(withCertificate({ notAfter: now }), policy, after(0.9)).outcome).toBe('pass');
  });
});

describe('time.issuers-valid', () => {
  function judge(change: Partial<Certificate>) {
    const path = { certificates: [goodCertificate, { ...goodIssuer, ...change }], services: [goodService] };
    return timeIssuersValid.judge({ ...goodEvidence, path }, policy, now).outcome;
  }

  it.each([
    ['within', {}, 'pass'],
    ['expired', { notAfter: after(-1) }, 'fail'],
    ['not yet valid', { notBefore: after(31) }, 'fail'],
    ['within the skew', { notBefore: after(30) }, 'pass'],
  ])('issuer %s', (_, change, outcome) => {
    expect(judge(change)).toBe(outcome);
  });

  it('has nothing to say without a path', () => {
    const evidence = { ...goodEvidence, path: { problem: 'no-issuer', detail: '' } } as const;
    expect(timeIssuersValid.judge(evidence, policy, now).outcome).toBe('not-applicable');
  });
});
