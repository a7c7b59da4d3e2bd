import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const ownFiles = ['.git', '.postern', 'artefacts', 'scripts'];
const longestMilliseconds = 90_000;

/** A copy of this repository in which commands are typed; what they write stays in it. */
export interface Copy {
  readonly directory: string;
  /** What a shell says of a command; output and errors as they came. */
  type(command: string): Promise<{ readonly code: number; readonly text: string }>;
  /** Types a command that goes on until it is interrupted, and waits until it has made a file. */
  start(command: string, file: string): Promise<void>;
  /** Ends what was started as Ctrl-C would. */
  interrupt(): Promise<void>;
  remove(): Promise<void>;
}

/** Everything in it is a link but the scripts, which work in the folder above their own. */
export function copyRepository(): Copy {
  const directory = mkdtempSync(join(tmpdir(), 'postern-typed-'));
  for (const name of readdirSync(root))
    if (!ownFiles.includes(name)) symlinkSync(join(root, name), join(directory, name));
  cpSync(join(root, 'scripts'), join(directory, 'scripts'), { recursive: true });
  const env = { ...process.env, PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter) };
  let server: ChildProcess | undefined;
  const interrupt = async () => {
    const group = server?.pid;
    server = undefined;
    if (group === undefined || !signal(group, 'SIGINT')) return;
    while (signal(group, 0)) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  return {
    directory,
    type: (command) =>
      new Promise((resolve) => {
        const options = { cwd: directory, env, timeout: longestMilliseconds, maxBuffer: 16 * 1024 * 1024 };
        execFile('bash', ['-c', command], options, (cause, stdout, stderr) => {
          const code = cause === null ? 0 : typeof cause.code === 'number' ? cause.code : 1;
          resolve({ code, text: `${stdout}${stderr}` });
        });
      }),
    start: async (command, file) => {
      let said = '';
      server = spawn('bash', ['-c', command], {
        cwd: directory,
        env,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      for (const stream of [server.stdout, server.stderr]) stream?.on('data', (chunk) => (said += chunk));
      const until = Date.now() + longestMilliseconds;
      while (!existsSync(join(directory, file))) {
        if (server.exitCode !== null || Date.now() > until) throw new Error(`${command} made no ${file}:\n${said}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    interrupt,
    remove: async () => {
      await interrupt();
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Whether a group has any process yet that was signalled. */
function signal(group: number, name: 'SIGINT' | 0): boolean {
  try {
    return process.kill(-group, name);
  } catch {
    return false;
  }
}
