import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../refusal/refusal.js';
import { buildAccessToken } from './build-access-token.js';
import { parseAccessTokenClaims } from './parse-access-token-claims.js';

const now = new Date('2026-11-22T10:00:00.700Z');
const facts = {
  issuer: 'https://api.bank.example/demo-bank',
  subject: 'f3a1',
  clientId: 'c1',
  scope: ['aisp'],
  thumbprint: 'A'.repeat(43),
  grantId: '01938000-0000-7000-8000-000000000001',
  tokenId: 't1',
  lifetime: 900,
} as const;
const parse = (change: object) => parseAccessTokenClaims({ ...buildAccessToken(facts, now), ...change });

describe('access token claims', () => {
  it('come back as they were built', () => {
    expect(parse({})).toEqual({
      issuer: facts.issuer,
      audience: `${facts.issuer}/stet-psd2-api`,
      subject: 'f3a1',
      clientId: 'c1',
      scope: ['aisp'],
      boundThumbprint: facts.thumbprint,
      grantId: facts.grantId,
      tokenId: 't1',
      issuedAt: new Date('2026-11-22T10:00:00Z'),
      expiresAt: new Date('2026-11-22T10:15:00Z'),
    });
  });

  it('have no grant for client credentials', () => {
    const payload = buildAccessToken({ ...facts, grantId: undefined }, now);
    expect('grant' in payload).toBe(false);
    expect(parseAccessTokenClaims(payload).grantId).toBeUndefined();
  });

  it('never outlive the grant', () => {
    expect(buildAccessToken({ ...facts, notAfter: new Date('2026-11-22T10:01:00Z') }, now).exp).toBe(
      Date.parse('2026-11-22T10:01:00Z') / 1_000,
    );
  });

  it.each([
    ['another audience', { aud: 'https://api.bank.example/second-bank/stet-psd2-api' }],
    ['a list of audiences', { aud: [`${facts.issuer}/stet-psd2-api`] }],
    ['no binding', { cnf: undefined }],
    ['another kind of binding', { cnf: { jkt: 'A'.repeat(43) } }],
    ['an unknown scope', { scope: 'admin' }],
    ['time as text', { exp: '1' }],
    ['an unknown claim', { act: {} }],
    ['a grant that is no key', { grant: '1' }],
  ])('T34 refuses %s', (_title, change) => {
    expect(() => parse(change)).toThrow(Refusal);
  });

  it('refuses anything else with TOKEN_INVALID only', () => {
    fc.assert(
      fc.property(fc.anything(), (payload) => {
        try {
          parseAccessTokenClaims(payload);
          return false;
        } catch (cause) {
          return cause instanceof Refusal && cause.code === 'TOKEN_INVALID';
        }
      }),
    );
  });
});
