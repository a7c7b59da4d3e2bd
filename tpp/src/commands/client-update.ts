import { readText } from '../http/http-answer.js';
import { UsageFault } from '../profile/usage-fault.js';
import { applyChanges, type WantedChanges } from '../registration/apply-changes.js';
import { updateRegistration } from '../registration/change-registration.js';
import { readRegistration } from '../registration/register-client.js';
import { registrationPlaceOf } from './bank-of.js';
import type { Command, CommandCall } from './command.js';
import { readNamedFile } from './read-named-file.js';
import { requireSetting } from './require-setting.js';
import { signOption, signWithKey } from './sign-registration.js';
import { withBankConnection } from './with-bank-connection.js';

/** `tpp client update` */
export const clientUpdate: Command = {
  name: 'client update',
  summary: 'Change a registration: its keys, addresses, name or scope (RFC 7592)',
  settings: [
    'baseUrl',
    'brand',
    'registeredAt',
    'environment',
    'ca',
    'qwac',
    'qwacKey',
    'sealKey',
    'clientId',
    'keyId',
  ],
  options: [
    { name: 'add-key', value: 'FILE', text: 'PEM of another QSealC with its issuers, beside those there are' },
    { name: 'remove-key', value: 'KID', text: 'kid of the key to end' },
    {
      name: 'redirect-uri',
      value: 'URLS',
      text: 'Where the PSU comes back, in the place of all so far; spaces between',
    },
    { name: 'client-name', value: 'NAME', text: 'Name of the application, shown to the PSU' },
    { name: 'scope', value: 'SCOPE', text: 'Scopes separated by spaces' },
    { name: 'contact', value: 'EMAILS', text: 'Addresses for the bank to write to; spaces between' },
    signOption,
  ],
  run: async (call) => {
    const { settings, options } = call;
    const clientId = requireSetting(settings, 'clientId');
    const wanted = await readWanted(options);
    const { changes, client } = await withBankConnection(settings, async (connection) => {
      const before = await readRegistration(connection, registrationPlaceOf(settings), clientId);
      const changed = applyChanges(before.metadata, wanted);
      const { etag } = before.answer.headers;
      // The reading and the update belong together: whatever changes in between makes the bank say so.
      const update = { clientId, metadata: changed.metadata, etag };
      const nothing = changed.changes.length === 0;
      return {
        changes: changed.changes,
        client: nothing
          ? before
          : await updateRegistration(await signWithKey(connection, call), registrationPlaceOf(settings), update),
      };
    });
    if (changes.length === 0) return { json: client.metadata, lines: ['It is so already: nothing was sent.'] };
    return {
      json: client.metadata,
      lines: ['Updated.', ...changes.map((line) => `  ${line}`)],
      ...nextStep(wanted, { ...settings, kids: client.kids }),
      learnt: {
        ...(wanted.clientName === undefined ? {} : { clientName: wanted.clientName }),
        ...(wanted.redirectUris?.[0] === undefined ? {} : { redirectUri: wanted.redirectUris[0] }),
        ...(wanted.scope === undefined ? {} : { scope: readText(client.metadata, 'scope') ?? wanted.scope }),
      },
    };
  },
};

async function readWanted(options: CommandCall['options']): Promise<WantedChanges> {
  const text = (name: string) => (typeof options[name] === 'string' ? options[name] : undefined);
  const list = (name: string) =>
    text(name)
      ?.split(/\s+/)
      .filter((item) => item !== '');
  const [addKey, removeKey, clientName, scope] = ['add-key', 'remove-key', 'client-name', 'scope'].map(text);
  const [redirectUris, contacts] = [list('redirect-uri'), list('contact')];
  const wanted = {
    ...(addKey === undefined ? {} : { addKey: await readNamedFile(addKey) }),
    ...(removeKey === undefined ? {} : { removeKey }),
    ...(clientName === undefined ? {} : { clientName }),
    ...(scope === undefined ? {} : { scope }),
    ...(redirectUris === undefined ? {} : { redirectUris }),
    ...(contacts === undefined ? {} : { contacts }),
  };
  if (Object.keys(wanted).length > 0) return wanted;
  throw new UsageFault('there is nothing to change; tpp client update --help lists what can be');
}

/** Old and new key stand side by side until the old one is taken away. */
function nextStep(wanted: WantedChanges, now: { readonly keyId?: string; readonly kids: readonly string[] }) {
  const newest = now.kids.at(-1);
  if (wanted.addKey !== undefined && wanted.removeKey === undefined && newest !== undefined)
    return {
      next: `sign with the new key: --key-id ${newest} --seal-key FILE; then end the old one with tpp client update --remove-key KID`,
    };
  if (wanted.removeKey !== undefined && wanted.removeKey === now.keyId && newest !== undefined)
    return { next: `the profile signed with that key: name another one with --key-id ${newest} --seal-key FILE` };
  return {};
}
