import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Config, readConfig } from '../config.js';
import { decideNames } from '../presentation/decide-names.js';
import { describePresentation } from '../presentation/describe-presentation.js';
import type { Database } from '../store/database.js';
import { migrate } from '../store/migrate.js';
import { type ListedReview, listNameReviews } from '../store/name-reviews.js';
import { type Command, UsageError } from './command.js';
import { openDatabase } from './open-database.js';

const help = `Usage: postern names list [--all] [options]
       postern names release REVIEW [--reason TEXT] [options]
       postern names refuse REVIEW [--reason TEXT] [options]

  list               names of applications that customers do not see until somebody has looked at them; --all: every name
  release            show the names of this review from now on
  refuse             do not show them, nor the logo; customers see the legal name alone, all else works

  REVIEW changes with every change of the names: what is released is what was listed.

  --config FILE      the installation
  --data-dir DIR     the demo's folder (default .postern), in place of --config
  --reason TEXT      told to the third party
  --json             print the result as JSON

With the embedded store the server has to be stopped first: one process at a time may open it.
Exit codes: 0 as it should be; 1 names wait, or there is no such review; 64 wrong call.
`;

/** `postern names`: the operator's look at names of applications that were held. */
export const namesCommand: Command = {
  summary: 'look at names of applications that were held, release or refuse them',
  help,
  run: async ([name = '', ...parameters]) => {
    const options = readOptions(parameters);
    const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
    if (subcommand === undefined) throw new UsageError('give list, release or refuse');
    const config = readConfig(options.configuration);
    const database = await openDatabase(config, (cause) => process.stderr.write(`${String(cause)}\n`));
    try {
      await migrate(database);
      const { code, text, json } = await subcommand({ ...options, config, database });
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
      reason: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const configuration = values.config ?? join(resolve(values['data-dir']), 'demo', 'postern.yaml');
  return { positionals, configuration, all: values.all, reason: values.reason, json: values.json };
}

interface NamesCall extends ReturnType<typeof readOptions> {
  readonly config: Config;
  readonly database: Database;
}

interface Output {
  readonly code: number;
  readonly text: string;
  readonly json: unknown;
}

const subcommands: Readonly<Record<string, (call: NamesCall) => Promise<Output>>> = {
  list: async ({ database, all, positionals }) => {
    if (positionals.length > 0) throw new UsageError('list takes no arguments');
    const reviews = await listNameReviews(database, all ? {} : { state: 'held' });
    const text = reviews.length === 0 ? 'No names wait.\n' : reviews.map(describeReview).join('\n');
    return { code: reviews.some(({ state }) => state === 'held') ? 1 : 0, text, json: reviews };
  },
  release: (call) => decide(call, 'released'),
  refuse: (call) => decide(call, 'refused'),
};

async function decide(call: NamesCall, state: 'released' | 'refused'): Promise<Output> {
  const { database, config, positionals, reason } = call;
  const [reviewId = '', ...more] = positionals;
  if (more.length > 0 || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(reviewId))
    throw new UsageError('give the REVIEW as postern names list prints it');
  const { channels } = describePresentation(config);
  const decided = await decideNames(database, { reviewId, state, reason, at: new Date() }, channels);
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
  const rows = [
    ['names', names.join(', ')],
    ['legal name', `${plain(review.legalName)} (${plain(review.organizationIdentifier)})`],
    ['client', `${review.clientId}, ${review.brand}, ${review.environment}`],
    ['state', `${review.state} since ${review.judgedAt.toISOString()}`],
    ...(doubts.length === 0 ? [] : [['because it', doubts.join('; ')]]),
  ];
  return `${review.reviewId}\n${rows.map(([title = '', value]) => `  ${title.padEnd(12)}${value}\n`).join('')}`;
}

/** What steers no terminal; letters outside ASCII stand beside their numbers, because that is what there is to see. */
function plain(text: string): string {
  const shown = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '\ufffd');
  const strange = [...new Set(shown.match(/[^\p{Script=Latin}\p{Script=Common}\p{M}]/gu) ?? [])];
  const numbers = strange.map((letter) => `U+${letter.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`);
  return numbers.length === 0 ? `"${shown}"` : `"${shown}" [${numbers.join(' ')}]`;
}
