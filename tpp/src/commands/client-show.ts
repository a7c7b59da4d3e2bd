import { readRegistration } from '../registration/register-client.js';
import { alignRows } from '../terminal/terminal.js';
import { registrationPlaceOf } from './bank-of.js';
import type { Command } from './command.js';
import { describeClient } from './describe-client.js';
import { requireSetting } from './require-setting.js';
import { withBankConnection } from './with-bank-connection.js';

/** `tpp client show` */
export const clientShow: Command = {
  name: 'client show',
  summary: 'Read a registration back (RFC 7592)',
  settings: ['baseUrl', 'brand', 'registeredAt', 'environment', 'ca', 'qwac', 'qwacKey', 'clientId'],
  options: [],
  run: async ({ settings }) => {
    const clientId = requireSetting(settings, 'clientId');
    const client = await withBankConnection(settings, (connection) =>
      readRegistration(connection, registrationPlaceOf(settings), clientId),
    );
    return { json: client.metadata, lines: alignRows(describeClient(client)) };
  },
};
