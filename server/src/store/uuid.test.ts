import { expect, it } from 'vitest';
import { createUuid } from './uuid.js';

const now = new Date('2026-03-04T05:06:07.089Z');

it('has the form of a UUID version 7, beginning with the milliseconds since 1970', () => {
  for (let count = 0; count < 1_000; count += 1) {
    const uuid = createUuid(now);
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(uuid.replaceAll('-', '').slice(0, 12), 16)).toBe(now.getTime());
  }
});

it('is never the same twice', () => {
  expect(new Set(Array.from({ length: 10_000 }, () => createUuid(now))).size).toBe(10_000);
});

it('uses each of the four variants', () => {
  expect(new Set(Array.from({ length: 1_000 }, () => createUuid(now)[19]))).toEqual(new Set('89ab'));
});

it('is ordered by time', () => {
  const later = new Date(now.getTime() + 1);
  expect(createUuid(now) < createUuid(later)).toBe(true);
});
