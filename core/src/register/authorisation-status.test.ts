import { describe, expect, it } from 'vitest';
import { authorisationStatusAt, nextAuthorisationChange } from './authorisation-status.js';

const at = new Date('2026-03-01T12:00:00Z');

describe('authorisationStatusAt', () => {
  it.each([
    [['2019-03-01'], 'active'],
    [['2019-03-01', '2025-06-30'], 'withdrawn'],
    [['2018-01-01', '2020-01-01', '2023-05-05'], 'active'],
    [['2018-01-01', '2020-01-01', '2020-01-01'], 'active'],
    [['2026-03-01'], 'active'],
    [['2026-03-02'], 'not-yet'],
    [[], 'unknown'],
    [['yes'], 'unknown'],
    [['2019-02-30'], 'unknown'],
    [['2019-03-01', ''], 'unknown'],
    [['2025-06-30', '2019-03-01', '2026-01-01'], 'unknown'],
  ])('%j is %s', (dates, status) => {
    expect(authorisationStatusAt(dates, at)).toBe(status);
  });

  it('a withdrawal of a future date takes effect at that date (U19)', () => {
    const dates = ['2019-03-01', '2026-04-01'];
    expect(authorisationStatusAt(dates, new Date('2026-03-31T23:59:59Z'))).toBe('active');
    expect(authorisationStatusAt(dates, new Date('2026-04-01T00:00:00Z'))).toBe('withdrawn');
  });
});

describe('nextAuthorisationChange', () => {
  it('is the first date to come', () => {
    expect(nextAuthorisationChange(['2019-03-01', '2026-04-01'], at)).toEqual(new Date('2026-04-01T00:00:00Z'));
  });

  it('is undefined when nothing is announced or readable', () => {
    expect(nextAuthorisationChange(['2019-03-01'], at)).toBeUndefined();
    expect(nextAuthorisationChange(['soon'], at)).toBeUndefined();
  });
});
