import { listRegistrations } from '../registration/change-registration.js';
import type { RegisteredClient } from '../registration/register-client.js';
import { alignRows } from '../terminal/terminal.js';
import { registrationPlaceOf } from './bank-of.js';
import type { Command } from './command.js';
import { describeClient } from './describe-client.js';
import { withBankConnection } from './with-bank-connection.js';

/** `tpp client list` */
export const clientList: Command = {
  name: 'client list',
  summary: 'List the registrations of your organisation, by certificate alone',
  settings: ['baseUrl', 'brand', 'registeredAt', 'environment', 'ca', 'qwac', 'qwacKey'],
  options: [],
  run: async ({ settings }) => {
    const clients = await withBankConnection(settings, (connection) =>
      listRegistrations(connection, registrationPlaceOf(settings)),
    );
    return {
      json: clients.map(({ metadata }) => metadata),
      lines:
        clients.length === 0
          ? ['Your organisation has no registration here.']
          : clients.flatMap((client, index) => [...(index === 0 ? [] : ['']), ...alignRows(describeClient(client))]),
      ...nextStep(clients, settings.clientId),
    };
  },
};

/** Whoever already goes on with one of them is told nothing. */
function nextStep(clients: readonly RegisteredClient[], current: string | undefined) {
  if (clients.length === 0) return { next: 'tpp register' };
  const isKnown = clients.some(({ clientId }) => clientId === current);
  return isKnown ? {} : { next: 'tpp client recover, to go on with one of them' };
}
