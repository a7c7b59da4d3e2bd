import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const markdown = join(tmpdir(), `postern-benchmarks-${process.pid}.md`);

interface Program {
  readonly parameters: readonly string[];
  readonly code?: number;
  readonly says: string | RegExp;
}

/** How each program of `bench/` runs briefly; fuzz-native.test.ts runs the one that is missing. */
const programs: Readonly<Record<string, Program>> = {
  'audit-pages.mjs': { parameters: [], code: 64, says: 'Lighthouse is not part of this project' },
  'fairness.mjs': { parameters: ['--brief', '--embedded', '--kind', 'handshakes'], says: 'handshakes' },
  'fuzz.mjs': { parameters: ['--cases', '10', '--limit', '1000'], says: 'certificate: ' },
  'register.mjs': { parameters: ['--brief'], says: 'every limit held' },
  'soak.mjs': { parameters: ['--minutes', '0.05', '--embedded'], says: 'at rest' },
};

/** How each script runs in a check; a text says where. */

const scripts: Readonly<Record<string, string>> = {
  'check.mjs': 'npm run check',
  'docs.mjs': 'npm run check',
  'house-rules.mjs': 'npm run check',
  'journey.mjs': 'readme.test.ts',
  'setup.mjs': 'before npm test and readme.test.ts',
  'summary-reporter.mjs': 'the reporter of this run',
};

function run(...parameters: readonly string[]): Promise<{ code: number; stdout: string; text: string }> {
  return new Promise((resolve) => {
    const options = { cwd: root, maxBuffer: 16 * 1024 * 1024, timeout: 170_000 };
    execFile(process.execPath, parameters, options, (cause, stdout, stderr) => {
      const code = cause === null ? 0 : typeof cause.code === 'number' ? cause.code : 1;
      resolve({ code, stdout, text: `${stdout}${stderr}` });
    });
  });
}

/** The files of a folder that no other one of them names: what is run by hand. */
function listPrograms(folder: string): readonly string[] {
  const files = readdirSync(join(root, folder)).filter((name) => name.endsWith('.mjs'));
  const texts = files.map((name) => [name, readFileSync(join(root, folder, name), 'utf8')] as const);
  const named = (file: string) => [`'./${file}'`, `('${file}')`];
  return files.filter((file) =>
    texts.every(([name, text]) => name === file || named(file).every((name) => !text.includes(name))),
  );
}

describe('npm run bench', { timeout: 180_000 }, () => {
  it('runs every chapter briefly, and writes a page of it', async () => {
    const { code, stdout, text } = await run('bench/run.mjs', '--brief', '--json', '--markdown', markdown);
    expect(code, text).toBe(0);
    const page = readFileSync(markdown, 'utf8');
    rmSync(markdown);
    const chapters = ['start', 'speed', 'registrations', 'decisions', 'portal', 'fairness', 'paths', 'inputs'];
    expect(Object.keys(JSON.parse(stdout))).toEqual(expect.arrayContaining(chapters));
    for (const title of [
      'Start, from',
      'Speed:',
      'Registrations:',
      'Decision about',
      'Portal and',
      'Certification paths',
      'Worst of',
    ])
      expect(page).toContain(title);
  });

  it('names the chapters that there are when one is asked for that is not', async () => {
    const answer = await run('bench/run.mjs', '--only', 'paths', '--only', 'nonsense');
    expect(answer).toMatchObject({ code: 64, stdout: '' });
    expect(answer.text).toMatch(/named nonsense\. There are start, .*decisions.*inputs/);
  });
});

describe('what is run by hand', { timeout: 180_000 }, () => {
  it('is all here', () => {
    expect([...Object.keys(programs), 'fuzz-native.mjs', 'run.mjs']).toEqual(
      expect.arrayContaining([...listPrograms('bench')]),
    );
    expect(listPrograms('scripts')).toEqual(Object.keys(scripts).toSorted());
  });

  it.each(Object.entries(programs))('bench/%s', async (file, { parameters, code = 0, says }) => {
    const answer = await run(join('bench', file), ...parameters);
    expect(answer, answer.text).toMatchObject({ code });
    expect(answer.text).toMatch(says);
  });
});
