// The rules of CONTRIBUTING.md that no other tool checks: sizes, names, purity of core.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '--', '*.ts', '*.tsx', '*.mjs'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '');
const forbiddenName = /(^|[-/])(utils?|helpers?|common|shared|manager|misc)([-./]|$)/;
const impure =
  /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bfetch\(|\bprocess\.|\brandomBytes\b|\brandomUUID\b|\bsetTimeout\b/;
/** Makes an object of what a stranger sent, which has ended processes; only the fuzzer calls it, to prove that it sees that. */
const certificateObject = /getPeerCertificate\(/;
const mayMakeObjects = new Set(['bench/fuzz-native-child.mjs', 'scripts/house-rules.mjs']);
const problems = [];

for (const file of files) {
  const text = readFileSync(`${root}${file}`, 'utf8');
  const lines = text.split('\n');
  if (lines.length > 500) problems.push(`${file}: ${lines.length} lines, 500 is the limit`);
  if (forbiddenName.test(file)) problems.push(`${file}: the name says nothing; name it for the one idea it exports`);
  const isCore = file.startsWith('core/src/') && !file.endsWith('.test.ts');
  if (isCore) {
    lines.forEach((line, index) => {
      if (impure.test(line) && !/^\s*(\*|\/\/)/.test(line))
        problems.push(`${file}:${index + 1}: core takes time, randomness and the outside as arguments`);
    });
  }
  if (certificateObject.test(text) && !mayMakeObjects.has(file))
    problems.push(`${file}: read a peer's certificate by getPeerX509Certificate(), decision 31 says why`);
  if (/\b(it|test|describe)\.(only|skip|todo)\(/.test(text)) problems.push(`${file}: a test is switched off`);
}

const { engines } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const oldest = engines.node.replace('>=', '');
for (const [file, text] of [
  ['server/src/commands/prove-runtime.ts', `'${oldest}'`],
  ['server/bin/postern.mjs', `[${oldest.replaceAll('.', ', ')}]`],
]) {
  if (!readFileSync(`${root}${file}`, 'utf8').includes(text))
    problems.push(`${file}: package.json says Node ${oldest}`);
}

for (const problem of problems) process.stdout.write(`${problem}\n`);
process.exit(problems.length === 0 ? 0 : 1);
