import { describe, expect, it } from 'vitest';
import { Refusal } from '../refusal/refusal.js';
import { commonScopes, parseScope, refreshableScopes, renderScope, scopesBeyond } from './scope-set.js';

describe('scope sets', () => {
  it('parses in any order and renders in one', () => {
    expect(renderScope(parseScope('extended_transaction_history aisp'))).toBe('aisp extended_transaction_history');
    expect(parseScope('pisp')).toEqual(['pisp']);
  });

  it.each([
    [''],
    [' '],
    ['aisp '],
    ['aisp  cbpii'],
    ['aisp aisp'],
    ['AISP'],
    ['openid'],
    ['extended_transaction_history'],
    ['aisp\tpisp'],
    ['aisp,pisp'],
  ])('refuses %j', (text) => {
    expect(() => parseScope(text)).toThrow(Refusal);
  });

  it('knows what goes beyond and what is common', () => {
    expect(scopesBeyond(['aisp', 'pisp'], ['aisp'])).toEqual(['pisp']);
    expect(
      commonScopes(['aisp', 'extended_transaction_history', 'cbpii'], ['cbpii', 'extended_transaction_history']),
    ).toEqual(['cbpii']);
  });

  it('drops the longer history on refresh', () => {
    expect(refreshableScopes(['aisp', 'extended_transaction_history'])).toEqual(['aisp']);
  });
});
