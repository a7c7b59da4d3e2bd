import { createPrivateKey } from 'node:crypto';
import type { Connection } from '../http/connection.js';
import { readPemCertificates, thumbprintOf } from '../keys/pem-certificates.js';
import { signingConnection } from '../signature/signing-connection.js';
import type { CommandCall, CommandOption } from './command.js';
import { readNamedFile } from './read-named-file.js';
import { readSigningKey } from './read-request.js';
import { requireSetting } from './require-setting.js';

/** `--sign`, of commands that send a registration. */
export const signOption: CommandOption = {
  name: 'sign',
  text: 'Sign the request with the QSealC, for brands that ask for it',
};

/** With --sign, the same connection with requests signed by the seal that is being registered, whose kid the bank is yet to give. */
export async function signWithSeal(
  connection: Connection,
  { options, settings, clock }: Pick<CommandCall, 'options' | 'settings' | 'clock'>,
): Promise<Connection> {
  if (options['sign'] !== true) return connection;
  const [leaf = Buffer.alloc(0)] = readPemCertificates(await readNamedFile(requireSetting(settings, 'seal')));
  const privateKey = createPrivateKey(await readNamedFile(requireSetting(settings, 'sealKey')));
  return signingConnection(connection, { keyId: thumbprintOf(leaf), privateKey }, clock);
}

/** With --sign, the same connection with requests signed by the registered key that the profile names. */
export async function signWithKey(
  connection: Connection,
  { options, settings, clock }: Pick<CommandCall, 'options' | 'settings' | 'clock'>,
): Promise<Connection> {
  return options['sign'] === true ? signingConnection(connection, await readSigningKey(settings), clock) : connection;
}
