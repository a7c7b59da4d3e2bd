// Sets up what is missing on a fresh machine: dependencies, the Node version we run on, the build.
// Plain JavaScript for any Node from 20 on, because it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const installed = join(root, 'node_modules', '.package-lock.json');
const lock = join(root, 'package-lock.json');
const windows = process.platform === 'win32';

if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
  say('Installing dependencies (npm ci) …');
  run(windows ? 'npm.cmd' : 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
}

const node = findNode();
say('Building …');
run(node, [join(root, 'node_modules', 'typescript-native', 'bin', 'tsc'), '-b']);

function findNode() {
  const local = join(root, 'node_modules', '.bin', windows ? 'node.cmd' : 'node');
  const candidate = existsSync(local) ? local : process.execPath;
  const version = spawnSync(candidate, ['--version'], { encoding: 'utf8', shell: windows }).stdout?.trim() ?? '';
  const oldest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node.replace('>=', '');
  if (!isOlder(version.slice(1), oldest)) return candidate;
  say(`Postern runs on Node ${oldest} or later; found ${version || 'none'}. Install it from nodejs.org and try again.`);
  process.exit(1);
}

/** Whether a version such as 26.10.0 comes before another; what is no version does. */
function isOlder(version, other) {
  const [own, least] = [version, other].map((text) => text.split('.').map(Number));
  const position = least.findIndex((part, index) => part !== own[index]);
  return position >= 0 && !(own[position] > least[position]);
}

function run(command, parameters) {
  const result = spawnSync(command, parameters, { cwd: root, stdio: ['ignore', 2, 2], shell: windows });
  if (result.status !== 0) process.exit(result.status ?? 1);
}

// Standard error, so that the output of the command that follows stays clean for machines.
function say(text) {
  process.stderr.write(`${text}\n`);
}
