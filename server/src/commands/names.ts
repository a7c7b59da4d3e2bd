import { randomUUID } from 'node:crypto';
import { decideNames } from '../presentation/decide-names.js';
import { describePresentation } from '../presentation/describe-presentation.js';
import { type ListedReview, listNameReviews } from '../store/name-reviews.js';
import { readName, readReason, renderRecord, requireArgument, requireNoArguments } from './operator-arguments.js';
import {
  createOperatorCommand,
  type OperatorCall,
  type OperatorCommand,
  type OperatorOutput,
} from './operator-command.js';
import { plainText } from './plain-text.js';

const usage = `Usage: postern names list [--all] [options]
       postern names release REVIEW [--by NAME] [--reason TEXT] [options]
       postern names refuse REVIEW [--by NAME] [--reason TEXT] [options]

  list               names of applications that customers do not see until somebody has looked at them; --all: every name
  release            show the names of this review from now on
  refuse             do not show them, nor the logo; customers see the legal name alone, all else works

  REVIEW changes with every change of the names: what is released is what was listed.

  --by NAME          who decides; written in the audit
  --reason TEXT      told to the third party
`;

const subcommands: OperatorCommand['subcommands'] = {
  list: async (call) => {
    requireNoArguments(call);
    const { database, all } = call;
    const reviews = await listNameReviews(database, all ? {} : { state: 'held' });
    const text = reviews.length === 0 ? 'No names wait.\n' : reviews.map(describeReview).join('\n');
    return { code: reviews.some(({ state }) => state === 'held') ? 1 : 0, text, json: reviews };
  },
  release: (call) => decide(call, 'released'),
  refuse: (call) => decide(call, 'refused'),
};

/** `postern names`: the operator's look at names of applications that were held. */
export const namesCommand = createOperatorCommand({
  summary: 'look at names of applications that were held, release or refuse them',
  usage,
  exitCodes: '0 as it should be; 1 names wait, or there is no such review; 64 wrong call.',
  takes: ['all', 'by', 'reason'],
  subcommands,
});

async function decide(call: OperatorCall, state: 'released' | 'refused'): Promise<OperatorOutput> {
  const { database, config } = call;
  const reviewId = requireArgument(call, 'REVIEW as postern names list prints it');
  const [by, reason] = [readName(call), readReason(call, 500)];
  const { channels } = describePresentation(config);
  const decided = await decideNames(
    database,
    {
      ...{ reviewId, state, reason, at: new Date(), correlationId: randomUUID() },
      ...(by === undefined ? {} : { by: { subject: by, name: by } }),
    },
    channels,
  );
  if (decided !== undefined) return { code: 0, text: `${state}\n${describeReview(decided)}`, json: decided };
  return {
    code: 1,
    text: `There is no such review to decide: it was ${state} already, or the names have changed.\n`,
    json: null,
  };
}

function describeReview(review: ListedReview): string {
  const names = Object.entries(review.names).map(([language, name]) =>
    language === '' ? plain(name) : `${plain(name)} (${language})`,
  );
  const doubts = review.doubts.map(({ text, detail }) => (detail === undefined ? text : `${text}: ${plain(detail)}`));
  return renderRecord(review.reviewId, [
    ['names', names.join(', ')],
    ['legal name', `${plain(review.legalName)} (${plain(review.organizationIdentifier)})`],
    ['client', `${review.clientId}, ${review.brand}, ${review.environment}`],
    ['state', `${review.state} since ${review.judgedAt.toISOString()}`],
    ...(doubts.length === 0 ? [] : [['because it', doubts.join('; ')] as const]),
  ]);
}

/** What steers no terminal; letters outside ASCII stand beside their numbers, because that is what there is to see. */
function plain(text: string): string {
  const shown = plainText(text);
  const strange = [...new Set(shown.match(/[^\p{Script=Latin}\p{Script=Common}\p{M}]/gu) ?? [])];
  const numbers = strange.map((letter) => `U+${letter.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`);
  return numbers.length === 0 ? `"${shown}"` : `"${shown}" [${numbers.join(' ')}]`;
}
