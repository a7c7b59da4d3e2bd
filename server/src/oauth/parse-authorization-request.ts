import { Refusal } from '@postern/core/refusal/refusal.js';
import type { Scope } from '@postern/core/registration/scope-for-roles.js';
import { parseScope, scopesBeyond } from '@postern/core/token/scope-set.js';
import { isCodeChallenge } from '@postern/core/token/verify-pkce.js';
import type { RegisteredClient } from '../store/clients.js';
import { registeredScopes } from './usable-scopes.js';

/** What a third party wants a PSU to grant. */
export interface AuthorizationWish {
  readonly scope: readonly Scope[];
  readonly codeChallenge: string;
}

const longestState = 2_048;
const longestClientId = 200;

/** The client_id of a request; throws `Refusal` to be shown as a page, because nobody is known to send the PSU back to. */
export function parseClientId(parameters: URLSearchParams): string {
  const clientId = readOnce(parameters, 'client_id');
  if (clientId === undefined) throw invalid('The parameter client_id is missing.');
  if (clientId.length > longestClientId || clientId.includes('\0'))
    throw new Refusal('CLIENT_UNKNOWN', 'There is no such client_id here.');
  return clientId;
}

/**
 * The redirect URI to answer to: the one sent, if it is registered character for character (RFC 9700 section 2.1), or the only
 * one registered. Throws `Refusal` to be shown as a page: the PSU is never sent to an address that is not the client's.
 */
export function chooseRedirectUri(parameters: URLSearchParams, client: RegisteredClient): string {
  const registered = client.metadata.redirect_uris;
  const sent = readOnce(parameters, 'redirect_uri');
  const [only, ...others] = registered;
  if (sent === undefined && only !== undefined && others.length === 0) return only;
  if (sent === undefined) throw invalid('The parameter redirect_uri is missing, and not exactly one is registered.');
  if (!registered.includes(sent)) {
    throw new Refusal('REDIRECT_NOT_REGISTERED', 'The redirect_uri is not, character for character, a registered one.');
  }
  return sent;
}

/** The state to return, byte for byte; undefined when none was sent or it cannot be returned. */
export function readReturnableState(parameters: URLSearchParams): string | undefined {
  const [state, ...more] = parameters.getAll('state');
  if (state === undefined || state === '' || more.length > 0) return undefined;
  return Buffer.byteLength(state) > longestState || state.includes('\0') ? undefined : state;
}

/** All else of the request. Throws `Refusal` to be returned to the redirect URI. */
export function parseAuthorizationWish(parameters: URLSearchParams, client: RegisteredClient): AuthorizationWish {
  if (new Set(parameters.keys()).size < parameters.size) throw invalid('A parameter may stand only once.');
  guardState(parameters);
  guardResponse(parameters);
  return { codeChallenge: parseChallenge(parameters), scope: parseWantedScope(parameters, client) };
}

function guardState(parameters: URLSearchParams): void {
  if ((parameters.get('state') ?? '') === '' || readReturnableState(parameters) !== undefined) return;
  throw invalid(`The parameter state may have ${longestState} bytes at most, and no NUL.`);
}

function guardResponse(parameters: URLSearchParams): void {
  const responseType = readOnce(parameters, 'response_type');
  if (responseType === undefined) throw invalid('The parameter response_type is missing: send code.');
  if (responseType !== 'code') throw new Refusal('RESPONSE_TYPE_UNSUPPORTED', 'Only response_type=code is offered.');
  const responseMode = readOnce(parameters, 'response_mode');
  if (responseMode !== undefined && responseMode !== 'query') throw invalid('Only response_mode=query is offered.');
}

function parseChallenge(parameters: URLSearchParams): string {
  const challenge = readOnce(parameters, 'code_challenge');
  if (challenge === undefined) throw invalid('The parameter code_challenge is missing: PKCE is required (RFC 7636).');
  if (readOnce(parameters, 'code_challenge_method') !== 'S256')
    throw invalid('The parameter code_challenge_method must be S256.');
  if (!isCodeChallenge(challenge)) {
    throw invalid('The code_challenge must be the base64url of a SHA-256: 43 characters (RFC 7636 section 4.2).');
  }
  return challenge;
}

function parseWantedScope(parameters: URLSearchParams, client: RegisteredClient): readonly Scope[] {
  const scope = parseScope(parameters.get('scope') ?? '');
  if (scope.includes('pisp')) {
    throw new Refusal(
      'SCOPE_INVALID',
      'The scope pisp is not asked for here: a payment is confirmed at the address that its payment request answers.',
    );
  }
  const beyond = scopesBeyond(scope, registeredScopes(client));
  if (beyond.length > 0)
    throw new Refusal('SCOPE_INVALID', `The scope ${beyond.join(' ')} is not registered for this client.`);
  return scope;
}

/** RFC 6749 section 3.1: sent once at most; without a value it counts as not sent. */
function readOnce(parameters: URLSearchParams, name: string): string | undefined {
  const [value, ...more] = parameters.getAll(name);
  if (more.length > 0) throw invalid(`The parameter ${name} may stand only once.`);
  return value || undefined;
}

function invalid(message: string): Refusal {
  return new Refusal('OAUTH_REQUEST_INVALID', message);
}
