import { describe, expect, it } from 'vitest';
import { inBatches } from './in-batches.js';

describe('inBatches', () => {
  it('asks at once, and answers those who come meanwhile together, each with its own', async () => {
    const asked: (readonly number[])[] = [];
    const double = inBatches(async (numbers: readonly number[]) => {
      asked.push(numbers);
      await new Promise((resolve) => setImmediate(resolve));
      return numbers.map((number) => number * 2);
    });
    expect(await Promise.all([1, 2, 3, 4].map((number) => double(number)))).toEqual([2, 4, 6, 8]);
    expect(asked).toEqual([[1], [2, 3, 4]]);
    expect(await double(5)).toBe(10);
  });

  it('fails those of one batch alone', async () => {
    const ask = inBatches(async (words: readonly string[]) => {
      if (words.includes('bad')) throw new Error('no');
      return words;
    });
    const answers = await Promise.allSettled([ask('good'), ask('bad'), ask('beside')]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await ask('later')).toBe('later');
  });
});
