import { createPublicKey } from 'node:crypto';
import { readText } from '../http/http-answer.js';
import { readPemCertificates, thumbprintOf } from '../keys/pem-certificates.js';
import type { Settings } from '../profile/settings.js';
import { UsageFault } from '../profile/usage-fault.js';
import { listRegistrations } from '../registration/change-registration.js';
import { readKeys } from '../registration/read-keys.js';
import type { RegisteredClient } from '../registration/register-client.js';
import { alignRows } from '../terminal/terminal.js';
import { registrationPlaceOf } from './bank-of.js';
import type { Command } from './command.js';
import { describeClient } from './describe-client.js';
import { readNamedFile } from './read-named-file.js';
import { withBankConnection } from './with-bank-connection.js';

/** `tpp client recover` */
export const clientRecover: Command = {
  name: 'client recover',
  summary: 'Find a registration again by certificate alone, and restore the profile',
  settings: ['baseUrl', 'brand', 'registeredAt', 'environment', 'ca', 'qwac', 'qwacKey', 'seal', 'sealKey'],
  options: [{ name: 'client-id', value: 'ID', text: 'Which one, where there are several' }],
  run: async ({ settings, options }) => {
    const clients = await withBankConnection(settings, (connection) =>
      listRegistrations(connection, registrationPlaceOf(settings)),
    );
    const client = choose(clients, options['client-id']);
    const keyId = await chooseKey(client, settings);
    return {
      json: client.metadata,
      lines: [
        'Recovered.',
        ...alignRows(describeClient(client)).map((row) => `  ${row}`),
        ...describeKey(client, keyId),
      ],
      next: 'tpp authorize',
      learnt: { clientId: client.clientId, ...settingsOf(client), ...(keyId === undefined ? {} : { keyId }) },
      ...(keyId === undefined ? { forgotten: ['keyId'] as const } : {}),
    };
  },
};

function choose(clients: readonly RegisteredClient[], wanted: string | true | undefined): RegisteredClient {
  const found = wanted === undefined ? clients : clients.filter(({ clientId }) => clientId === wanted);
  const [client, ...others] = found;
  if (client === undefined) {
    throw new UsageFault(
      clients.length === 0
        ? 'your organisation has no registration here, in this brand and environment; tpp register makes one'
        : `your organisation has no registration ${String(wanted)} here; tpp client list shows those it has`,
    );
  }
  if (others.length === 0) return client;
  const choices = found.map(
    ({ clientId, metadata }) => `${clientId} (${readText(metadata, 'client_name') ?? 'no name'})`,
  );
  throw new UsageFault(`there are ${found.length} registrations; choose with --client-id: ${choices.join(', ')}`);
}

/** The key that can be signed with: its private key or else its certificate is at hand; without either, none is guessed. */
async function chooseKey({ kids, metadata }: RegisteredClient, { seal, sealKey }: Settings) {
  const [leaf] = seal === undefined ? [] : readPemCertificates(await readNamedFile(seal));
  const ofSeal = kids.find((kid) => leaf !== undefined && kid === thumbprintOf(leaf));
  if (sealKey === undefined) return ofSeal;
  const { n } = createPublicKey(await readNamedFile(sealKey)).export({ format: 'jwk' });
  const usable = readKeys(metadata).flatMap((key) => (readText(key, 'n') === n ? (readText(key, 'kid') ?? []) : []));
  return ofSeal !== undefined && usable.includes(ofSeal) ? ofSeal : usable.at(-1);
}

function settingsOf({ metadata }: RegisteredClient): Settings {
  const redirects = metadata['redirect_uris'];
  const [clientName, scope] = [readText(metadata, 'client_name'), readText(metadata, 'scope')];
  const redirectUri: unknown = Array.isArray(redirects) ? redirects[0] : undefined;
  return {
    ...(clientName === undefined ? {} : { clientName }),
    ...(scope === undefined ? {} : { scope }),
    ...(typeof redirectUri === 'string' ? { redirectUri } : {}),
  };
}

function describeKey({ kids }: RegisteredClient, keyId: string | undefined): readonly string[] {
  if (keyId !== undefined) return [`Signing with ${keyId}, the key of your seal.`];
  return kids.length === 0
    ? ['It has no key: add one with tpp client update --add-key FILE.']
    : [
        'None of its keys is that of your seal: name another with --seal FILE --seal-key FILE, or add yours with tpp client update --add-key FILE.',
      ];
}
