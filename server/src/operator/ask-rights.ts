import * as openid from 'openid-client';
import type { OpenidSignIn } from '../operator-config-schema.js';
import type { ProviderAnswer, ProviderTokens } from './identity-provider.js';

interface RightsQuestion {
  readonly tokens: ProviderTokens;
  readonly subject: string;
  readonly from: OpenidSignIn['rightsFrom'];
}

/**
 * The claims that the provider gives of a person now: those of the UserInfo endpoint (OpenID Connect Core 5.3), where an access token
 * that has ended is refreshed first, or those of the ID token of a refresh (12.2). Undefined when it takes the tokens no more, or
 * gave none that last. Throws what openid-client throws for everything else.
 */
export async function askRights(
  configuration: openid.Configuration,
  question: RightsQuestion,
): Promise<ProviderAnswer | undefined> {
  if (question.from === 'id-token') return refresh(configuration, question);
  const { tokens } = question;
  const claims = await fetchUserInfo(configuration, question);
  if (claims !== undefined) return { claims, tokens };
  const refreshed = await refresh(configuration, question);
  if (refreshed === undefined) return undefined;
  const renewed = await fetchUserInfo(configuration, { ...question, tokens: refreshed.tokens });
  return renewed && { claims: renewed, tokens: refreshed.tokens };
}

/** Undefined when the access token has ended. That the answer is about the same person is verified (5.3.2). */
async function fetchUserInfo(configuration: openid.Configuration, { tokens, subject }: RightsQuestion) {
  try {
    return await openid.fetchUserInfo(configuration, tokens.accessToken, subject);
  } catch (cause) {
    if (cause instanceof openid.WWWAuthenticateChallengeError && cause.status === 401) return undefined;
    throw cause;
  }
}

async function refresh(
  configuration: openid.Configuration,
  { tokens, subject, from }: RightsQuestion,
): Promise<ProviderAnswer | undefined> {
  if (tokens.refreshToken === undefined) return undefined;
  try {
    const answer = await openid.refreshTokenGrant(configuration, tokens.refreshToken);
    const claims = answer.claims();
    if (claims === undefined && from === 'id-token') throw new Error('the refresh gave no ID token');
    if (claims !== undefined && claims.sub !== subject) throw new Error('the refresh gave tokens of somebody else');
    const refreshToken = answer.refresh_token ?? tokens.refreshToken;
    return { claims: claims ?? {}, tokens: { accessToken: answer.access_token, refreshToken } };
  } catch (cause) {
    if (cause instanceof openid.ResponseBodyError && cause.error === 'invalid_grant') return undefined;
    throw cause;
  }
}
