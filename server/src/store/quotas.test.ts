import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eachStore } from '../../../tests/material/each-store.js';
import type { Database } from './database.js';
import { migrate } from './migrate.js';
import { forgetStored, giveBackStored, lookStored, takeEachOfStore, takeStored, takeUnflushed } from './quotas.js';

const rule = { name: 'test', most: 3, perSeconds: 60 };
const all = { name: 'test-of-all', most: 4, perSeconds: 60 };
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1_000);

describe.each(eachStore)('a quota in the store, on %s', (_kind, open) => {
  let database: Database;

  beforeAll(async () => {
    database = await open();
    await migrate(database);
  }, 60_000);
  afterAll(() => database.close());
  beforeEach(() => database.query('delete from quota'));

  it.each([
    ['flushed', takeStored],
    ['unflushed', takeUnflushed],
  ])('gives as many as it has at once, then one after the other, each key for itself: %s', async (_title, take) => {
    const own = { rule, key: 'a' };
    for (let count = 0; count < 3; count += 1) expect(await take(database, own, at(0))).toBeUndefined();
    expect(await take(database, own, at(0))).toBeCloseTo(20);
    expect(await lookStored(database, own, at(19))).toBeCloseTo(1);
    expect(await take(database, { rule, key: 'b' }, at(0))).toBeUndefined();
    expect(await lookStored(database, own, at(20))).toBeUndefined();
    expect(await take(database, own, at(20))).toBeUndefined();
    expect(await take(database, own, at(20))).toBeCloseTo(20);
  });

  it('gives no more to many at once', async () => {
    const waits = await Promise.all(Array.from({ length: 12 }, () => takeStored(database, { rule, key: 'a' }, at(0))));
    expect(waits.filter((wait) => wait === undefined)).toHaveLength(3);
  });

  it('takes of all or of none', async () => {
    const take = (key: string) =>
      takeEachOfStore(
        database,
        [
          { rule, key },
          { rule: all, key: '' },
        ],
        at(0),
      );
    for (let count = 0; count < 3; count += 1) expect(await take('a')).toBeUndefined();
    expect(await take('a')).toBeCloseTo(20);
    expect(await take('b')).toBeUndefined();
    expect(await take('b')).toBeCloseTo(15);
    expect(await take('c')).toBeCloseTo(15);
    expect(await database.query(`select key from quota where name = 'test' order by key`)).toEqual([
      { key: 'a' },
      { key: 'b' },
    ]);
  });

  it('takes back, and forgets', async () => {
    const own = { rule, key: 'a' };
    for (let count = 0; count < 3; count += 1) await takeStored(database, own, at(0));
    await giveBackStored(database, own);
    expect(await takeStored(database, own, at(0))).toBeUndefined();
    expect(await takeStored(database, own, at(0))).toBeCloseTo(20);
    await forgetStored(database, own);
    expect(await takeStored(database, own, at(0))).toBeUndefined();
  });

  it('counts for nothing what was taken by a clock that was set back', async () => {
    for (let count = 0; count < 3; count += 1) await takeStored(database, { rule, key: 'a' }, at(1_000_000));
    for (let count = 0; count < 3; count += 1)
      expect(await takeStored(database, { rule, key: 'a' }, at(0))).toBeUndefined();
    expect(await takeStored(database, { rule, key: 'a' }, at(0))).toBeCloseTo(20);
  });
});
