import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const prefix = 'postern-tests-';

/**
 * Set up by vitest for every project: the temporary folder of all tests is one of their own, which goes with the run. Each test removes
 * what it makes; this takes what one leaves that fails half-way.
 */
export function setup(): () => void {
  // Another project of the same run has made it.
  if (basename(tmpdir()).startsWith(prefix)) return () => undefined;
  const folder = mkdtempSync(join(tmpdir(), prefix));
  // A PostgreSQL that runs as another user has its folder inside.
  chmodSync(folder, 0o711);
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
