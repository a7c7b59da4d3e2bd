import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryPostgresql {
  readonly url: string;
  /** The same over a Unix socket, as on a machine that it shares with the server. */
  readonly socketUrl: string;
  stop(): Promise<void>;
}

/** The folder of PostgreSQL's server programs, or undefined when the machine has none. */
export function findPostgresql(): string | undefined {
  const base = '/usr/lib/postgresql';
  const versions = existsSync(base) ? readdirSync(base).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(base, version, 'bin')).find((folder) => existsSync(join(folder, 'initdb')));
}

/** Starts a PostgreSQL of its own on a free loopback port, as an unprivileged user when the tests run as root. */
export async function startPostgresql(): Promise<TemporaryPostgresql> {
  const programs = findPostgresql();
  if (programs === undefined) throw new Error('PostgreSQL is not installed');
  const directory = mkdtempSync(join(tmpdir(), 'postern-postgresql-'));
  const identity = process.getuid?.() === 0 ? readUnprivileged() : undefined;
  if (identity !== undefined) chownSync(directory, identity.uid, identity.gid);
  const cluster = join(directory, 'cluster');
  const quiet = { ...identity, cwd: directory, stdio: 'ignore' as const };
  execFileSync(
    join(programs, 'initdb'),
    ['-D', cluster, '-U', 'postern', '-A', 'trust', '-E', 'UTF8', '--no-locale'],
    quiet,
  );
  const port = await findFreePort();
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', cluster, '-p', String(port), '-h', '127.0.0.1', '-k', directory],
    quiet,
  );
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await waitUntilReady(join(programs, 'pg_isready'), port);
  return {
    url: `postgresql://postern@127.0.0.1:${port}/postgres`,
    socketUrl: `postgresql://postern@${encodeURIComponent(directory)}:${port}/postgres`,
    stop: async () => {
      server.kill('SIGINT');
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function readUnprivileged(): { uid: number; gid: number } {
  const read = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: read('-u'), gid: read('-g') };
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

async function waitUntilReady(program: string, port: number): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    const answers = await new Promise<boolean>((resolve) => {
      spawn(program, ['-h', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' }).once('exit', (code) =>
        resolve(code === 0),
      );
    });
    if (answers) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('PostgreSQL did not become ready within 15 seconds');
}
