import { describe, expect, it } from 'vitest';
import { createRequestBounds } from './request-bounds.js';

const plain = { headers: {} };
const withPsu = { headers: { 'psu-ip-address': '192.0.2.1' } };

describe('requests of one party that are unanswered', () => {
  it('D5: are as many as they may be, and no more, each party for itself', () => {
    const bounds = createRequestBounds(2);
    const [first] = [bounds.enter('a'), bounds.enter('a')];
    expect(() => bounds.guard('a', plain)).not.toThrow();
    bounds.enter('a');
    expect(() => bounds.guard('a', plain)).toThrow(
      expect.objectContaining({ code: 'RATE_LIMITED', retryAfterSeconds: 1 }),
    );
    expect(() => bounds.guard('a', withPsu)).toThrow(
      expect.objectContaining({ code: 'SERVER_BUSY', retryAfterSeconds: 1 }),
    );
    bounds.enter('b');
    expect(() => bounds.guard('b', plain)).not.toThrow();
    first?.();
    expect(() => bounds.guard('a', plain)).not.toThrow();
  });

  it('are left once, however often it is told', () => {
    const bounds = createRequestBounds(1);
    const [leave] = [bounds.enter('a'), bounds.enter('a'), bounds.enter('a')];
    for (let times = 0; times < 5; times += 1) leave?.();
    expect(() => bounds.guard('a', plain)).toThrow();
  });
});
