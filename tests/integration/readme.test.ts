import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findPortBase } from '../material/find-port-base.js';
import { readCommands } from '../material/read-commands.js';
import { type Copy, copyRepository } from '../material/start-as-typed.js';

/** What a command of README.md is typed as, if not as it stands there, and how it ends. */
interface Typed {
  readonly commands?: readonly string[];
  readonly code?: number;
  readonly says: string | RegExp;
}

const configuration = '.postern/demo/postern.yaml';

/** In the order in which they are typed; a text says why a command is not. */
const whileServing: Readonly<Record<string, Typed | string>> = {
  'npm start': 'it is what serves here',
  'npm test': 'it runs this',
  'npm run check': 'the check of a change runs it',
  'npm run test:browser': 'the check of a change runs it',
  'npm run test:conformance': 'the check of a change runs it',
  'npm run bench': 'bench.test.ts runs it',
  'node bench/fairness.mjs': 'bench.test.ts runs it',
  'node bench/audit-pages.mjs': 'bench.test.ts runs it; Lighthouse is no part of this project',
  'docs/examples/sandbox-with-curl.sh': 'client-command.test.ts runs it',
  'npx postern serve --config FILE': 'it is what `npm start` runs, with a file of the bank',
  'npm run journey': { says: /\b(\d+) of \1 steps held/ },
  'npx tpp keygen --kind qwac': { says: 'qwac' },
  'npx tpp keygen --kind qsealc': { says: 'qsealc' },
  'npx tpp certificate request --sandbox --organization-name "My Firm SAS" --contact me@firm.example --country FR --base-url https://localhost:8443 --brand demo-bank --ca .postern/demo/tls/ca.pem':
    { says: 'Wrote' },
  'npx tpp register --client-name "My application" --redirect-uri https://firm.example/callback --scope aisp': {
    says: /client/i,
  },
  'npx tpp certificate kit': { says: /refus/i },
  'npx demo issue --kind qwac --organization-identifier PSDFR-ACPR-12345 --roles PSP_AI,PSP_PI --defect flat-roles --out my-qwac':
    { says: 'my-qwac' },
  'npx postern qualify my-qwac/path.pem': { code: 1, says: /fail\s+psd2|Not qualified: CERTIFICATE_INVALID/ },
  'npx postern qualify': { commands: ['npx postern qualify --help'], says: 'Usage' },
  'npx postern check-config': { commands: [`npx postern check-config --config ${configuration}`], says: /\w/ },
  'npx postern trust …': { commands: ['npx postern trust status'], says: 'FR' },
  'npx postern register …': { commands: ['npx postern register status'], says: /institutions/i },
  'npx tpp …': { commands: ['npx tpp --help'], says: 'Usage' },
  'npx demo …': { commands: ['npx demo --help'], says: 'explains a command' },
  'node server/bin/postern.mjs': {
    commands: ['node --max-semi-space-size=8 server/bin/postern.mjs --help'],
    says: 'Usage',
  },
};

/** Those open the embedded store, of which there is one user at a time. */
const afterwards: Readonly<Record<string, Typed>> = {
  'npx postern migrate': { commands: [`npx postern migrate --config ${configuration}`], says: /\w/ },
  'npx postern clients …': { commands: ['npx postern clients list'], says: 'No registration is suspended' },
  'npx postern names …': { commands: ['npx postern names list'], says: /\w/ },
  'npx postern feedback …': { commands: ['npx postern feedback list'], says: /\w/ },
  'npx postern sandbox …': { commands: ['npx postern sandbox list'], says: /\w/ },
};

let copy: Copy;
let portBase: number;
beforeAll(async () => {
  copy = copyRepository();
  portBase = await findPortBase();
  await copy.start(`npm start -- --port-base ${portBase}`, '.postern/ready.json');
});
afterAll(() => copy?.remove());

const typed = (plans: typeof whileServing) =>
  Object.entries(plans).flatMap(([command, plan]) => (typeof plan === 'string' ? [] : [[command, plan] as const]));

async function expectToHold(command: string, { commands = [command], code = 0, says }: Typed): Promise<void> {
  for (const each of commands) {
    const answer = await copy.type(each.replace('https://localhost:8443', `https://localhost:${portBase}`));
    expect(answer, answer.text).toMatchObject({ code });
    expect(answer.text).toMatch(says);
  }
}

it('knows every command of README.md', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  expect(readCommands(readme).toSorted()).toEqual(Object.keys({ ...whileServing, ...afterwards }).toSorted());
});

it.each(typed(whileServing))('%s', expectToHold);

it.each(typed(afterwards))('%s, once the demo has stopped', async (command, plan) => {
  await copy.interrupt();
  await expectToHold(command, plan);
});
