import { readAuthorizationAnswer } from '../oauth/authorization-answer.js';
import { startAuthorization } from '../oauth/authorization-request.js';
import { codeGrant, refreshGrant, requestToken, type TokenSet } from '../oauth/request-token.js';
import { fetchServerMetadata } from '../oauth/server-metadata.js';
import { answerPages } from '../psu/answer-pages.js';
import { createBrowser } from '../psu/browser.js';
import { shorten } from '../terminal/terminal.js';
import { describeExchange } from './describe-exchange.js';
import { type Facts, need } from './facts.js';
import type { JourneyWorld } from './journey-world.js';
import { connectAs } from './party.js';
import type { Step, StepResult } from './step.js';
import { StepFailure } from './step-failure.js';
import { accountScope, redirectUriOf } from './steps-registration.js';

/** From the metadata of the authorization server to the first token. */
export const authorizationSteps: readonly Step[] = [
  {
    id: 'authorize',
    title: 'Send the PSU to the bank, where it agrees',
    run: async (world, facts) => {
      const party = need(facts, 'party');
      const metadata = await fetchServerMetadata(connectAs(world, party), world.bank);
      expectWebListener(world, metadata.authorizationEndpoint);
      const redirectUri = redirectUriOf(party);
      const wish = { ...metadata, clientId: need(facts, 'clientId'), redirectUri, scope: accountScope };
      const { url, pending } = startAuthorization(wish);
      const browser = createBrowser(world.connect(), redirectUri);
      const { leftTo, pages } = await answerPages({ browser, authorizationUrl: url, psu: world.psu });
      const code = readAuthorizationAnswer(leftTo, pending);
      return {
        request: `GET ${metadata.authorizationEndpoint}`,
        response: `303 to ${redirectUri}`,
        evidence: [
          `the PSU ${world.psu.user} met: ${pages.join(', ')}`,
          `state and iss are ours; code ${shorten(code)}`,
        ],
        facts: { metadata, pending, code },
      };
    },
  },
  {
    id: 'token',
    title: 'Exchange the code for tokens',
    run: async (world, facts) => {
      const tokens = await requestToken(
        requesterOf(world, facts),
        codeGrant(need(facts, 'code'), need(facts, 'pending')),
      );
      if (tokens.refreshToken === undefined) throw new StepFailure('a refresh token', 'none', tokens.answer);
      return describeTokens(tokens, { accessToken: tokens.accessToken, refreshToken: tokens.refreshToken });
    },
  },
];

/** A new access token by refresh. */
export const refreshStep: Step = {
  id: 'refresh',
  title: 'Refresh the access token',
  run: async (world, facts) => {
    const tokens = await requestToken(requesterOf(world, facts), refreshGrant(need(facts, 'refreshToken')));
    if (tokens.accessToken === facts.accessToken)
      throw new StepFailure('a new access token', 'the same one', tokens.answer);
    const renewed = tokens.refreshToken === undefined ? {} : { refreshToken: tokens.refreshToken };
    return describeTokens(tokens, { accessToken: tokens.accessToken, ...renewed });
  },
};

function requesterOf(world: JourneyWorld, facts: Facts) {
  const { tokenEndpoint } = need(facts, 'metadata');
  return { connection: connectAs(world, need(facts, 'party')), tokenEndpoint, clientId: need(facts, 'clientId') };
}

function describeTokens(tokens: TokenSet, facts: Partial<Facts>): StepResult {
  const { accessToken, refreshToken, expiresIn, scope } = tokens;
  return {
    ...describeExchange(tokens.answer),
    evidence: [
      `access token ${shorten(accessToken)}${expiresIn === undefined ? '' : `, for ${expiresIn} s`}`,
      ...(refreshToken === undefined ? [] : [`refresh token ${shorten(refreshToken)}`]),
      ...(scope === undefined ? [] : [`scope ${scope}`]),
    ],
    facts,
  };
}

function expectWebListener({ webUrl }: JourneyWorld, authorizationEndpoint: string): void {
  if (webUrl === undefined || new URL(authorizationEndpoint).origin === new URL(webUrl).origin) return;
  throw new StepFailure(`an authorization endpoint at ${webUrl}`, authorizationEndpoint);
}
