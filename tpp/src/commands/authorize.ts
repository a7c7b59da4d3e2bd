import { startAuthorization } from '../oauth/authorization-request.js';
import { fetchServerMetadata } from '../oauth/server-metadata.js';
import { readSession, sessionFileOf, writeSession } from '../profile/session-file.js';
import { bankOf } from './bank-of.js';
import type { Command } from './command.js';
import { requireSetting } from './require-setting.js';
import { withBankConnection } from './with-bank-connection.js';

/** `tpp authorize` */
export const authorize: Command = {
  name: 'authorize',
  summary: 'Print the address to send the PSU to (PKCE and state are kept)',
  settings: ['baseUrl', 'brand', 'environment', 'ca', 'qwac', 'qwacKey', 'clientId', 'redirectUri', 'scope'],
  options: [],
  run: async ({ settings, profileFile }) => {
    const { issuer, authorizationEndpoint } = await withBankConnection(settings, (connection) =>
      fetchServerMetadata(connection, bankOf(settings)),
    );
    const { url, pending } = startAuthorization({
      issuer,
      authorizationEndpoint,
      clientId: requireSetting(settings, 'clientId'),
      redirectUri: requireSetting(settings, 'redirectUri'),
      scope: requireSetting(settings, 'scope'),
    });
    const file = sessionFileOf(profileFile);
    await writeSession(file, { ...(await readSession(file)), pending });
    return {
      json: { authorization_url: url },
      lines: [url],
      next: `tpp token --redirect 'the whole address that the PSU came back to'`,
    };
  },
};
