import { expect, it } from 'vitest';
import { createSecret } from '../http/secret.js';
import { openTokens, sealTokens } from './seal-tokens.js';

const sealer = { secret: createSecret(), sessionId: '0193e4a0-0000-7000-8000-000000000000' };
const tokens = { accessToken: 'access-token-in-clear', refreshToken: 'refresh-token-in-clear' };

it('seals tokens so that only the secret and the session open them, each time otherwise', () => {
  const sealed = sealTokens(tokens, sealer);
  expect(openTokens(sealed, sealer)).toEqual(tokens);
  expect(sealTokens(tokens, sealer)).not.toBe(sealed);
  expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toMatch(/in-clear/);
  expect(openTokens(sealed, { ...sealer, secret: createSecret() })).toBeUndefined();
  expect(openTokens(sealed, { ...sealer, sessionId: '0193e4a0-0000-7000-8000-000000000001' })).toBeUndefined();
});

it('opens nothing that was changed or cut, at any octet', () => {
  const sealed = Buffer.from(sealTokens(tokens, sealer), 'base64url');
  for (let place = 0; place < sealed.length; place += 1) {
    const changed = Buffer.from(sealed);
    changed[place] = (changed[place] ?? 0) ^ 1;
    expect(openTokens(changed.toString('base64url'), sealer), `octet ${place}`).toBeUndefined();
    expect(openTokens(sealed.subarray(0, place).toString('base64url'), sealer), `${place} octets`).toBeUndefined();
  }
});

it('keeps an access token that came alone', () => {
  const alone = { accessToken: 'a', refreshToken: undefined };
  expect(openTokens(sealTokens(alone, sealer), sealer)).toEqual({ accessToken: 'a' });
});
