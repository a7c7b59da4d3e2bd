import { Refusal } from '@postern/core/refusal/refusal.js';
import { describe, expect, it } from 'vitest';
import { admitOperator, type IdentityClaims } from './admit-operator.js';

const policy = {
  require: { claim: 'groups', values: ['look', 'look-too'] },
  decide: { claim: 'level', values: ['high'] },
};
const admit = (claims: IdentityClaims) => admitOperator({ sub: 'a-1', ...claims }, policy);

describe('who may enter the console', () => {
  it('is who holds a value of the claim, alone or in a list; who holds that of the other may decide', () => {
    expect(admit({ groups: 'look' })).toEqual({ subject: 'a-1', name: 'a-1', roles: ['look'] });
    expect(admit({ groups: ['x', 'look-too'], level: 'high', name: 'Ann' })).toEqual({
      subject: 'a-1',
      name: 'Ann',
      roles: ['look', 'decide'],
    });
    expect(admitOperator({ sub: 'a', groups: 'look', level: 'high' }, { require: policy.require }).roles).toEqual([
      'look',
    ]);
  });

  it.each([
    {},
    { groups: [] },
    { groups: 'looking' },
    { groups: 'x look' },
    { groups: { look: true } },
    { groups: [['look']] },
    { groups: null },
    { level: 'high' },
    { sub: '', groups: 'look' },
    { sub: 'x'.repeat(256), groups: 'look' },
    { sub: 'a\n1', groups: 'look' },
    { sub: 7, groups: 'look' },
  ])('is not %j', (claims) => {
    expect(() => admit(claims)).toThrow(expect.objectContaining({ code: 'OPERATOR_NOT_ADMITTED' }));
    expect(() => admit(claims)).toThrow(Refusal);
  });

  it('is not who holds what every object holds', () => {
    const inherited = { require: { claim: 'constructor', values: ['Object'] } };
    expect(() => admitOperator({ sub: 'a' }, inherited)).toThrow(Refusal);
  });

  it('goes by a name that can be read, or else by the subject', () => {
    expect(admit({ groups: 'look', name: 'turned \u202e round', preferred_username: 'ann' }).name).toBe('ann');
    expect(admit({ groups: 'look', name: ['Ann'], email: '\u0007' }).name).toBe('a-1');
  });
});
