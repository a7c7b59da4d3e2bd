import { ConfigError } from '../config.js';
import { checkConfigCommand } from './check-config.js';
import { type Command, UsageError } from './command.js';
import { feedbackCommand } from './feedback.js';
import { migrateCommand } from './migrate.js';
import { namesCommand } from './names.js';
import { qualifyCommand } from './qualify.js';
import { registerCommand } from './register.js';
import { sandboxCommand } from './sandbox.js';
import { serveCommand } from './serve.js';
import { trustCommand } from './trust.js';

const commands: Readonly<Record<string, Command>> = {
  serve: serveCommand,
  qualify: qualifyCommand,
  register: registerCommand,
  names: namesCommand,
  sandbox: sandboxCommand,
  feedback: feedbackCommand,
  migrate: migrateCommand,
  'check-config': checkConfigCommand,
  trust: trustCommand,
};

const [name, ...parameters] = process.argv.slice(2);
process.exitCode = await run(name, parameters);

async function run(command: string | undefined, rest: readonly string[]): Promise<number> {
  const chosen = command === undefined ? undefined : commands[command];
  if (chosen === undefined) {
    const asked = command === undefined || command === '--help' || command === 'help';
    (asked ? process.stdout : process.stderr).write(
      asked ? overview() : `postern: there is no command ${command}\n\n${overview()}`,
    );
    return asked ? 0 : 64;
  }
  if (rest.includes('--help')) {
    process.stdout.write(chosen.help);
    return 0;
  }
  try {
    return await chosen.run(rest);
  } catch (cause) {
    return report(cause, command ?? '');
  }
}

function report(cause: unknown, command: string): number {
  if (cause instanceof UsageError || isArgumentError(cause)) {
    process.stderr.write(`postern ${command}: ${cause.message}\nSee: postern ${command} --help\n`);
    return 64;
  }
  const text =
    cause instanceof ConfigError
      ? cause.message
      : cause instanceof Error
        ? (cause.stack ?? cause.message)
        : String(cause);
  process.stderr.write(`postern ${command}: ${text}\n`);
  return cause instanceof ConfigError ? 78 : 70;
}

function isArgumentError(cause: unknown): cause is Error {
  return cause instanceof TypeError && 'code' in cause && String(cause.code).startsWith('ERR_PARSE_ARGS');
}

function overview(): string {
  const lines = Object.entries(commands).map(([title, { summary }]) => `  ${title.padEnd(14)}${summary}`);
  return `The door of a bank for PSD2 third parties.\n\nUsage: postern COMMAND [options]\n\n${lines.join('\n')}\n\nEach command answers --help.\n`;
}
