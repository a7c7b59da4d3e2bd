import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { insertAuditEvents } from '../audit/audit-event.js';
import { readConfig } from '../config.js';
import type { Database } from '../store/database.js';
import { closeFeedback, type KeptFeedback, listFeedback } from '../store/feedback.js';
import { migrate } from '../store/migrate.js';
import { type Command, UsageError } from './command.js';
import { openDatabase } from './open-database.js';

const help = `Usage: postern feedback list [--all] [options]
       postern feedback close ID --by NAME [options]

  list               what visitors of the portal wrote and nobody has closed; --all: closed ones too
  close              nothing is left to do about this message

  --by NAME          who closes it; written in the audit
  --config FILE      the installation
  --data-dir DIR     the demo's folder (default .postern), in place of --config
  --json             print the result as JSON

With the embedded store the server has to be stopped first: one process at a time may open it.
Exit codes: 0 as it should be; 1 messages wait, or there is no such message to close; 64 wrong call.
`;

/** `postern feedback`: what visitors of the portal wrote. */
export const feedbackCommand: Command = {
  summary: 'what visitors of the portal wrote: list and close it',
  help,
  run: async ([name = '', ...parameters]) => {
    const options = readOptions(parameters);
    const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
    if (subcommand === undefined) throw new UsageError('give list or close');
    const config = readConfig(options.configuration);
    const database = await openDatabase(config, (cause) => process.stderr.write(`${String(cause)}\n`));
    try {
      await migrate(database);
      const { code, text, json } = await subcommand({ ...options, database });
      process.stdout.write(options.json ? `${JSON.stringify(json, null, 2)}\n` : text);
      return code;
    } finally {
      await database.close();
    }
  },
};

function readOptions(parameters: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    allowPositionals: true,
    options: {
      config: { type: 'string' },
      'data-dir': { type: 'string', default: '.postern' },
      all: { type: 'boolean', default: false },
      by: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const configuration = values.config ?? join(resolve(values['data-dir']), 'demo', 'postern.yaml');
  return { positionals, configuration, all: values.all, by: values.by, json: values.json };
}

interface FeedbackCall extends ReturnType<typeof readOptions> {
  readonly database: Database;
}

interface Output {
  readonly code: number;
  readonly text: string;
  readonly json: unknown;
}

const subcommands: Readonly<Record<string, (call: FeedbackCall) => Promise<Output>>> = {
  list: async ({ database, all, positionals }) => {
    if (positionals.length > 0) throw new UsageError('list takes no arguments');
    const messages = await listFeedback(database, all ? 'all' : 'open');
    const text = messages.length === 0 ? 'No messages wait.\n' : messages.map(describeFeedback).join('\n');
    return { code: messages.some(({ closedAt }) => closedAt === undefined) ? 1 : 0, text, json: messages };
  },
  close: async ({ database, positionals: [id = '', ...more], by }) => {
    if (more.length > 0 || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))
      throw new UsageError('give the ID as postern feedback list prints it');
    if (by === undefined || by.trim() === '') throw new UsageError('--by NAME is needed: who closes it');
    const closed = await close(database, { id, by, at: new Date() });
    if (closed !== undefined) return { code: 0, text: describeFeedback(closed), json: closed };
    return { code: 1, text: 'There is no such message to close: it is unknown, or was closed before.\n', json: null };
  },
};

function close(database: Database, decision: { id: string; by: string; at: Date }): Promise<KeptFeedback | undefined> {
  const { id, by, at } = decision;
  return database.transaction(async (sql) => {
    const closed = await closeFeedback(sql, decision);
    if (closed === undefined) return undefined;
    const event = { at, kind: 'feedback-closed', outcome: 'done', brand: closed.brand } as const;
    await insertAuditEvents(sql, [{ ...event, correlationId: randomUUID(), detail: { feedback: id, by } }]);
    return closed;
  });
}

function describeFeedback(feedback: KeptFeedback): string {
  const { closedAt, closedBy } = feedback;
  const rows = [
    ['brand', `${feedback.brand}, ${feedback.lang}`],
    ['about', `${feedback.kind}${feedback.page === undefined ? '' : `, page ${feedback.page}`}`],
    ['received', feedback.receivedAt.toISOString()],
    ['answer to', feedback.email === undefined ? 'nobody' : plain(feedback.email)],
    ...(closedAt === undefined ? [] : [['closed', `${closedAt.toISOString()} by ${plain(closedBy ?? '')}`]]),
    ...feedback.message.split('\n').map((line, index) => [index === 0 ? 'message' : '', plain(line)]),
  ];
  return `${feedback.id}\n${rows.map(([title = '', value = '']) => `  ${title.padEnd(12)}${value}\n`).join('')}`;
}

/** What steers no terminal. */
function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '\ufffd');
}
