import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { portsFrom } from './ports.js';
import { writeConfiguration } from './write-configuration.js';

let directory = '';
let path = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'demo-configuration-'));
  path = join(directory, 'postern.yaml');
});

afterAll(() => rm(directory, { recursive: true }));

test('a new configuration has the ports and the addresses of the world', async () => {
  await writeConfiguration(path, { ports: portsFrom(undefined), worldUrl: 'http://localhost:8448' });
  expect(parse(await readFile(path, 'utf8'))).toMatchObject({
    listeners: {
      api: { host: 'localhost', port: 8443, publicUrl: 'https://localhost:8443' },
      web: { port: 8444, publicUrl: 'https://localhost:8444' },
      operator: { port: 8445, publicUrl: 'https://localhost:8445' },
      management: { host: '127.0.0.1', port: 9090 },
    },
    trust: {
      lotl: { url: 'http://localhost:8448/lotl.xml', signers: { file: 'scheme/lotl-signers.pem' }, approvals: 0 },
    },
    register: { metadataUrl: 'http://localhost:8448/register/api/filemetadata' },
    brands: [{ id: 'demo-bank' }, { id: 'second-bank' }],
  });
});

test('other ports leave everything else as its owner wrote it', async () => {
  const edited = (await readFile(path, 'utf8'))
    .replace('Banque Démo', 'Banque Modifiée')
    .replace('brands:', '# mine\nbrands:');
  await writeFile(path, edited);
  await writeConfiguration(path, { ports: portsFrom(20_000), worldUrl: 'http://localhost:20005' });
  const text = await readFile(path, 'utf8');
  expect(text).toContain('# mine');
  expect(parse(text)).toMatchObject({
    listeners: { api: { port: 20_000, publicUrl: 'https://localhost:20000' }, management: { port: 20_004 } },
    trust: { lotl: { url: 'http://localhost:20005/lotl.xml' } },
    brands: [{ name: { fr: 'Banque Modifiée' } }, {}],
  });
});

test('what is no configuration is left alone, with words', async () => {
  await writeFile(path, '[1, 2');
  const from = { ports: portsFrom(undefined), worldUrl: 'http://localhost:8448' };
  await expect(writeConfiguration(path, from)).rejects.toThrow(/not a configuration/);
  await writeFile(path, '');
  await expect(writeConfiguration(path, from)).rejects.toThrow(/not a configuration/);
});
