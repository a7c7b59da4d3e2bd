import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCodeChallenge, isCodeVerifier, verifyPkce } from './verify-pkce.js';

const unreserved = fc.stringMatching(/^[A-Za-z0-9\-._~]{43,128}$/);
const hash = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');

describe('verifyPkce', () => {
  it('holds for the example of RFC 7636 appendix B', () => {
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    expect(verifyPkce(verifier, 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')).toBe(true);
    expect(verifyPkce(verifier, 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=')).toBe(true);
    expect(verifyPkce(verifier, 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cN')).toBe(false);
    expect(verifyPkce(verifier, verifier)).toBe(false);
  });

  it('holds for each verifier with its own challenge and for no other', () => {
    fc.assert(
      fc.property(unreserved, unreserved, (verifier, other) => {
        expect(verifyPkce(verifier, hash(verifier))).toBe(true);
        if (other !== verifier) expect(verifyPkce(other, hash(verifier))).toBe(false);
      }),
    );
  });

  it.each([
    ['a'.repeat(42)],
    ['a'.repeat(129)],
    [`${'a'.repeat(43)}=`],
    ['é'.repeat(43)],
    [''],
  ])('T20 does not take the verifier %j', (verifier) => {
    expect(isCodeVerifier(verifier)).toBe(false);
    expect(verifyPkce(verifier, hash(verifier))).toBe(false);
  });

  it.each([
    ['a'.repeat(42)],
    ['a'.repeat(44)],
    [`${'a'.repeat(43)}==`],
    [`${'a'.repeat(42)}+`],
    [`${'a'.repeat(43)}\n`],
  ])('A9 does not take the challenge %j', (challenge) => {
    expect(isCodeChallenge(challenge)).toBe(false);
  });
});
