import { setTimeout } from 'node:timers/promises';
import type { Bank } from '../bank/bank.js';
import { type Connection, openConnection } from '../http/connection.js';
import type { Psu } from '../psu/answer-pages.js';
import type { JourneyUrls } from './journey-urls.js';
import type { JourneyWorld } from './journey-world.js';

/** A journey's plan, its defaults filled in. */
export interface WorldPlan extends Pick<Bank, 'brand' | 'environment'> {
  readonly urls: JourneyUrls;
  /** PEM of the CA behind the bank's certificate; the system's when undefined. */
  readonly ca: string | undefined;
  readonly psu?: Psu;
}

/** The surroundings of a journey; `connections` collects what it opens, for the caller to close. */
export function createWorld(plan: WorldPlan, connections: Map<string, Connection>): JourneyWorld {
  const { urls, ca, brand, environment, psu = { user: 'camille' } } = plan;
  const connect: JourneyWorld['connect'] = (credentials = {}) => {
    // One connection per identity, kept alive from step to step as a third party's own would be.
    const identity = `${credentials.certificate ?? ''}\n${credentials.key ?? ''}`;
    const open = connections.get(identity) ?? openConnection({ ...credentials, ...(ca === undefined ? {} : { ca }) });
    connections.set(identity, open);
    return open;
  };
  return {
    bank: { apiUrl: urls.api, brand, environment, apiVersion: 'v1' },
    qtspUrl: urls.trust,
    webUrl: urls.web,
    psu,
    clock: () => new Date(),
    connect,
    pause: () => setTimeout(500),
  };
}
