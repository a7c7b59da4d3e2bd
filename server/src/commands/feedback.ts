import { randomUUID } from 'node:crypto';
import { endFeedback } from '../portal/end-feedback.js';
import { type KeptFeedback, listFeedback } from '../store/feedback.js';
import { renderRecord, requireArgument, requireName, requireNoArguments } from './operator-arguments.js';
import { createOperatorCommand, type OperatorCommand } from './operator-command.js';
import { plainText } from './plain-text.js';

const usage = `Usage: postern feedback list [--all] [options]
       postern feedback close ID --by NAME [options]

  list               what visitors of the portal wrote and nobody has closed; --all: closed ones too
  close              nothing is left to do about this message

  --by NAME          who closes it; written in the audit
`;

const subcommands: OperatorCommand['subcommands'] = {
  list: async (call) => {
    requireNoArguments(call);
    const { database, all } = call;
    const messages = await listFeedback(database, all ? 'all' : 'open');
    const text = messages.length === 0 ? 'No messages wait.\n' : messages.map(describeFeedback).join('\n');
    return { code: messages.some(({ closedAt }) => closedAt === undefined) ? 1 : 0, text, json: messages };
  },
  close: async (call) => {
    const id = requireArgument(call, 'ID as postern feedback list prints it');
    const by = requireName(call);
    const end = { id, by: { subject: by, name: by }, at: new Date(), correlationId: randomUUID() };
    const closed = await endFeedback(call.database, end);
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
  return renderRecord(feedback.id, [
    ['brand', `${feedback.brand}, ${feedback.lang}`],
    ['about', `${feedback.kind}${feedback.page === undefined ? '' : `, page ${feedback.page}`}`],
    ['received', feedback.receivedAt.toISOString()],
    ['answer to', feedback.email === undefined ? 'nobody' : plainText(feedback.email)],
    ...(closedAt === undefined
      ? []
      : [['closed', `${closedAt.toISOString()} by ${plainText(closedBy ?? '')}`] as const]),
    ...feedback.message.split('\n').map((line, index) => [index === 0 ? 'message' : '', plainText(line)] as const),
  ]);
}
