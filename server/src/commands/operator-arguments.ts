import { isUuid } from '../store/uuid.js';
import { UsageError } from './command.js';
import type { OperatorCall } from './operator-command.js';
import { plainText } from './plain-text.js';

const longestName = 100;

/** Throws UsageError when a subcommand that takes no arguments was given some. */
export function requireNoArguments({ positionals }: Pick<OperatorCall, 'positionals'>): void {
  if (positionals.length > 0) throw new UsageError('list takes no arguments');
}

/** The one argument; `called` tells what it is and where it stands. Throws UsageError unless there is one, of that form. */
export function requireArgument(
  { positionals: [argument = '', ...more] }: Pick<OperatorCall, 'positionals'>,
  called: string,
  isOne: (text: string) => boolean = isUuid,
): string {
  if (more.length === 0 && isOne(argument)) return argument;
  throw new UsageError(`give the ${called}`);
}

/** Who decides, as --by says. Throws UsageError when nobody is named, or not in one line. */
export function requireName(call: Pick<OperatorCall, 'by'>): string {
  const name = readName(call);
  if (name === undefined) throw new UsageError('--by NAME is needed: who decides');
  return name;
}

/** The same where a name may be left out. */
export function readName({ by }: Pick<OperatorCall, 'by'>): string | undefined {
  return readLine(by, `--by NAME is one line of up to ${longestName} characters`, longestName);
}

/** Why, as --reason says; others read it. Throws UsageError over one that is not one line of so many characters. */
export function readReason({ reason }: Pick<OperatorCall, 'reason'>, longest: number): string | undefined {
  return readLine(reason, `--reason TEXT is one line of up to ${longest} characters`, longest);
}

function readLine(given: string | undefined, wrong: string, longest: number): string | undefined {
  if (given === undefined) return undefined;
  const text = given.trim();
  if (text === '' || text.length > longest || plainText(text) !== text) throw new UsageError(wrong);
  return text;
}

/** Something with an id, in lines for a terminal. */
export function renderRecord(id: string, rows: readonly (readonly [title: string, value: string])[]): string {
  return `${id}\n${rows.map(([title, value]) => `  ${title.padEnd(14)}${value}\n`).join('')}`;
}
