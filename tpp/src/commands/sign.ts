import { signRequest } from '../signature/sign-request.js';
import type { Command } from './command.js';
import { readRequest, readSigningKey, requestOptions } from './read-request.js';

/** `tpp sign` */
export const sign: Command = {
  name: 'sign',
  summary: 'Print signing string, Digest and Signature of a request without sending it',
  operands: 'METHOD PATH',
  settings: ['baseUrl', 'brand', 'environment', 'apiVersion', 'sealKey', 'keyId'],
  options: requestOptions,
  run: async (call) => {
    const request = await readRequest(call);
    const { headers, signingString } = signRequest(request, await readSigningKey(call.settings), call.clock());
    const { paint } = call.terminal;
    return {
      json: { method: request.method, url: request.url, signingString, headers },
      lines: [
        paint('faint', 'Signing string'),
        ...signingString.split('\n').map((line) => `  ${line}`),
        paint('faint', 'Headers to send'),
        ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`),
      ],
    };
  },
};
