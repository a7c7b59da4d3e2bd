import { DEFAULT_WORLD_PORT } from '../world/world-settings.js';

/** The ports that the demo's configuration and its world use. */
export interface Ports {
  readonly api: number;
  readonly web: number;
  readonly operator: number;
  readonly management: number;
  readonly world: number;
}

/** The ports from a base on, or those of every day. The fallback has the fourth. */
export function portsFrom(base: number | undefined): Ports {
  return base === undefined
    ? { api: 8443, web: 8444, operator: 8445, management: 9090, world: DEFAULT_WORLD_PORT }
    : { api: base, web: base + 1, operator: base + 2, management: base + 4, world: base + 5 };
}
