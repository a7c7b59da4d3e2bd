import { BankRefusal } from '../bank/bank-refusal.js';
import { readSession, sessionFileOf } from '../profile/session-file.js';
import { UsageFault } from '../profile/usage-fault.js';
import { sendSignedRequest } from '../signature/send-signed-request.js';
import type { Command } from './command.js';
import { readRequest, readSigningKey, requestOptions } from './read-request.js';
import { withBankConnection } from './with-bank-connection.js';

/** `tpp call` */
export const call: Command = {
  name: 'call',
  summary: 'Call the open-banking API: token, signature and QWAC as the bank wants them',
  operands: 'METHOD PATH',
  settings: ['baseUrl', 'brand', 'environment', 'apiVersion', 'ca', 'qwac', 'qwacKey', 'sealKey', 'keyId'],
  options: requestOptions,
  run: async (typed) => {
    const request = await readRequest(typed);
    const { accessToken } = await readSession(sessionFileOf(typed.profileFile));
    if (accessToken === undefined)
      throw new UsageFault('there is no access token: run tpp authorize and tpp token first');
    const key = await readSigningKey(typed.settings);
    const { answer } = await withBankConnection(typed.settings, (connection) =>
      sendSignedRequest(request, { connection, key, accessToken }, typed.clock()),
    );
    if (answer.status >= 400) throw new BankRefusal(answer);
    const json = answer.body.length === 0 ? undefined : readJson(answer.body);
    const { paint } = typed.terminal;
    return {
      json: { status: answer.status, headers: answer.headers, body: json },
      lines: [
        `${paint('good', '✓')} ${answer.status} ${answer.statusText}  ${paint('faint', `${request.method} ${request.url}`)}`,
        ...(json === undefined ? [] : JSON.stringify(json, undefined, 2).split('\n')),
      ],
    };
  },
};

function readJson(body: Buffer): unknown {
  const text = body.toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
