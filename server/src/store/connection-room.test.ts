import { describe, expect, it } from 'vitest';
import { createConnectionRoom } from './connection-room.js';

/** Work that ends when it is told to. */
function held() {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { work: () => ended, end };
}

describe('D11: the wait for a connection of the store', () => {
  it('ends in a refusal that says when to come again', async () => {
    const room = createConnectionRoom({ most: 2, milliseconds: 20 });
    const holding = [held(), held()];
    const kept = holding.map(({ work }) => room.use(work));
    await expect(room.use(async () => 'done')).rejects.toMatchObject({ code: 'SERVER_BUSY', retryAfterSeconds: 1 });
    for (const { end } of holding) end();
    await Promise.all(kept);
    expect(await room.use(async () => 'done')).toBe('done');
  });

  it('loses no connection to who has left, however often', async () => {
    const room = createConnectionRoom({ most: 1, milliseconds: 20 });
    for (let times = 0; times < 3; times += 1) {
      const holding = held();
      const kept = room.use(holding.work);
      await expect(room.use(async () => 'done')).rejects.toMatchObject({ code: 'SERVER_BUSY' });
      holding.end();
      await kept;
      expect(await room.use(async () => 'done')).toBe('done');
    }
  });

  it('lets no more work begin than there are connections, also by those who have waited', async () => {
    const room = createConnectionRoom({ most: 2, milliseconds: 60_000 });
    let [under, most] = [0, 0];
    const work = async () => {
      under += 1;
      most = Math.max(most, under);
      await new Promise(setImmediate);
      under -= 1;
    };
    await Promise.all(Array.from({ length: 12 }, () => room.use(work)));
    await Promise.all(Array.from({ length: 12 }, () => room.use(work)));
    expect(most).toBe(2);
  });

  it('is over as soon as one is free, in the order of those who wait, also after work that failed', async () => {
    const room = createConnectionRoom({ most: 1, milliseconds: 60_000 });
    const first = held();
    const kept = room.use(async () => {
      await first.work();
      throw new Error('failed');
    });
    const order: string[] = [];
    const later = ['b', 'c'].map((name) => room.use(async () => order.push(name)));
    first.end();
    await expect(kept).rejects.toThrow('failed');
    await Promise.all(later);
    expect(order).toEqual(['b', 'c']);
  });
});
