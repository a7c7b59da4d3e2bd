import { createHash } from 'node:crypto';
import { type Config, readReference } from '../config.js';
import { createGuardedFetch } from '../fetch/guarded-fetch.js';
import type { SigningKeys } from '../keys/signing-keys.js';
import { type DeliveryOptions, deliverNotices } from '../notice/deliver-notices.js';
import { createWebhook } from '../notice/post-security-event.js';
import { createEmail } from '../notice/send-email.js';
import { listAllBrandsRealms, type Realm } from '../realm.js';
import { isOrganizationActive } from '../register/is-organization-active.js';
import type { RegisterStore } from '../register/register-store.js';
import { ownerPage } from '../sandbox/sandbox-place.js';
import { warnOfTestEnds } from '../sandbox/warn-of-test-ends.js';
import type { Database } from '../store/database.js';
import { type NoticeChannel, noticeChannels } from '../store/notices.js';
import { every } from '../watch/every.js';
import { createWatch, type Watch, type WatchOptions } from '../watch/watch.js';
import type { Judgement } from './open-judgement.js';
import type { Sandboxes } from './open-sandbox.js';
import type { ServerOptions } from './start-server.js';

export interface WatchWiring extends ServerOptions {
  readonly database: Database;
  readonly judgement: Judgement;
  readonly sandboxes: Sandboxes;
  readonly realms: readonly Realm[];
  readonly signingKeys: SigningKeys;
  readonly onFault: (cause: unknown) => void;
}

const warnEvery = 600_000;

/** Makes the watch over registered organisations, with the outbox that it fills. */
export function openWatch(wiring: WatchWiring): Watch {
  const { config, clock, database, judgement, sandboxes, onFault } = wiring;
  const { register, inputs } = judgement;
  const adapters = openAdapters(wiring);
  const channels = noticeChannels.filter((channel) => adapters[channel] !== undefined);
  return createWatch({
    database,
    judge: judgeByOrigin(judgement, sandboxes),
    clock,
    organizationActive: (identifier) => isOrganizationActive(lookupByOrigin(wiring), identifier, clock()),
    register: { publishedAt: () => register.report().publishedAt, refresh: register.refresh },
    inputs: [...inputs, sandboxes.onChange],
    channels,
    warningDays: config.watch.warningDays,
    onFault,
    errands:
      channels.length === 0
        ? []
        : [every(warnEvery, () => warnApplicants(wiring, channels)), () => deliver(wiring, adapters)],
  });
}

/** Certificates of a sandbox are judged by that sandbox: the watch is over the organisations of all realms. */
function judgeByOrigin(judgement: Judgement, sandboxes: Sandboxes): WatchOptions['judge'] {
  const judgeOf = (thumbprint: string | undefined) => {
    const brand = thumbprint && sandboxes.brandOf(thumbprint);
    return ((brand === undefined ? undefined : sandboxes.of(brand)?.judgement) ?? judgement).watchJudge;
  };
  return {
    decide: (presented, use) => {
      const [leaf] = presented;
      return judgeOf(leaf && createHash('sha256').update(leaf).digest('base64url')).decide(presented, use);
    },
    holds: (basis) => judgeOf(basis.path.certificates[0]?.thumbprint).holds(basis),
  };
}

/** The first sandbox that knows an organisation, or the register; no two sandboxes give the same identifier. */
function lookupByOrigin({ config, judgement, sandboxes }: WatchWiring): Pick<RegisterStore, 'lookup'> {
  return {
    lookup: (reference) => {
      for (const { id } of config.brands) {
        const answer = sandboxes.of(id)?.judgement.lookup.lookup(reference);
        if (answer?.available === true && answer.candidates.length > 0) return answer;
      }
      return judgement.register.lookup(reference);
    },
  };
}

async function warnApplicants({ config, database, clock }: WatchWiring, channels: readonly NoticeChannel[]) {
  const pageOf = (brand: string) => ownerPage({ brand, webUrl: config.listeners.web.publicUrl });
  if (config.sandbox.directory !== undefined) await warnOfTestEnds({ database, channels, pageOf }, clock());
}

type Adapters = DeliveryOptions['adapters'];

/** What the configuration names, and nothing else. */
function openAdapters({ config, clock, realms, signingKeys }: WatchWiring): Adapters {
  const { webhook, email } = config.notices;
  const fetch = createGuardedFetch(config.fetch);
  const named = [...realms, ...listAllBrandsRealms(config)];
  return {
    ...(webhook === undefined
      ? {}
      : { webhook: createWebhook({ url: webhook.url, fetch, signingKeys, realms, clock }) }),
    ...(email === undefined
      ? {}
      : { email: createEmail({ ...email, credentials: readCredentials(email), realms: named }) }),
  };
}

function readCredentials({ credentials }: NonNullable<Config['notices']['email']>) {
  if (credentials === undefined) return undefined;
  return { user: credentials.user, password: readReference(credentials.password).trim() };
}

function deliver({ clock, database, logger }: WatchWiring, adapters: Adapters): Promise<void> {
  return deliverNotices({
    database,
    clock,
    adapters,
    onFailure: ({ id, clientId, applicantId, kind, attempts }, failure, givenUp) =>
      logger.warn(
        { notice: id, clientId, applicantId, kind, attempts: attempts + 1, failure, givenUp },
        'a notice was not taken',
      ),
  });
}
