import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

it('C58: native code survives what a stranger sends over TLS and to the readers, in a short run of the fuzzer', () => {
  const parameters = ['--tls', '150', '--cases', '150', '--limit', '1000'];
  const { status, stdout } = spawnSync(process.execPath, [join(root, 'bench', 'fuzz-native.mjs'), ...parameters], {
    encoding: 'utf8',
  });
  expect(status, stdout).toBe(0);
  expect(stdout).toMatch(/incoming TLS: 150 paths, .* ended with 0;/);
  expect(stdout).toMatch(/outgoing TLS: 150 paths, .* ended with 0;/);
}, 240_000);
