import { randomUUID } from 'node:crypto';
import { endFeedback } from '../portal/end-feedback.js';
import { type KeptFeedback, listFeedback } from '../store/feedback.js';
import { UsageError } from './command.js';
import { createOperatorCommand, type OperatorCommand, requireName } from './operator-command.js';
import { plainText } from './plain-text.js';

const usage = `Usage: postern feedback list [--all] [options]
       postern feedback close ID --by NAME [options]

  list               what visitors of the portal wrote and nobody has closed; --all: closed ones too
  close              nothing is left to do about this message

  --by NAME          who closes it; written in the audit
`;

const subcommands: OperatorCommand['subcommands'] = {
  list: async ({ database, all, positionals }) => {
    if (positionals.length > 0) throw new UsageError('list takes no arguments');
    const messages = await listFeedback(database, all ? 'all' : 'open');
    const text = messages.length === 0 ? 'No messages wait.\n' : messages.map(describeFeedback).join('\n');
    return { code: messages.some(({ closedAt }) => closedAt === undefined) ? 1 : 0, text, json: messages };
  },
  close: async ({ database, positionals: [id = '', ...more], by: given }) => {
    if (more.length > 0 || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))
      throw new UsageError('give the ID as postern feedback list prints it');
    const by = requireName({ by: given });
    const end = { id, by: { subject: by, name: by }, at: new Date(), correlationId: randomUUID() };
    const closed = await endFeedback(database, end);
    if (closed !== undefined) return { code: 0, text: describeFeedback(closed), json: closed };
    return { code: 1, text: 'There is no such message to close: it is unknown, or was closed before.\n', json: null };
  },
};

/** `postern feedback`: what visitors of the portal wrote. */
export const feedbackCommand = createOperatorCommand({
  summary: 'what visitors of the portal wrote: list and close it',
  usage,
  exitCodes: '0 as it should be; 1 messages wait, or there is no such message to close; 64 wrong call.',
  takes: ['all', 'by'],
  subcommands,
});

function describeFeedback(feedback: KeptFeedback): string {
  const { closedAt, closedBy } = feedback;
  const rows = [
    ['brand', `${feedback.brand}, ${feedback.lang}`],
    ['about', `${feedback.kind}${feedback.page === undefined ? '' : `, page ${feedback.page}`}`],
    ['received', feedback.receivedAt.toISOString()],
    ['answer to', feedback.email === undefined ? 'nobody' : plainText(feedback.email)],
    ...(closedAt === undefined ? [] : [['closed', `${closedAt.toISOString()} by ${plainText(closedBy ?? '')}`]]),
    ...feedback.message.split('\n').map((line, index) => [index === 0 ? 'message' : '', plainText(line)]),
  ];
  return `${feedback.id}\n${rows.map(([title = '', value = '']) => `  ${title.padEnd(12)}${value}\n`).join('')}`;
}
