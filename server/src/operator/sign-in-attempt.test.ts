import { describe, expect, it } from 'vitest';
import { readAttempt, startAttempt } from './sign-in-attempt.js';

const now = new Date('2027-05-21T07:46:00Z');
const after = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
const { attempt, cookie } = startAttempt('en', now);
const cookieHeader = cookie.split(';')[0];
const read = (more: Partial<Parameters<typeof readAttempt>[0]> = {}, at = now) =>
  readAttempt({ cookieHeader, state: attempt.state, ...more }, at);

describe('a sign-in that is under way', () => {
  it('is known by the cookie and the state together', () => {
    expect(read()).toEqual(attempt);
    expect(read({ cookieHeader: `other=1; ${cookieHeader}` })).toEqual(attempt);
    expect(read({ state: `${attempt.state}x` })).toBeUndefined();
    expect(read({ state: '' })).toBeUndefined();
    expect(read({ cookieHeader: undefined })).toBeUndefined();
    expect(read({ cookieHeader: `${cookieHeader}; ${cookieHeader}` })).toBeUndefined();
    expect(read({ cookieHeader: startAttempt('en', now).cookie.split(';')[0] })).toBeUndefined();
  });

  it('lasts ten minutes, whatever the browser says of its time or language', () => {
    expect(read({}, after(600))).toEqual(attempt);
    expect(read({}, after(602))).toBeUndefined();
    expect(read({ cookieHeader: cookieHeader?.replace('=en.', '=fr.') })).toBeUndefined();
    const later = String(Math.floor(after(600).getTime() / 1_000));
    expect(read({ cookieHeader: cookieHeader?.replace(/\.\d+\./, `.${later}.`) }, after(700))).toBeUndefined();
  });

  it('gives nothing of its secret away, and no two of its values are the same', () => {
    const { state, nonce, codeVerifier } = attempt;
    expect(new Set([state, nonce, codeVerifier]).size).toBe(3);
    for (const value of [state, nonce, codeVerifier]) expect(cookie).not.toContain(value);
  });
});
