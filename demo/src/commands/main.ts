import { DemoError } from '../demo-error.js';
import { hold, revoke, unhold } from './change-certificate.js';
import { expireList, reinstateService, renewList, rotateSignerCommand, withdrawService } from './change-lists.js';
import type { Command } from './command.js';
import { issue } from './issue.js';
import { reinstate } from './reinstate.js';
import { serve } from './serve.js';
import { withdraw } from './withdraw.js';

const commands: Readonly<Record<string, Command>> = {
  issue,
  revoke,
  hold,
  unhold,
  withdraw,
  reinstate,
  'withdraw-service': withdrawService,
  'reinstate-service': reinstateService,
  'expire-list': expireList,
  'renew-list': renewList,
  'rotate-signer': rotateSignerCommand,
  serve,
};

process.exitCode = await main(process.argv.slice(2));

/** Runs `demo`; 0 done, 1 not possible, 2 wrongly asked. */
async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (name === '--help' || name === '-h' || name === 'help') {
    console.log(overview());
    return 0;
  }
  if (command === undefined) {
    console.error(name === '' ? overview() : `demo: there is no command "${name}"\n\n${overview()}`);
    return 2;
  }
  if (args.includes('--help') || args.includes('-h')) {
    console.log(command.help);
    return 0;
  }
  return run(name, command, args);
}

async function run(name: string, command: Command, args: readonly string[]): Promise<number> {
  try {
    await command.run(args);
    return 0;
  } catch (error) {
    if (!(error instanceof DemoError)) {
      console.error(error);
      return 1;
    }
    console.error(`demo ${name}: ${error.message}`);
    if (error.usage) {
      console.error(`demo ${name} --help explains it.`);
    }
    return error.usage ? 2 : 1;
  }
}

function overview(): string {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(19)}${summary}`);
  return `demo: the trust world of the Postern demo. Nothing in it is real.\n\n${lines.join('\n')}\n\ndemo COMMAND --help explains a command.`;
}
