import { Refusal } from '@postern/core/refusal/refusal.js';

const windowMilliseconds = 60_000;

/**
 * Bounds how often something dear is done for nobody in particular: visitors of the portal are unknown, so they share what there is,
 * on this node. The function that it makes throws Refusal RATE_LIMITED with the time to wait.
 */
export function limitLooks(perMinute: number, clock: () => Date): () => void {
  let began = Number.NEGATIVE_INFINITY;
  let count = 0;
  return () => {
    const now = clock().getTime();
    if (now - began >= windowMilliseconds || now < began) {
      began = now;
      count = 0;
    }
    count += 1;
    if (count <= perMinute) return;
    throw new Refusal(
      'RATE_LIMITED',
      `This page is made at most ${perMinute} times a minute, for all visitors together.`,
      {
        retryAfterSeconds: (began + windowMilliseconds - now) / 1_000,
      },
    );
  };
}
