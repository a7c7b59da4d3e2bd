import type { IncomingMessage } from 'node:http';
import { Refusal } from '@postern/core/refusal/refusal.js';

/** How many requests of one party may be unanswered at once. */
export interface RequestBounds {
  /** Counts a request of a party; what it returns is called once it is answered or its connection has ended. */
  enter(party: string): () => void;
  /** Throws Refusal where the party has more unanswered than it may: RATE_LIMITED, or SERVER_BUSY where a payment service user waits for the answer. */
  guard(party: string, request: Pick<IncomingMessage, 'headers'>): void;
}

const retryAfterSeconds = 1;

/** Makes the count of unanswered requests by party; it holds no party that has none. */
export function createRequestBounds(most: number): RequestBounds {
  const unanswered = new Map<string, number>();
  return {
    enter: (party) => {
      unanswered.set(party, (unanswered.get(party) ?? 0) + 1);
      let entered = true;
      return () => {
        if (!entered) return;
        entered = false;
        const left = (unanswered.get(party) ?? 1) - 1;
        if (left === 0) unanswered.delete(party);
        else unanswered.set(party, left);
      };
    },
    guard: (party, { headers }) => {
      if ((unanswered.get(party) ?? 0) <= most) return;
      const code = headers['psu-ip-address'] === undefined ? 'RATE_LIMITED' : 'SERVER_BUSY';
      throw new Refusal(code, `More than ${most} requests of yours are unanswered.`, { retryAfterSeconds });
    },
  };
}
