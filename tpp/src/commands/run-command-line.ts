import { isDeepStrictEqual } from 'node:util';
import { BankRefusal } from '../bank/bank-refusal.js';
import { describeFault, isUnreachable } from '../http/describe-fault.js';
import { readProfile, writeProfile } from '../profile/profile-file.js';
import type { SettingName, Settings } from '../profile/settings.js';
import { UsageFault } from '../profile/usage-fault.js';
import { renderRefusal } from '../terminal/render-refusal.js';
import type { Terminal } from '../terminal/terminal.js';
import { authorize } from './authorize.js';
import { call } from './call.js';
import { certificateCheck } from './certificate-check.js';
import { certificateKit } from './certificate-kit.js';
import { certificateRequest } from './certificate-request.js';
import { clientDelete } from './client-delete.js';
import { clientList } from './client-list.js';
import { clientRecover } from './client-recover.js';
import { clientShow } from './client-show.js';
import { clientUpdate } from './client-update.js';
import type { Command, CommandResult } from './command.js';
import { csr } from './csr.js';
import { journey } from './journey.js';
import { keygen } from './keygen.js';
import { type CommandLine, parseCommandLine } from './parse-command-line.js';
import { register } from './register.js';
import { renderCommandHelp, renderOverview } from './render-help.js';
import { sign } from './sign.js';
import { token } from './token.js';

const commands = [
  keygen,
  csr,
  certificateRequest,
  certificateCheck,
  certificateKit,
  register,
  clientShow,
  clientList,
  clientRecover,
  clientUpdate,
  clientDelete,
  authorize,
  token,
  sign,
  call,
  journey,
];

/** Runs what was typed after `tpp`; answers the exit code: 0 done, 1 refused or failed, 2 wrong usage, 3 not reachable. */
export async function runCommandLine(words: readonly string[], terminal: Terminal, clock: () => Date): Promise<number> {
  try {
    const command = findCommand(words);
    if (command === undefined) return answerOverview(words, terminal);
    const line = parseCommandLine(command, words.slice(command.name.split(' ').length));
    if (line.help) return print(terminal, renderCommandHelp(command));
    return await runCommand(command, line, { terminal, clock });
  } catch (error) {
    return reportFailure(error, terminal);
  }
}

function findCommand(words: readonly string[]): Command | undefined {
  return commands.find(({ name }) => name === words.slice(0, name.split(' ').length).join(' '));
}

function answerOverview(words: readonly string[], terminal: Terminal): number {
  const asked = words.length === 0 || words.some((word) => word === '--help' || word === '-h' || word === 'help');
  if (asked) return print(terminal, renderOverview(commands));
  const near = commands.filter(({ name }) => name.startsWith(`${words[0]} `)).map(({ name }) => `tpp ${name}`);
  throw new UsageFault(
    `there is no command "${words[0]}"${near.length > 0 ? `; perhaps ${near.join(' or ')}` : ''}; tpp --help lists them`,
  );
}

async function runCommand(
  command: Command,
  line: CommandLine,
  surroundings: { terminal: Terminal; clock: () => Date },
): Promise<number> {
  const kept = await readProfile(line.profileFile);
  const settings = { ...kept, ...line.settings };
  const result = await command.run({ ...surroundings, ...line, settings });
  // What led to a refusal is not worth keeping: a certificate that was only tried must not replace the good one.
  if ((result.exitCode ?? 0) === 0) {
    await keepSettings(
      { file: line.profileFile, kept },
      { ...kept, ...line.settings, ...result.learnt },
      result.forgotten,
    );
  }
  return printResult(result, surroundings.terminal);
}

async function keepSettings(
  { file, kept }: { readonly file: string; readonly kept: Settings },
  values: Settings,
  forgotten: readonly SettingName[] = [],
): Promise<void> {
  const now = Object.fromEntries(Object.entries(values).filter(([name]) => !forgotten.includes(name as SettingName)));
  if (!isDeepStrictEqual(now, kept)) await writeProfile(file, now);
}

function printResult({ json, lines, next, exitCode = 0 }: CommandResult, terminal: Terminal): number {
  if (terminal.json) terminal.out(JSON.stringify(json, undefined, 2));
  else for (const line of lines) terminal.out(line);
  if (next !== undefined && !terminal.json) terminal.err(terminal.paint('faint', `Next: ${next}`));
  return exitCode;
}

function print(terminal: Terminal, lines: readonly string[]): number {
  for (const line of lines) terminal.out(line);
  return 0;
}

function reportFailure(error: unknown, terminal: Terminal): number {
  if (error instanceof BankRefusal) {
    if (terminal.json) terminal.out(JSON.stringify({ refused: error.refusal }, undefined, 2));
    else for (const line of renderRefusal(error.refusal, terminal.paint)) terminal.err(line);
    return 1;
  }
  const reachable = !isUnreachable(error);
  const message = `${reachable ? '' : 'Not reachable: '}${describeFault(error)}`;
  if (terminal.json) terminal.out(JSON.stringify({ failed: message }, undefined, 2));
  terminal.err(`${terminal.paint('bad', '✗')} ${message}`);
  if (error instanceof UsageFault) return 2;
  return reachable ? 1 : 3;
}
