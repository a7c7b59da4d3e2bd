import { Refusal } from '@postern/core/refusal/refusal.js';
import type { Scope } from '@postern/core/registration/scope-for-roles.js';
import { commonScopes, refreshableScopes, scopesBeyond } from '@postern/core/token/scope-set.js';
import { hashSecret } from '../http/secret.js';
import type { Sql } from '../store/database.js';
import { readGrant, type StoredGrant } from '../store/grants.js';
import { lockRefreshToken, markRotated } from '../store/refresh-tokens.js';
import { endReplayedGrant } from './end-grant.js';
import { issueTokens } from './issue-tokens.js';
import type { RefreshRequest } from './parse-token-request.js';
import { isOfAnotherBrand, requireGrantType, type TokenAnswer, type TokenContext } from './token-context.js';
import { usableScopes } from './usable-scopes.js';

/**
 * Exchanges a refresh token for a new pair (RFC 6749 section 6), bound to the certificate of this connection, which may be
 * another one of the same organisation. Each use rotates; the predecessor works on for a grace, because answers get lost;
 * after it, its use ends the grant with all tokens (RFC 9700 section 4.14.2). Throws `Refusal` GRANT_INVALID or SCOPE_INVALID.
 */
export async function refreshAccess(context: TokenContext, request: RefreshRequest): Promise<TokenAnswer> {
  requireGrantType(context, 'refresh_token');
  const outcome = await context.database.transaction((sql) => refresh(sql, context, request));
  if ('answer' in outcome) return outcome.answer;
  context.onGrantEnded(outcome.endedGrant);
  throw outcome.refusal;
}

type Outcome = { readonly answer: TokenAnswer } | { readonly refusal: Refusal; readonly endedGrant: string };

async function refresh(sql: Sql, context: TokenContext, request: RefreshRequest): Promise<Outcome> {
  const { client, now } = context;
  const token = await lockRefreshToken(sql, hashSecret(request.refreshToken));
  if (token === undefined || token.clientId !== client.clientId) throw invalid('The refresh token is unknown.');
  const grant = await readGrant(sql, token.grantId);
  if (isOfAnotherBrand(context, grant))
    throw invalid('The refresh token is that of another brand: send it to its token endpoint.');
  if (grant === undefined || grant.endedAt !== undefined) throw invalid('The grant of the refresh token has ended.');
  if (token.expiresAt <= now || grant.expiresAt <= now) throw invalid('The refresh token has expired.');
  if (token.rotatedAt !== undefined && isPastGrace(token.rotatedAt, context)) {
    await endReplayedGrant(sql, context, { grantId: grant.id, reason: 'refresh-token-replayed' });
    return {
      refusal: invalid('The refresh token had been replaced before: every token of its grant has ended.'),
      endedGrant: grant.id,
    };
  }
  const scope = chooseScope(context, grant, request.scope);
  await markRotated(sql, token.tokenHash, now);
  const issue = { scope, grant, kind: 'token-refreshed', grantType: request.grantType } as const;
  return { answer: await issueTokens(sql, context, issue) };
}

function isPastGrace(rotatedAt: Date, { now, tokens }: TokenContext): boolean {
  return now.getTime() - rotatedAt.getTime() > tokens.refreshGraceSeconds * 1_000;
}

function chooseScope(context: TokenContext, grant: StoredGrant, asked: readonly Scope[] | undefined): readonly Scope[] {
  const { client, peer, realm } = context;
  if (asked !== undefined && scopesBeyond(asked, grant.scope).length > 0) {
    throw new Refusal('SCOPE_INVALID', 'A refresh cannot ask for more than the user granted.');
  }
  const allowed = usableScopes(client, peer.organization, realm.environment);
  const scope = commonScopes(refreshableScopes(asked ?? grant.scope), allowed);
  if (scope.length === 0) {
    throw new Refusal('SCOPE_INVALID', 'No scope of the grant is registered and covered by the roles held now.');
  }
  return scope;
}

function invalid(message: string): Refusal {
  return new Refusal('GRANT_INVALID', message);
}
