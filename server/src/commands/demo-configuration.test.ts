import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Config, ConfigError } from '../config.js';
import { clientsCommand } from './clients.js';
import { openDatabase } from './open-database.js';
import { registerCommand } from './register.js';
import { trustCommand } from './trust.js';

const directory = mkdtempSync(join(tmpdir(), 'installation-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe('the installation that a command is about', () => {
  it.each([
    [trustCommand, 'status'],
    [registerCommand, 'status'],
    [clientsCommand, 'list'],
  ])('is the demo in the folder given, where no configuration is', async (command, action) => {
    const run = command.run([action, '--data-dir', directory]);
    await expect(run).rejects.toThrow(ConfigError);
    await expect(run).rejects.toThrow(join(directory, 'demo', 'postern.yaml'));
  });

  it('is told to be in use by a server that runs on the embedded store', async () => {
    writeFileSync(join(directory, 'postern.lock'), String(process.ppid));
    const config = { store: { kind: 'embedded', directory } } as Config;
    const opening = openDatabase(config, () => undefined);
    await expect(opening).rejects.toThrow(ConfigError);
    await expect(opening).rejects.toThrow(`is in use by the process ${process.ppid}: stop it first`);
    expect(readdirSync(directory)).toEqual(['postern.lock']);
  });
});
