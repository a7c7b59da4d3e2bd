import { describe, expect, it } from 'vitest';
import { createStartCount } from './count-starts.js';

describe('the bound of authorization starts', () => {
  it('leaves an address something for other third parties, and other addresses all of theirs', () => {
    const count = createStartCount(() => new Date(0));
    for (let starts = 0; starts < 60; starts += 1) count('192.0.2.1', 'one');
    expect(() => count('192.0.2.1', 'one')).toThrow(
      expect.objectContaining({ code: 'RATE_LIMITED', retryAfterSeconds: 1 }),
    );
    for (let starts = 0; starts < 60; starts += 1) count('192.0.2.1', 'two');
    expect(() => count('192.0.2.1', 'three')).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
    expect(() => count('192.0.2.2', 'one')).not.toThrow();
  });
});
