// The last Node of the line that a certificate ends, to prove that what looks for that sees it: `node bench/old-node.mjs FOLDER` installs it and prints its path.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const oldVersion = '24.21.0';

/** Installs it below a folder; undefined where npm has none for this system or does not answer within two minutes. */
export function fetchOldNode(folder) {
  const name = `node-${platform()}-${arch()}`;
  const parameters = ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
  spawnSync('npm', [...parameters, `${name}@${oldVersion}`], { stdio: 'ignore', timeout: 120_000, cwd: folder });
  const path = join(folder, 'node_modules', name, 'bin', 'node');
  return existsSync(path) ? path : undefined;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = fetchOldNode(process.argv[2] ?? '.');
  process.stdout.write(path === undefined ? `npm has no Node ${oldVersion} for us now\n` : `${path}\n`);
  process.exit(path === undefined ? 1 : 0);
}
