import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { limitLines } from './limit-lines.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open() {
  const lines: Readonly<Record<string, unknown>>[] = [];
  const logger = pino({ base: null }, { write: (text: string) => void lines.push(JSON.parse(text)) });
  return { lines, ...limitLines(logger) };
}

it('D10 writes the first line of a kind within a minute, and then how many there were', async () => {
  const { lines, logger, close } = open();
  for (let n = 0; n < 1_000; n += 1) logger.info({ code: 'TOKEN_INVALID', detail: `${n}` }, 'refused');
  logger.info({ code: 'SCOPE_INVALID' }, 'refused');
  expect(lines.map(({ msg, detail }) => [msg, detail])).toEqual([
    ['refused', '0'],
    ['refused', undefined],
  ]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(lines.slice(2)).toMatchObject([{ line: 'info refused, TOKEN_INVALID', further: 999 }]);
  logger.info({ code: 'TOKEN_INVALID' }, 'refused');
  expect(lines).toHaveLength(4);
  close();
});

it('D10 tells faults apart by their place, and no more kinds than it can count', () => {
  const { lines, logger, close } = open();
  const fail = () => new TypeError(`words of a stranger ${lines.length}`);
  const faults = [1, 2, 3].map(fail);
  for (const cause of [...faults, new TypeError('elsewhere')]) logger.error({ cause }, 'fault');
  expect(lines).toHaveLength(2);
  for (let n = 0; n < 1_000; n += 1) logger.warn({ code: `code ${n}` }, 'made up');
  expect(lines.length).toBeLessThan(210);
  close();
  expect(lines.reduce((sum, { further = 0 }) => sum + Number(further), 0)).toBe(
    1_004 - lines.filter(({ further }) => further === undefined).length,
  );
});

it('says what is counted when it closes', () => {
  const { lines, logger, close } = open();
  for (let n = 0; n < 3; n += 1) logger.warn({}, 'once');
  close();
  expect(lines).toMatchObject([{ msg: 'once' }, { line: 'warn once', further: 2 }]);
});
