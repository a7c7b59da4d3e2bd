import type { Scope } from '@postern/core/registration/scope-for-roles.js';
import { accessTokenType } from '@postern/core/token/access-token-claims.js';
import { buildAccessToken } from '@postern/core/token/build-access-token.js';
import { renderScope } from '@postern/core/token/scope-set.js';
import { type AuditKind, insertAuditEvents } from '../audit/audit-event.js';
import { insertDecision } from '../audit/insert-decision.js';
import { createSecret, hashSecret } from '../http/secret.js';
import type { Sql } from '../store/database.js';
import { type Grant, readOrCreatePseudonym } from '../store/grants.js';
import { insertRefreshToken } from '../store/refresh-tokens.js';
import { createUuid } from '../store/uuid.js';
import type { TokenAnswer, TokenContext } from './token-context.js';

/** What tokens are issued for. */
export interface Issue {
  readonly scope: readonly Scope[];
  /** Undefined for client credentials: then there is no PSU and no refresh token. */
  readonly grant: Grant | undefined;
  readonly kind: Extract<AuditKind, 'token-issued' | 'token-refreshed'>;
  readonly grantType: string;
}

/**
 * Issues an access token bound to the certificate of the connection and, where there is a grant and the client registered
 * for it, a refresh token. Writes the refresh token's hash, the decision and the event in the caller's transaction.
 * Throws Refusal RATE_LIMITED.
 */
export async function issueTokens(sql: Sql, context: TokenContext, issue: Issue): Promise<TokenAnswer> {
  const { client, now } = context;
  const { grant, scope } = issue;
  context.countIssue(grant?.id ?? client.clientId, now);
  const tokenId = createUuid(now);
  const payload = buildAccessToken(
    {
      issuer: context.realm.issuer,
      subject: grant === undefined ? client.clientId : await readOrCreatePseudonym(sql, grant),
      clientId: client.clientId,
      scope,
      thumbprint: context.peer.certificate.thumbprint,
      grantId: grant?.id,
      tokenId,
      lifetime: context.tokens.accessTokenSeconds,
      notAfter: grant?.expiresAt,
    },
    now,
  );
  const refreshToken = grant === undefined ? undefined : await issueRefreshToken(sql, context, grant);
  await recordIssue(sql, context, { ...issue, tokenId });
  return {
    access_token: context.signingKeys.issueJwt(accessTokenType, payload),
    token_type: 'Bearer',
    expires_in: payload.exp - payload.iat,
    scope: renderScope(scope),
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
  };
}

async function issueRefreshToken(sql: Sql, { client, now }: TokenContext, grant: Grant): Promise<string | undefined> {
  if (!client.metadata.grant_types.includes('refresh_token')) return undefined;
  const token = createSecret();
  await insertRefreshToken(sql, {
    tokenHash: hashSecret(token),
    grantId: grant.id,
    clientId: client.clientId,
    issuedAt: now,
    expiresAt: grant.expiresAt,
  });
  return token;
}

async function recordIssue(
  sql: Sql,
  context: TokenContext,
  issue: Issue & { readonly tokenId: string },
): Promise<void> {
  const { realm, client, peer, now, correlationId } = context;
  await insertDecision(sql, peer.decision);
  await insertAuditEvents(sql, [
    {
      at: now,
      kind: issue.kind,
      outcome: 'done',
      brand: realm.brand.id,
      environment: realm.environment,
      organizationIdentifier: peer.organization.identifier,
      clientId: client.clientId,
      thumbprint: peer.certificate.thumbprint,
      decisionId: peer.decision.id,
      correlationId,
      detail: {
        grantType: issue.grantType,
        scope: renderScope(issue.scope),
        tokenId: issue.tokenId,
        ...(issue.grant === undefined ? {} : { grant: issue.grant.id }),
      },
    },
  ]);
}
