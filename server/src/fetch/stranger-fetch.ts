import { createGuardedFetch, type FetchNetwork, type GuardedFetch } from './guarded-fetch.js';

/** For addresses that third parties choose: no private network, no plain HTTP, whatever `fetch` allows for our own sources. */
export function createStrangerFetch({ resolve, route }: FetchNetwork = {}): GuardedFetch {
  return createGuardedFetch({
    ...(resolve === undefined ? {} : { resolve }),
    ...(route === undefined ? {} : { route }),
  });
}
