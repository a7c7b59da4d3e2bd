import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proveRuntime } from '../../server/src/commands/prove-runtime.js';
import { findPortBase } from '../material/find-port-base.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const commands = join(root, 'server', 'dist', 'commands');
const program = join(commands, 'runtime-probe.js');
let folder: string;
let oldNode: string | undefined;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'runtime-'));
  const { status, stdout } = spawnSync(process.execPath, [join(root, 'bench', 'old-node.mjs'), folder]);
  oldNode = status === 0 ? String(stdout).trim() : undefined;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const noOldNode = 'npm brings no Node that a certificate ends: nothing was tried against one';

describe('C58: the trial of the runtime', () => {
  it('is survived by the Node that we run on', async () => {
    await proveRuntime({ program });
  });

  it('is lost by whoever ends by a signal, and by whoever does not see both certificates', async () => {
    for (const [text, end] of [
      ['process.kill(process.pid, "SIGSEGV")', 'SIGSEGV'],
      ['process.exit(1)', '1'],
    ] as const) {
      const lost = join(folder, 'lost.mjs');
      writeFileSync(lost, text);
      await expect(proveRuntime({ program: lost })).rejects.toThrow(
        `ended with ${end}): take Node 26.12.1 or a later one`,
      );
    }
  });

  it('is lost by a Node that cannot be started', async () => {
    await expect(proveRuntime({ node: join(folder, 'no-node'), program })).rejects.toThrow('the runtime');
  });

  it('is lost by an old Node', async (context) => {
    if (oldNode === undefined) return context.skip(noOldNode);
    await expect(proveRuntime({ node: oldNode, program })).rejects.toThrow('ended with SIGSEGV)');
  });

  it('ends the server of an old Node with 78 before it listens, and says which to take', async (context) => {
    if (oldNode === undefined) return context.skip(noOldNode);
    const place = ['--data-dir', join(folder, 'data'), '--port-base', String(await findPortBase())];
    const { status, stdout, stderr } = spawnSync(oldNode, [join(commands, 'main.js'), 'serve', '--demo', ...place], {
      encoding: 'utf8',
    });
    expect({ status, stdout }, stderr).toEqual({ status: 78, stdout: '' });
    expect(stderr).toContain('take Node 26.12.1 or a later one');
  }, 240_000);
});
