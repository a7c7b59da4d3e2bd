import { Refusal } from '@postern/core/refusal/refusal.js';

export interface ConnectionRoomOptions {
  /** Connections of the pool. */
  readonly most: number;
  /** How long is waited for one of them. */
  readonly milliseconds: number;
}

/** The connections of a pool, and who waits for one. */
export interface ConnectionRoom {
  /** Does work on a connection. Throws Refusal SERVER_BUSY where none becomes free in time. */
  use<T>(work: () => Promise<T>): Promise<T>;
}

const retryAfterSeconds = 1;

/** Bounds the wait for a connection: who waits for long holds what it came with, and is better told to come again. */
export function createConnectionRoom({ most, milliseconds }: ConnectionRoomOptions): ConnectionRoom {
  const waiting = new Set<() => void>();
  let inUse = 0;

  const enter = (): Promise<void> => {
    if (inUse < most) {
      inUse += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const begin = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.delete(begin);
        reject(new Refusal('SERVER_BUSY', 'The store has no room at the moment.', { retryAfterSeconds }));
      }, milliseconds);
      waiting.add(begin);
    });
  };
  const leave = () => {
    const [next] = waiting;
    if (next === undefined) {
      inUse -= 1;
      return;
    }
    waiting.delete(next);
    next();
  };

  return {
    use: async (work) => {
      await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
