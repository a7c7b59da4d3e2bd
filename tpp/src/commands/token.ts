import { readAuthorizationAnswer } from '../oauth/authorization-answer.js';
import {
  clientCredentialsGrant,
  codeGrant,
  type Grant,
  refreshGrant,
  requestToken,
  type TokenSet,
} from '../oauth/request-token.js';
import { fetchServerMetadata } from '../oauth/server-metadata.js';
import { readSession, type Session, sessionFileOf, writeSession } from '../profile/session-file.js';
import { UsageFault } from '../profile/usage-fault.js';
import { alignRows, shorten } from '../terminal/terminal.js';
import { bankOf } from './bank-of.js';
import type { Command, CommandCall } from './command.js';
import { requireSetting } from './require-setting.js';
import { withBankConnection } from './with-bank-connection.js';

/** `tpp token` */
export const token: Command = {
  name: 'token',
  summary: 'Obtain tokens: with the code the PSU brought back, by refresh, or for the client itself',
  settings: ['baseUrl', 'brand', 'environment', 'ca', 'qwac', 'qwacKey', 'clientId'],
  options: [
    {
      name: 'redirect',
      value: 'ADDRESS',
      text: 'The whole address that the PSU came back to; state and iss are checked',
    },
    { name: 'refresh', text: 'Use the refresh token kept from before' },
    { name: 'client-credentials', value: 'SCOPE', text: 'A token of the client itself, e.g. for pisp' },
    { name: 'show', text: 'Print the access token whole, for scripts' },
  ],
  run: async (call) => {
    const file = sessionFileOf(call.profileFile);
    const session = await readSession(file);
    const grant = chooseGrant(call, session);
    const tokens = await withBankConnection(call.settings, async (connection) => {
      const { tokenEndpoint } = await fetchServerMetadata(connection, bankOf(call.settings));
      return requestToken({ connection, tokenEndpoint, clientId: requireSetting(call.settings, 'clientId') }, grant);
    });
    await writeSession(file, nextSession(session, tokens));
    return { ...describeTokens(tokens, call.options['show'] === true), next: 'tpp call GET /accounts' };
  },
};

function chooseGrant({ options }: CommandCall, { pending, refreshToken }: Session): Grant {
  const { redirect, 'client-credentials': scope } = options;
  if ([redirect, options['refresh'], scope].filter((option) => option !== undefined).length !== 1) {
    throw new UsageFault('give one of --redirect, --refresh, --client-credentials');
  }
  if (typeof scope === 'string') return clientCredentialsGrant(scope);
  if (typeof redirect === 'string') {
    if (pending === undefined) throw new UsageFault('there is no authorization under way: run tpp authorize first');
    return codeGrant(readAuthorizationAnswer(redirect, pending), pending);
  }
  if (refreshToken === undefined) throw new UsageFault('there is no refresh token: run tpp authorize first');
  return refreshGrant(refreshToken);
}

// The authorization under way is over with its code; a new refresh token replaces the old one, none leaves it.
function nextSession({ refreshToken: old }: Session, { accessToken, refreshToken = old }: TokenSet): Session {
  return { accessToken, ...(refreshToken === undefined ? {} : { refreshToken }) };
}

function describeTokens({ accessToken, refreshToken, scope, expiresIn }: TokenSet, show: boolean) {
  const shown = show ? accessToken : shorten(accessToken);
  const rows = [
    ['access token', shown],
    ['expires in', expiresIn === undefined ? 'not told' : `${expiresIn} s`],
    ['scope', scope ?? 'as asked'],
    ['refresh token', refreshToken === undefined ? 'none' : shorten(refreshToken)],
  ] as const;
  return {
    json: {
      access_token: shown,
      expires_in: expiresIn,
      scope,
      refresh_token: refreshToken === undefined ? undefined : shorten(refreshToken),
    },
    lines: show ? [accessToken] : alignRows(rows),
  };
}
