import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readAuthorizationAnswer } from './authorization-answer.js';
import { startAuthorization } from './authorization-request.js';

const wish = {
  issuer: 'https://bank.example/demo-bank',
  authorizationEndpoint: 'https://www.bank.example/demo-bank/oauth2/en/authorize',
  clientId: 'c1',
  redirectUri: 'https://tpp.example/callback?app=1',
  scope: 'aisp extended_transaction_history',
};

describe('startAuthorization', () => {
  it('asks with PKCE S256 and a fresh state', () => {
    const { url, pending } = startAuthorization(wish);
    const asked = Object.fromEntries(new URL(url).searchParams);
    expect(asked).toEqual({
      response_type: 'code',
      client_id: 'c1',
      redirect_uri: wish.redirectUri,
      scope: wish.scope,
      state: pending.state,
      code_challenge: createHash('sha256').update(pending.codeVerifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    expect(pending.codeVerifier).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(url).not.toContain(pending.codeVerifier);
    expect(startAuthorization(wish).pending.state).not.toBe(pending.state);
  });
});

describe('readAuthorizationAnswer', () => {
  const { pending } = startAuthorization(wish);
  const answer = (changes: Record<string, string | undefined>) => {
    const url = new URL(wish.redirectUri);
    for (const [name, value] of Object.entries({ code: 'x', state: pending.state, iss: wish.issuer, ...changes })) {
      if (value !== undefined) url.searchParams.append(name, value);
    }
    return url.href;
  };

  it('gives the code when state and iss are ours', () => {
    expect(readAuthorizationAnswer(answer({}), pending)).toBe('x');
  });

  it.each([
    ['another state', answer({ state: 'other' }), /state/],
    ['no state', answer({ state: undefined }), /state/],
    ['another issuer', answer({ iss: 'https://evil.example' }), /iss/],
    ['no issuer', answer({ iss: undefined }), /iss is missing/],
    ['no code', answer({ code: undefined }), /code is missing/],
    ['two codes', `${answer({})}&code=y`, /code stands more than once/],
    ['another address', answer({}).replace('tpp.example', 'evil.example'), /not under/],
  ])('refuses %s', (_, address, text) => {
    expect(() => readAuthorizationAnswer(address, pending)).toThrow(text);
  });

  it('tells the refusal of the PSU', () => {
    const address = answer({ code: undefined, error: 'access_denied', error_description: 'the PSU said no' });
    expect(() => readAuthorizationAnswer(address, pending)).toThrow(
      expect.objectContaining({ error: 'access_denied', message: 'access_denied: the PSU said no' }),
    );
  });

  it('does not believe an error with another state', () => {
    const address = answer({ code: undefined, error: 'access_denied', state: 'other' });
    expect(() => readAuthorizationAnswer(address, pending)).toThrow(expect.objectContaining({ error: undefined }));
  });
});
