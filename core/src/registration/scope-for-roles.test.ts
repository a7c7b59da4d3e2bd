import { describe, expect, it } from 'vitest';
import { isScope, roleForScope, scopesForRoles } from './scope-for-roles.js';

describe('scopes and roles', () => {
  it.each([
    [['PSP_AI'], ['aisp', 'extended_transaction_history']],
    [['PSP_PI'], ['pisp']],
    [['PSP_IC'], ['cbpii']],
    [
      ['PSP_PI', 'PSP_AI'],
      ['aisp', 'extended_transaction_history', 'pisp'],
    ],
    [[], []],
  ] as const)('%j opens %j', (roles, opened) => {
    expect(scopesForRoles(roles)).toEqual(opened);
  });

  it('each scope has its role', () => {
    expect(roleForScope('cbpii')).toBe('PSP_IC');
  });

  it('knows its scopes and nothing else', () => {
    expect(isScope('aisp')).toBe(true);
    expect(isScope('AISP')).toBe(false);
    expect(isScope('toString')).toBe(false);
  });
});
