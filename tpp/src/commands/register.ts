import { buildClientMetadata } from '../registration/build-client-metadata.js';
import { registerClient } from '../registration/register-client.js';
import { alignRows } from '../terminal/terminal.js';
import { bankOf } from './bank-of.js';
import type { Command } from './command.js';
import { describeClient } from './describe-client.js';
import { readNamedFile } from './read-named-file.js';
import { requireSetting } from './require-setting.js';
import { signOption, signWithSeal } from './sign-registration.js';
import { withBankConnection } from './with-bank-connection.js';

/** Stands in the place of a brand in the address of registrations for all of them. */
const allBrands = 'all';

/** `tpp register` */
export const register: Command = {
  name: 'register',
  summary: 'Register an application with a brand of the bank (RFC 7591)',
  settings: [
    'baseUrl',
    'brand',
    'environment',
    'ca',
    'qwac',
    'qwacKey',
    'seal',
    'sealKey',
    'clientName',
    'redirectUri',
    'scope',
  ],
  options: [
    { name: 'contact', value: 'EMAIL', text: 'An address for the bank to write to' },
    {
      name: 'all-brands',
      text: 'Once for all brands of the bank, where it offers that; the brand stays the one for tokens and calls',
    },
    signOption,
  ],
  run: async (call) => {
    const { settings, options } = call;
    const forAll = options['all-brands'] === true;
    const contact = options['contact'];
    const metadata = buildClientMetadata({
      clientName: requireSetting(settings, 'clientName'),
      redirectUris: [requireSetting(settings, 'redirectUri')],
      scope: requireSetting(settings, 'scope'),
      ...(typeof contact === 'string' ? { contacts: [contact] } : {}),
      sealPaths: [await readNamedFile(requireSetting(settings, 'seal'))],
    });
    const place = forAll ? { ...bankOf(settings), brand: allBrands } : bankOf(settings);
    const client = await withBankConnection(settings, async (connection) =>
      registerClient(await signWithSeal(connection, call), place, metadata),
    );
    const kid = client.kids.at(-1);
    const verb = client.answer.status === 201 ? 'Registered' : 'Was registered already';
    return {
      json: client.metadata,
      lines: [`${verb}.`, ...alignRows(describeClient(client)).map((row) => `  ${row}`)],
      next: 'tpp authorize',
      learnt: {
        clientId: client.clientId,
        ...(kid === undefined ? {} : { keyId: kid }),
        ...(forAll ? { registeredAt: allBrands } : {}),
      },
      ...(forAll ? {} : { forgotten: ['registeredAt'] as const }),
    };
  },
};
