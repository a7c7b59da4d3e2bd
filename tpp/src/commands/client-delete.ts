import { readText } from '../http/http-answer.js';
import { UsageFault } from '../profile/usage-fault.js';
import { deleteRegistration } from '../registration/change-registration.js';
import { type RegisteredClient, readRegistration } from '../registration/register-client.js';
import { registrationPlaceOf } from './bank-of.js';
import type { Command, CommandCall } from './command.js';
import { requireSetting } from './require-setting.js';
import { withBankConnection } from './with-bank-connection.js';

/** `tpp client delete` */
export const clientDelete: Command = {
  name: 'client delete',
  summary: 'End a registration, and with it its tokens and consents (RFC 7592)',
  settings: ['baseUrl', 'brand', 'registeredAt', 'environment', 'ca', 'qwac', 'qwacKey', 'clientId'],
  options: [{ name: 'yes', text: 'Do not ask' }],
  run: async (call) => {
    const { settings } = call;
    const clientId = requireSetting(settings, 'clientId');
    const isDeleted = await withBankConnection(settings, async (connection) => {
      const client = await readRegistration(connection, registrationPlaceOf(settings), clientId);
      if (!(await isConfirmed(call, client))) return false;
      await deleteRegistration(connection, registrationPlaceOf(settings), clientId);
      return true;
    });
    if (!isDeleted) return { json: { deleted: false }, lines: ['Nothing was deleted.'] };
    return {
      json: { deleted: true, client_id: clientId },
      lines: [`Deleted ${clientId}: its tokens and the consents given to it have ended.`],
      next: 'tpp register, if you want another one',
      forgotten: ['clientId', 'keyId', 'registeredAt'],
    };
  },
};

async function isConfirmed({ options, terminal }: CommandCall, client: RegisteredClient): Promise<boolean> {
  if (options['yes'] === true) return true;
  if (terminal.ask === undefined) {
    throw new UsageFault('nobody can be asked here: --yes deletes the registration and all consents given to it');
  }
  const name = readText(client.metadata, 'client_name') ?? client.clientId;
  const answer = await terminal.ask(
    `Delete "${name}" (${client.clientId}) with all its tokens and consents? This cannot be undone. Type yes: `,
  );
  return answer.trim().toLowerCase() === 'yes';
}
