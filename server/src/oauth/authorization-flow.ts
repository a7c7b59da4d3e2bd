import { Refusal } from '@postern/core/refusal/refusal.js';
import type { Lang } from '@postern/web/page-context.js';
import type { SecondFactorProblem } from '@postern/web/views/second-factor-view.js';
import type { SignInProblem } from '@postern/web/views/sign-in-view.js';
import type { AuditEvent } from '../audit/audit-event.js';
import { requireActiveForUser } from '../require-active.js';
import { type OpenRequest, readAuthorizationRequest } from '../store/authorization-requests.js';
import { type RegisteredClient, readActingClient } from '../store/clients.js';
import { isUuid } from '../store/uuid.js';
import { type AuthorizationSettings, inactivitySeconds, secondsAfter } from './authorization-settings.js';
import { hashBrowser } from './browser.js';

/** One look at an authorization that is under way, by the browser that it belongs to. */
export interface Flow {
  readonly settings: AuthorizationSettings;
  readonly request: OpenRequest;
  readonly client: RegisteredClient;
  /** The secret that the authorization is bound to. */
  readonly browserSecret: string;
  /** All that the browser has for it. */
  readonly secrets: readonly string[];
  readonly lang: Lang;
  readonly now: Date;
  readonly correlationId: string;
  /** Of the connection, to count by. */
  readonly source: string;
  /** Address of the logo to show; looked up for pages only. */
  readonly logo?: string | undefined;
}

/** What comes after an answer of the PSU. */
export type Step =
  /** The page of the stage that is reached; `newSecret` is what the authorization is bound to from now on. */
  | { readonly next: 'page'; readonly newSecret?: string }
  /** The same page again, with what is wrong. */
  | { readonly next: 'again'; readonly again: Again }
  /** Back to the third party. */
  | { readonly next: 'return'; readonly location: string };

export interface Again {
  readonly problem: SignInProblem | SecondFactorProblem | 'account-missing';
  readonly attemptsLeft?: number;
  readonly userName?: string;
}

export interface FlowCall {
  readonly id: string;
  readonly secrets: readonly string[];
  readonly lang: Lang;
  readonly now: Date;
  readonly correlationId: string;
  readonly source: string;
}

/**
 * The authorization of that id in this browser. Throws `Refusal` AUTHORIZATION_NOT_FOUND when there is none, when it is another
 * browser's, or when it has led somewhere already: that page has nothing to give any more.
 */
export async function openFlow(settings: AuthorizationSettings, call: FlowCall): Promise<Flow> {
  const { realm, database } = settings;
  const place = { brand: realm.brand.id, environment: realm.environment };
  if (!isUuid(call.id)) throw notFound();
  const browserHashes = call.secrets.map(hashBrowser);
  const request = await readAuthorizationRequest(database, { ...place, id: call.id, browserHashes });
  const browserSecret = call.secrets.find((secret) => hashBrowser(secret) === request?.browserHash);
  if (request === undefined || browserSecret === undefined || request.stage === 'finished') throw notFound();
  const client = await readActingClient(database, { ...place, clientId: request.clientId });
  if (client === undefined) throw notFound();
  requireActiveForUser(client);
  const { secrets, lang, now, correlationId, source } = call;
  return { settings, request, client, browserSecret, secrets, lang, now, correlationId, source };
}

/** Whether the PSU has been away for too long, or the authorization has lasted for too long. */
export function isTimedOut({ request, now }: Flow): boolean {
  return now > secondsAfter(request.touchedAt, inactivitySeconds) || now > request.expiresAt;
}

export function notFound(): Refusal {
  return new Refusal(
    'AUTHORIZATION_NOT_FOUND',
    'This authorization is finished, expired, or belongs to another browser.',
  );
}

/** An event of this flow; the PSU's name stands in it only once it is known to be the PSU. */
export function flowEvent(flow: Flow, event: Pick<AuditEvent, 'kind' | 'outcome' | 'code' | 'detail'>): AuditEvent {
  const { settings, client, request, now, correlationId } = flow;
  return {
    at: now,
    brand: settings.realm.brand.id,
    environment: settings.realm.environment,
    organizationIdentifier: client.organizationIdentifier,
    clientId: client.clientId,
    correlationId,
    ...event,
    detail: { authorization: request.id, ...(request.psu === undefined ? {} : { psu: request.psu }), ...event.detail },
  };
}
