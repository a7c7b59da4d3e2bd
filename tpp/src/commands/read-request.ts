import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { SigningKey, UnsignedRequest } from '@postern/core/signature/sign-request.js';
import { type Bank, resourceAddress } from '../bank/bank.js';
import type { Settings } from '../profile/settings.js';
import { UsageFault } from '../profile/usage-fault.js';
import { bankOf } from './bank-of.js';
import type { CommandCall, CommandOption } from './command.js';
import { readNamedFile } from './read-named-file.js';
import { requireSetting } from './require-setting.js';

/** The options of commands that make a request. */
export const requestOptions: readonly CommandOption[] = [
  { name: 'body', value: 'FILE', text: 'File with the JSON body' },
  { name: 'psu-ip-address', value: 'IP', text: 'The PSU is present, at this address (PSU-IP-Address)' },
];

/** The request that METHOD, PATH and the options describe; a PATH such as /accounts is under the brand's open-banking API. */
export async function readRequest({ operands, options, settings }: CommandCall): Promise<UnsignedRequest> {
  const [method, path] = operands;
  if (method === undefined || path === undefined)
    throw new UsageFault('METHOD and PATH are needed, e.g. GET /accounts');
  if (!/^[A-Za-z]+$/.test(method)) throw new UsageFault(`"${method}" is not an HTTP method`);
  if (!path.startsWith('/') && !path.startsWith('https://')) throw new UsageFault('PATH must begin with / or https://');
  const address = options['psu-ip-address'];
  return {
    method: method.toUpperCase(),
    url: path.startsWith('/') ? addressOf(bankOf(settings), path) : path,
    ...(typeof address === 'string' ? { headers: { 'psu-ip-address': address } } : {}),
    ...(typeof options['body'] === 'string' ? { body: await readFile(options['body']) } : {}),
  };
}

// Links in the bank's answers are paths from the root: they are called as they stand.
function addressOf(bank: Bank, path: string): string {
  const { origin, pathname } = new URL(resourceAddress(bank, '/'));
  return path.startsWith(pathname) ? `${origin}${path}` : resourceAddress(bank, path);
}

/** The QSealC's key and its name. */
export async function readSigningKey(values: Settings): Promise<SigningKey> {
  const keyId = requireSetting(values, 'keyId');
  return { keyId, privateKey: createPrivateKey(await readNamedFile(requireSetting(values, 'sealKey'))) };
}
