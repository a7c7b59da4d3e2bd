import { ConfigError } from '../config.js';
import { type Command, UsageError } from './command.js';

/** Loaded when asked for: a quarter of a second of modules that most commands do not need. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve.js')).serveCommand,
  qualify: async () => (await import('./qualify.js')).qualifyCommand,
  register: async () => (await import('./register.js')).registerCommand,
  clients: async () => (await import('./clients.js')).clientsCommand,
  names: async () => (await import('./names.js')).namesCommand,
  sandbox: async () => (await import('./sandbox.js')).sandboxCommand,
  feedback: async () => (await import('./feedback.js')).feedbackCommand,
  migrate: async () => (await import('./migrate.js')).migrateCommand,
  'check-config': async () => (await import('./check-config.js')).checkConfigCommand,
  trust: async () => (await import('./trust.js')).trustCommand,
};

/** How long a command that has failed may take to end by itself, milliseconds. */
const longestEnd = 2_000;

const [name, ...parameters] = process.argv.slice(2);
process.exitCode = await run(name, parameters);

async function run(command: string | undefined, rest: readonly string[]): Promise<number> {
  const chosen = command !== undefined && Object.hasOwn(commands, command) ? await commands[command]?.() : undefined;
  if (chosen === undefined) {
    const asked = command === undefined || command === '--help' || command === 'help';
    (asked ? process.stdout : process.stderr).write(
      asked ? await overview() : `postern: there is no command ${command}\n\n${await overview()}`,
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
    const code = report(cause, command ?? '');
    // What was opened before the fault may go on by itself, and must not keep alive a process that does nothing: whoever watches it starts it again.
    setTimeout(() => process.exit(code), longestEnd).unref();
    return code;
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

async function overview(): Promise<string> {
  const lines = await Promise.all(
    Object.entries(commands).map(async ([title, load]) => `  ${title.padEnd(14)}${(await load()).summary}`),
  );
  return `The door of a bank for PSD2 third parties.\n\nUsage: postern COMMAND [options]\n\n${lines.join('\n')}\n\nEach command answers --help.\n`;
}
