// Everything that can be checked without running the product: types, walls, cycles, lint, unused code, documents in step.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { tellNewerNode } from './newer-node.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** @type {[title: string, parameters: string[]][]} */
const steps = [
  ['types of the product', ['node_modules/typescript-native/bin/tsc', '-b']],
  ['types of the tests', ['node_modules/typescript-native/bin/tsc', '-p', 'tsconfig.test.json']],
  ['types of scripts and bench', ['node_modules/typescript-native/bin/tsc', '-p', 'tsconfig.scripts.json']],
  ['lint and format', ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.']],
  [
    'expressions of linear cost',
    [
      'node_modules/eslint/bin/eslint.js',
      '--cache',
      '--cache-strategy=content',
      '--cache-location=node_modules/.cache/eslint/',
      '--max-warnings=0',
      '.',
    ],
  ],
  [
    'boundaries and cycles',
    [
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.mjs',
      'core/src',
      'web/src',
      'server/src',
      'tpp/src',
      'demo/src',
    ],
  ],
  ['unused code and dependencies', ['node_modules/knip/bin/knip.js']],
  ['documents in step with the code', ['scripts/docs.mjs', '--check']],
  ['house rules', ['scripts/house-rules.mjs']],
];

let failed = 0;
for (const [title, parameters] of steps) {
  const { status, stdout, stderr } = spawnSync(process.execPath, parameters, { cwd: root, encoding: 'utf8' });
  process.stdout.write(`${status === 0 ? '✓' : '✗'} ${title}\n`);
  if (status !== 0) {
    failed += 1;
    process.stdout.write(`${stdout}${stderr}\n`);
  }
}
process.stdout.write(`· ${tellNewerNode(root)}\n`);
process.stdout.write(`${steps.length - failed} passed, ${failed} failed, 0 skipped\n`);
process.exit(failed === 0 ? 0 : 1);
