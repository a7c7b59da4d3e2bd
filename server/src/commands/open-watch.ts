import { createGuardedFetch } from '../fetch/guarded-fetch.js';
import type { SigningKeys } from '../keys/signing-keys.js';
import { deliverNotices } from '../notice/deliver-notices.js';
import { createWebhook } from '../notice/post-security-event.js';
import type { Realm } from '../realm.js';
import { isOrganizationActive } from '../register/is-organization-active.js';
import type { Database } from '../store/database.js';
import type { NoticeChannel } from '../store/notices.js';
import { createWatch, type Watch } from '../watch/watch.js';
import type { Judgement } from './open-judgement.js';
import type { ServerOptions } from './start-server.js';

export interface WatchWiring extends ServerOptions {
  readonly database: Database;
  readonly judgement: Judgement;
  readonly realms: readonly Realm[];
  readonly signingKeys: SigningKeys;
  readonly onFault: (cause: unknown) => void;
}

/** Makes the watch over registered organisations, with the outbox that it fills. */
export function openWatch(wiring: WatchWiring): Watch {
  const { config, clock, database, judgement, onFault } = wiring;
  const { watchJudge, register, inputs } = judgement;
  return createWatch({
    database,
    judge: { judge: watchJudge.judge, explain: watchJudge.explain },
    clock,
    organizationActive: (identifier) => isOrganizationActive(register, identifier, clock()),
    register: { publishedAt: () => register.report().publishedAt, refresh: register.refresh },
    inputs,
    channels: channelsOf(wiring),
    warningDays: config.watch.warningDays,
    onFault,
    errands: [() => deliver(wiring)],
  });
}

function channelsOf({ config }: WatchWiring): readonly NoticeChannel[] {
  return config.notices.webhook === undefined ? [] : ['webhook'];
}

function deliver({ config, clock, database, realms, signingKeys, logger }: WatchWiring): Promise<void> {
  const { webhook } = config.notices;
  if (webhook === undefined) return Promise.resolve();
  const fetch = createGuardedFetch(config.fetch);
  return deliverNotices({
    database,
    clock,
    adapters: { webhook: createWebhook({ url: webhook.url, fetch, signingKeys, realms, clock }) },
    onFailure: ({ id, clientId, kind, attempts }, failure, givenUp) =>
      logger.warn({ notice: id, clientId, kind, attempts: attempts + 1, failure, givenUp }, 'a notice was not taken'),
  });
}
