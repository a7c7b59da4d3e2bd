import { Refusal } from '@postern/core/refusal/refusal.js';
import { renderScope } from '@postern/core/token/scope-set.js';
import type { Lang } from '@postern/web/page-context.js';
import { createSecret } from '../http/secret.js';
import { requireActiveForUser } from '../require-active.js';
import { insertAuthorizationRequest } from '../store/authorization-requests.js';
import { type RegisteredClient, readActingClient } from '../store/clients.js';
import { createUuid } from '../store/uuid.js';
import { type ReturnedError, type ReturnPlace, renderErrorReturn, toReturnedError } from './authorization-response.js';
import {
  type AuthorizationSettings,
  authorizationAddress,
  longestSeconds,
  secondsAfter,
} from './authorization-settings.js';
import { hashBrowser } from './browser.js';
import {
  type AuthorizationWish,
  chooseRedirectUri,
  parseAuthorizationWish,
  parseClientId,
  readReturnableState,
} from './parse-authorization-request.js';

export interface AuthorizationCall {
  /** Without the question mark. */
  readonly query: string;
  readonly lang: Lang;
  /** Of the browser's cookie, if it has one. */
  readonly browserSecret: string | undefined;
  readonly now: Date;
  readonly correlationId: string;
  /** The address that the browser came from. */
  readonly source: string;
}

export interface Started {
  /** Our first page, or the third party's address with an error. */
  readonly location: string;
  /** To be set as the browser's cookie, when it had none. */
  readonly newSecret?: string;
}

/**
 * Begins an authorization (RFC 6749 section 4.1.1). Throws `Refusal`, to be shown as a page, while client and redirect URI are
 * not both known to be right, and RATE_LIMITED; everything wrong after that goes back to the third party.
 */
export async function startAuthorization(settings: AuthorizationSettings, call: AuthorizationCall): Promise<Started> {
  const parameters = new URLSearchParams(call.query);
  const clientId = parseClientId(parameters);
  settings.countStart(call.source, clientId);
  const client = await findClient(settings, clientId);
  const place: ReturnPlace = {
    redirectUri: chooseRedirectUri(parameters, client),
    state: readReturnableState(parameters),
    issuer: settings.realm.issuer,
  };
  const wish = judgeWish(settings, parameters, client);
  if ('error' in wish) {
    recordRefused(settings, { client, call, code: wish.code });
    return { location: renderErrorReturn(place, wish) };
  }
  return recordStarted(settings, { client, call, place, wish, lang: chooseLang(parameters) ?? call.lang });
}

async function findClient({ database, realm }: AuthorizationSettings, clientId: string): Promise<RegisteredClient> {
  const client = await readActingClient(database, { brand: realm.brand.id, environment: realm.environment, clientId });
  if (client === undefined) throw new Refusal('CLIENT_UNKNOWN', 'There is no such client_id here.');
  requireActiveForUser(client);
  return client;
}

function judgeWish(
  settings: AuthorizationSettings,
  parameters: URLSearchParams,
  client: RegisteredClient,
): AuthorizationWish | ReturnedError {
  for (const name of ['request', 'request_uri']) {
    if (!parameters.has(name)) continue;
    const refusal = new Refusal(
      'OAUTH_REQUEST_INVALID',
      `The parameter ${name} is not offered: send the parameters themselves.`,
    );
    return toReturnedError(refusal, `${name}_not_supported`);
  }
  if (!client.metadata.grant_types.includes('authorization_code')) {
    const refusal = new Refusal(
      'GRANT_TYPE_NOT_REGISTERED',
      'The grant type authorization_code is not registered for this client.',
    );
    return toReturnedError(refusal);
  }
  if (!settings.organizationActive(client.organizationIdentifier)) return organizationBlocked();
  try {
    return parseAuthorizationWish(parameters, client);
  } catch (cause) {
    if (cause instanceof Refusal) return toReturnedError(cause);
    throw cause;
  }
}

/**
 * A third party that is not authorised any more gets its own word of RFC 6749 for it, at its registered address: nothing is
 * shared by that, its developer sees why, and the PSU is not left on a page that leads nowhere.
 */
export function organizationBlocked(): ReturnedError {
  const message = "The organisation is not, or is no longer, authorised in the authorities' register.";
  return toReturnedError(new Refusal('CERTIFICATE_BLOCKED', message), 'unauthorized_client');
}

interface Start {
  readonly client: RegisteredClient;
  readonly call: AuthorizationCall;
  readonly place: ReturnPlace;
  readonly wish: AuthorizationWish;
  readonly lang: Lang;
}

async function recordStarted(
  settings: AuthorizationSettings,
  { client, call, place, wish, lang }: Start,
): Promise<Started> {
  const { realm, database } = settings;
  const { now } = call;
  const secret = call.browserSecret ?? createSecret();
  const id = createUuid(now);
  await insertAuthorizationRequest(database, {
    id,
    clientId: client.clientId,
    brand: realm.brand.id,
    environment: realm.environment,
    redirectUri: place.redirectUri,
    scope: wish.scope,
    state: place.state,
    codeChallenge: wish.codeChallenge,
    browserHash: hashBrowser(secret),
    createdAt: now,
    expiresAt: secondsAfter(now, longestSeconds),
    source: call.source,
  });
  // Anybody can open that address: until a PSU has signed in, it is an event of a stranger.
  settings.audit.append(
    {
      ...eventOf(settings, client, call),
      kind: 'authorization-started',
      outcome: 'done',
      detail: { authorization: id, scope: renderScope(wish.scope) },
    },
    call.source,
  );
  return {
    location: authorizationAddress(realm, lang, id),
    ...(call.browserSecret === undefined ? { newSecret: secret } : {}),
  };
}

function recordRefused(
  settings: AuthorizationSettings,
  {
    client,
    call,
    code,
  }: { readonly client: RegisteredClient; readonly call: AuthorizationCall; readonly code: ReturnedError['code'] },
): void {
  settings.audit.append(
    {
      ...eventOf(settings, client, call),
      kind: 'request-refused',
      outcome: 'refused',
      code,
      detail: { route: authorizationAddress(settings.realm, call.lang) },
    },
    call.source,
  );
}

function eventOf({ realm }: AuthorizationSettings, client: RegisteredClient, call: AuthorizationCall) {
  return {
    at: call.now,
    brand: realm.brand.id,
    environment: realm.environment,
    organizationIdentifier: client.organizationIdentifier,
    clientId: client.clientId,
    correlationId: call.correlationId,
  };
}

/** The first of the languages wanted (OpenID Connect Core section 3.1.2.1, `ui_locales`) that the pages exist in. */
function chooseLang(parameters: URLSearchParams): Lang | undefined {
  const wanted = (parameters.get('ui_locales') ?? '')
    .toLowerCase()
    .split(' ')
    .map((tag) => tag.split('-')[0]);
  return wanted.find((tag): tag is Lang => tag === 'fr' || tag === 'en');
}
