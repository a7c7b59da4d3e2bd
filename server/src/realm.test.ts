import { describe, expect, it } from 'vitest';
import type { Config } from './config.js';
import { errorsPageOf } from './realm.js';

const config = {
  listeners: { web: { publicUrl: 'https://bank.example' } },
  brands: [{ id: 'one' }, { id: 'two' }],
} as unknown as Config;

describe('errorsPageOf', () => {
  it.each([
    ['/two/oauth2/token', 'two'],
    ['/sandbox/two/v1/accounts', 'two'],
    ['/two', 'two'],
    ['/.well-known/oauth-authorization-server/sandbox/two', 'two'],
    ['/one/two', 'one'],
    ['/sandbox/one', 'one'],
    ['/sandbox', 'one'],
    ['/twofold/oauth2/token', 'one'],
    ['//evil.example/two', 'one'],
    ['/', 'one'],
    ['*', 'one'],
  ])('at %s is that of the brand %s', (path, brand) => {
    expect(errorsPageOf(config, path)).toBe(`https://bank.example/${brand}/en/developers/errors`);
  });
});
