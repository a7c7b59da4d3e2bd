import { describe, expect, it } from 'vitest';
import { certificateStandingOf } from './certificate-standing.js';
import type { Finding, Layer, Outcome } from './finding.js';
import { organizationStandingOf } from './organization-standing.js';

function finding(rule: string, outcome: Outcome): Finding {
  const layer = rule.split('.')[0] as Layer;
  return { rule, layer, title: rule, outcome, found: '', expected: '', clause: '', remedy: '' };
}

const authorised = [
  finding('path.trusted-issuer', 'pass'),
  finding('revocation.not-revoked', 'pass'),
  finding('register.available', 'pass'),
  finding('register.organization-found', 'pass'),
  finding('register.authorisation-active', 'pass'),
  finding('register.roles-authorised', 'pass'),
];
const withOutcome = (rule: string, outcome: Outcome) =>
  authorised.map((each) => (each.rule === rule ? { ...each, outcome } : each));

describe('what a qualification says of the organisation', () => {
  it.each<[string, readonly Finding[], string]>([
    ['all holds', authorised, 'authorised'],
    ['withdrawn', withOutcome('register.authorisation-active', 'fail'), 'lost'],
    ['not in the register', withOutcome('register.organization-found', 'fail'), 'lost'],
    ['two in the register', withOutcome('register.organization-found', 'indeterminate'), 'unknown'],
    ['no register', withOutcome('register.available', 'indeterminate'), 'unknown'],
    ['roles of this certificate are in vain', withOutcome('register.roles-authorised', 'fail'), 'authorised'],
    ['this certificate is revoked', withOutcome('revocation.not-revoked', 'fail'), 'authorised'],
    ['nothing was judged', [finding('register.organization-found', 'not-applicable')], 'unknown'],
  ])('%s', (_, findings, state) => {
    expect(organizationStandingOf(findings).state).toBe(state);
  });
});

describe('what a qualification says of the certificate', () => {
  it.each<[string, readonly Finding[], string]>([
    ['all holds', authorised, 'good'],
    ['revoked', withOutcome('revocation.not-revoked', 'fail'), 'ended'],
    ['its status is not known', withOutcome('revocation.not-revoked', 'indeterminate'), 'unknown'],
    ['its organisation is lost', withOutcome('register.authorisation-active', 'fail'), 'good'],
    ['a warning', withOutcome('revocation.not-revoked', 'warn'), 'good'],
  ])('%s', (_, findings, state) => {
    expect(certificateStandingOf(findings).state).toBe(state);
  });
});
