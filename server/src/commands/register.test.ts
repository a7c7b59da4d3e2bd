import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type EntityRecipe,
  fileMetadata,
  goldenCopy,
  goldenEntity,
  registerZip,
  sha256,
} from '../../../tests/material/golden-copy.js';
import { registerCommand } from './register.js';

let directory: string;
const path = (name: string) => join(directory, name);

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'register-command-'));
  const tls = { key: { file: 'x' }, certificate: { file: 'x' } };
  const listener = (port: number) => ({ port, publicUrl: `https://bank.example:${port}`, tls });
  const config = {
    installation: { name: 'Test' },
    listeners: { api: listener(1), web: listener(2), management: { port: 3 } },
    store: { kind: 'embedded', directory: 'store' },
    trust: { lotl: { url: 'https://lotl.example/', signers: { file: 'x' } } },
    register: { corrections: { file: 'corrections.json' } },
    cacheDirectory: 'cache',
    qualification: { hostCountry: 'BE' },
    tokens: { signingKeys: [{ file: 'x' }] },
    brands: [{ id: 'demo-bank', name: { fr: 'D', en: 'D' }, color: '#00558c' }],
  };
  await writeFile(path('postern.yaml'), JSON.stringify(config));
  await writeFile(path('corrections.json'), JSON.stringify({ entries: [] }));
});
afterEach(() => rm(directory, { recursive: true }));

async function run(...parameters: readonly string[]) {
  let text = '';
  const said = (chunk: unknown) => {
    text += String(chunk);
    return true;
  };
  const streams = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write').mockImplementation(said));
  try {
    const inside = parameters[0] === 'diff' ? [] : ['--config', path('postern.yaml')];
    return { code: await registerCommand.run([...parameters, ...inside]), text };
  } finally {
    for (const stream of streams) stream.mockRestore();
  }
}

async function writeRegister(name: string, entities: readonly EntityRecipe[]): Promise<readonly string[]> {
  const json = goldenCopy(entities.map(goldenEntity));
  const zip = registerZip(json);
  await writeFile(path(`${name}.json`), json);
  await writeFile(path(`${name}.zip`), zip);
  await writeFile(path(`${name}.metadata`), fileMetadata('https://eba.example', zip));
  return ['--metadata', path(`${name}.metadata`)];
}

const published = ['--published', new Date().toISOString()];

describe('postern register', () => {
  test('imports a ZIP with its metadata, or a JSON with its digest, and says what is in force', async () => {
    expect(await run('status')).toMatchObject({ code: 2, text: expect.stringContaining('no register is in force') });
    const metadata = await writeRegister('first', [{ number: '12345' }]);
    expect(await run('import', path('first.zip'), ...metadata)).toMatchObject({
      code: 0,
      text: expect.stringMatching(/^imported [0-9a-f]{64}\npublished 2026-08-16.*1 institutions/),
    });
    const json = goldenCopy([goldenEntity({ number: '777' })]);
    await writeFile(path('second.json'), json);
    expect(await run('import', path('second.json'), ...published)).toMatchObject({ code: 65 });
    await writeFile(path('second.json.sha256'), sha256(json));
    expect((await run('import', path('second.json'), ...published)).code).toBe(0);
    const status = await run('status', '--json');
    expect(status.code).toBe(0);
    expect(JSON.parse(status.text)).toMatchObject({
      entities: 1,
      institutions: 1,
      attention: [],
      corrections: { entries: 0 },
    });
    expect((await run('lookup', 'PSDFR-ACPR-777')).code).toBe(0);
  });

  test.each<[string, readonly string[], string]>([
    ['a digest that is not its own', ['--sha256', '0'.repeat(64), ...published], 'not the given one'],
    ['no digest', published, 'are not known'],
    ['no time', ['--sha256', '0'.repeat(64)], 'are not known'],
  ])('refuses a file with %s [U17]', async (_name, parameters, reason) => {
    await writeRegister('first', [{ number: '12345' }]);
    const { code, text } = await run('import', path('first.zip'), ...parameters);
    expect([code, text]).toEqual([65, expect.stringContaining(reason)]);
    expect((await run('status')).code).toBe(2);
  });

  test('keeps a shrunken file in quarantine until it is accepted', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => ({ number: String(10_000 + at) }));
    await run('import', path('many.zip'), ...(await writeRegister('many', many(200))));
    const few = await run('import', path('few.zip'), ...(await writeRegister('few', many(100))));
    expect(few).toMatchObject({ code: 65, text: expect.stringContaining('in quarantine as') });
    const version = /in quarantine as ([0-9a-f]{64})/.exec(few.text)?.[1] ?? '';
    expect(await run('status')).toMatchObject({ text: expect.stringContaining(`in quarantine: ${version}`) });
    await expect(run('accept', '0'.repeat(64))).rejects.toThrow('there is no version');
    expect(await run('accept', version)).toMatchObject({ code: 0, text: expect.stringContaining('100 entities') });
    expect((await run('status')).text).not.toContain('quarantine');
  });

  test('looks an organisation up as the rules would', async () => {
    const name = 'Evil \u001b[2J<b>Bank</b>\u202e';
    const entities = [
      { number: '12345', name },
      { number: '1', dates: ['2019-01-01', '2020-01-01'] },
    ];
    await run('import', path('first.zip'), ...(await writeRegister('first', entities)));
    const entry = {
      authority: 'FR_ACPR',
      number: '12345',
      services: { FR: ['PS_080'] },
      source: 'REGAFI',
      reason: 'letter',
    };
    await writeFile(path('corrections.json'), JSON.stringify({ entries: [entry] }));
    const { code, text } = await run('lookup', 'PSDFR-ACPR-12345');
    expect(code).toBe(0);
    expect(text).toContain('REGAFI says for FR: no PS_070');
    expect(text).toContain('roles at home PSP_AI, in BE none');
    expect(text).toContain('Evil \u{fffd}[2J<b>Bank</b>\u{fffd}');
    expect((await run('status')).text).toContain('! FR_ACPR 12345 restricted: REGAFI says for FR: no PS_070');
    expect((await run('lookup', 'PSDFR-ACPR-1')).code).toBe(1);
    expect(await run('lookup', 'PSDFR-ACPR-9')).toMatchObject({ code: 1, text: expect.stringContaining('no source') });
    await expect(run('lookup', 'ACPR')).rejects.toThrow('PSDFR-ACPR-12345');
  });

  test('tells what became of the institutions between two files', async () => {
    await writeRegister('old', [{ number: '1' }, { number: '2' }, { number: '3' }]);
    await writeRegister('new', [
      { number: '1', dates: ['2019-03-01', '2020-01-01'] },
      { number: '2', services: ['PS_080', 'PS_060'] },
      { number: '4' },
    ]);
    const { code, text } = await run('diff', path('old.zip'), path('new.json'));
    expect(code).toBe(1);
    expect(text.split('\n').map((line) => line.slice(0, 22))).toEqual([
      'added      FR_ACPR!4 (',
      'removed    FR_ACPR!3 (',
      'withdrawn  FR_ACPR!1 (',
      'services   FR_ACPR!2 (',
      '',
    ]);
    expect(text).toContain('+FR:PS_060 -FR:PS_070');
    expect(await run('diff', path('old.zip'), path('old.json'))).toEqual({ code: 0, text: 'no institution differs\n' });
  });
});
