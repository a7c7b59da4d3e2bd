import type { Config } from '../config.js';
import { createGuardedFetch } from '../fetch/guarded-fetch.js';
import { createRefreshLoop, type RefreshLoop } from '../fetch/refresh-loop.js';
import { describePresentation } from '../presentation/describe-presentation.js';
import { drawLogos } from '../presentation/draw-logos.js';
import type { Database } from '../store/database.js';

export interface LogosWiring {
  readonly config: Config;
  readonly database: Database;
  readonly clock: () => Date;
  readonly onFault: (cause: unknown) => void;
}

const seconds = 3;

/** The loop that draws logos. Its fetcher knows no exceptions: addresses of third parties lead to no private network, whatever `fetch` allows. */
export function openLogos({ config, database, clock, onFault }: LogosWiring): RefreshLoop {
  const { channels } = describePresentation(config);
  const fetch = config.logos.fetch ? createGuardedFetch({}) : undefined;
  return createRefreshLoop(seconds, async () => {
    try {
      await drawLogos({ database, fetch, clock, channels });
    } catch (cause) {
      onFault(cause);
    }
    return true;
  });
}
