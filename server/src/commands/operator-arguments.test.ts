import { describe, expect, it } from 'vitest';
import { UsageError } from './command.js';
import { readName, readReason, renderRecord, requireArgument, requireName } from './operator-arguments.js';

describe('what an operator types', () => {
  it('names who decides, in one line that steers no terminal', () => {
    expect(requireName({ by: ' Ada Lovelace ' })).toBe('Ada Lovelace');
    expect(readName({ by: undefined })).toBeUndefined();
    for (const by of [undefined, '', '  ', 'Ada\nBob', 'Ada\u001b[2J', 'Ada \u202eevarG', 'a'.repeat(101)])
      expect(() => requireName({ by })).toThrow(UsageError);
  });

  it('says why, in one line of bounded length', () => {
    expect(readReason({ reason: 'known firm ' }, 300)).toBe('known firm');
    expect(readReason({ reason: undefined }, 300)).toBeUndefined();
    for (const reason of ['', 'one\ntwo', 'x'.repeat(301), '\u0000'])
      expect(() => readReason({ reason }, 300)).toThrow('--reason TEXT is one line of up to 300 characters');
  });

  it('names one thing, by its id', () => {
    const id = '0190a8f0-0000-7000-8000-000000000001';
    expect(requireArgument({ positionals: [id] }, 'ID')).toBe(id);
    for (const positionals of [[], ['x'], [id.toUpperCase()], [id, id]])
      expect(() => requireArgument({ positionals }, 'ID as listed')).toThrow('give the ID as listed');
  });

  it('is answered in lines', () => {
    expect(renderRecord('1', [['state', 'active']])).toBe('1\n  state         active\n');
  });
});
