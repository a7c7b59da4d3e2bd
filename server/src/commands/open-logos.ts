import type { Config } from '../config.js';
import type { GuardedFetch } from '../fetch/guarded-fetch.js';
import { createRefreshLoop, type RefreshLoop } from '../fetch/refresh-loop.js';
import { describePresentation } from '../presentation/describe-presentation.js';
import { drawLogos } from '../presentation/draw-logos.js';
import type { Database } from '../store/database.js';

export interface LogosWiring {
  readonly config: Config;
  readonly database: Database;
  readonly clock: () => Date;
  /** The fetcher that knows no exceptions: addresses of third parties lead to no private network, whatever `fetch` allows. */
  readonly fetchStranger: GuardedFetch;
  readonly onFault: (cause: unknown) => void;
}

const seconds = 3;

/** The loop that draws logos. */
export function openLogos({ config, database, clock, fetchStranger, onFault }: LogosWiring): RefreshLoop {
  const { channels } = describePresentation(config);
  const fetch = config.logos.fetch ? fetchStranger : undefined;
  return createRefreshLoop(seconds, async () => {
    try {
      await drawLogos({ database, fetch, clock, channels });
    } catch (cause) {
      onFault(cause);
    }
    return true;
  });
}
