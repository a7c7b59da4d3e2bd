import { type Note, noteWords } from '@postern/core/refusal/note.js';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { Scope } from '@postern/core/registration/scope-for-roles.js';
import { commonScopes, scopesBeyond } from '@postern/core/token/scope-set.js';
import { verifyPkce } from '@postern/core/token/verify-pkce.js';
import { hashSecret } from '../http/secret.js';
import { readCode, type StoredCode, spendCode } from '../store/codes.js';
import type { Sql } from '../store/database.js';
import { readGrant, type StoredGrant } from '../store/grants.js';
import { endReplayedGrant } from './end-grant.js';
import { issueTokens } from './issue-tokens.js';
import type { CodeRequest } from './parse-token-request.js';
import { isOfAnotherBrand, requireGrantType, type TokenAnswer, type TokenContext } from './token-context.js';
import { usableScopes } from './usable-scopes.js';

/**
 * Exchanges an authorization code for tokens (RFC 6749 section 4.1.3, RFC 7636 section 4.6). A code works once: of many
 * callers one gets tokens; a second use ends the grant; in the hands of another client it is used up.
 * Throws `Refusal` GRANT_INVALID, SCOPE_INVALID or GRANT_TYPE_NOT_REGISTERED.
 */
export async function exchangeCode(context: TokenContext, request: CodeRequest): Promise<TokenAnswer> {
  requireGrantType(context, 'authorization_code');
  const outcome = await context.database.transaction((sql) => exchange(sql, context, request));
  if ('answer' in outcome) return outcome.answer;
  if (outcome.endedGrant !== undefined) context.onGrantEnded(outcome.endedGrant);
  throw outcome.refusal;
}

/** A refusal that leaves something behind is returned, so that its transaction commits; the others are thrown. */
type Outcome = { readonly answer: TokenAnswer } | { readonly refusal: Refusal; readonly endedGrant?: string };

async function exchange(sql: Sql, context: TokenContext, request: CodeRequest): Promise<Outcome> {
  const code = await readCode(sql, hashSecret(request.code));
  if (code === undefined) throw invalid('The code is unknown.');
  if (code.clientId !== context.client.clientId) {
    await spendCode(sql, code.codeHash, context.now);
    return { refusal: invalid('The code is unknown.', noteWords('code of another client, now used up')) };
  }
  const grant = await readGrant(sql, code.grantId);
  if (isOfAnotherBrand(context, grant))
    throw invalid('The code is that of another brand: send it to its token endpoint.');
  if (code.used) return replayed(sql, context, code);
  const granted = requireExchangeable({ code, grant, request }, context.now);
  const scope = chooseScope(context, granted, request.scope);
  if (!(await spendCode(sql, code.codeHash, context.now))) return replayed(sql, context, code);
  const issue = { scope, grant: granted, kind: 'token-issued', grantType: request.grantType } as const;
  return { answer: await issueTokens(sql, context, issue) };
}

async function replayed(sql: Sql, context: TokenContext, code: StoredCode): Promise<Outcome> {
  await endReplayedGrant(sql, context, { grantId: code.grantId, reason: 'code-replayed' });
  return {
    refusal: invalid('The code has been used before: every token of it has ended.'),
    endedGrant: code.grantId,
  };
}

interface Exchange {
  readonly code: StoredCode;
  readonly grant: StoredGrant | undefined;
  readonly request: CodeRequest;
}

function requireExchangeable({ code, grant, request }: Exchange, now: Date): StoredGrant {
  if (code.expiresAt <= now) throw invalid('The code has expired.');
  if (request.redirectUri !== code.redirectUri) {
    throw invalid('The redirect_uri must be sent, exactly as at the authorization endpoint.');
  }
  if (request.codeVerifier === undefined || !verifyPkce(request.codeVerifier, code.codeChallenge)) {
    throw invalid('The code_verifier must be sent and be the one behind the code_challenge (RFC 7636 section 4.6).');
  }
  if (grant === undefined || grant.endedAt !== undefined || grant.expiresAt <= now)
    throw invalid('The grant has ended.');
  return grant;
}

function chooseScope(context: TokenContext, grant: StoredGrant, asked: readonly Scope[] | undefined): readonly Scope[] {
  const { client, peer, realm } = context;
  if (asked !== undefined && scopesBeyond(asked, grant.scope).length > 0) {
    throw new Refusal('SCOPE_INVALID', 'The scope goes beyond what the user granted; leave it out.');
  }
  const scope = commonScopes(asked ?? grant.scope, usableScopes(client, peer.organization, realm.environment));
  if (scope.length === 0) {
    throw new Refusal('SCOPE_INVALID', 'No scope of the grant is registered and covered by the roles held now.');
  }
  return scope;
}

function invalid(message: string, why?: Note): Refusal {
  return new Refusal('GRANT_INVALID', message, why === undefined ? {} : { detail: { why } });
}
