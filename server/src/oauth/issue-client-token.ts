import { Refusal } from '@postern/core/refusal/refusal.js';
import { scopesBeyond } from '@postern/core/token/scope-set.js';
import { issueTokens } from './issue-tokens.js';
import type { ClientCredentialsRequest } from './parse-token-request.js';
import { requireGrantType, type TokenAnswer, type TokenContext } from './token-context.js';
import { usableScopes } from './usable-scopes.js';

/** The one scope that needs no PSU at this point: a payment is confirmed by its PSU afterwards, one by one. */
const scope = ['pisp'] as const;

/** Issues a token to the client itself (RFC 6749 section 4.4), for payment initiation only. Throws `Refusal` SCOPE_INVALID. */
export async function issueClientToken(context: TokenContext, request: ClientCredentialsRequest): Promise<TokenAnswer> {
  requireGrantType(context, 'client_credentials');
  if (scopesBeyond(request.scope ?? scope, scope).length > 0) {
    throw new Refusal(
      'SCOPE_INVALID',
      'The grant type client_credentials is for the scope pisp only: other scopes need the user.',
    );
  }
  if (!usableScopes(context.client, context.peer.organization, context.realm.environment).includes('pisp')) {
    throw new Refusal(
      'SCOPE_INVALID',
      'The scope pisp is not registered for this client, or its role PSP_PI is not held now.',
    );
  }
  const issue = { scope, grant: undefined, kind: 'token-issued', grantType: request.grantType } as const;
  return context.database.transaction((sql) => issueTokens(sql, context, issue));
}
