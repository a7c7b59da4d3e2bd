// Makes the documents that come from the code: errors, rules, configuration. With --check it only says whether they are in step.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ruleCatalogue } from '../core/dist/qualification/rule-catalogue.js';
import { refusalCatalog } from '../core/dist/refusal/refusal-catalog.js';
import { configSchema } from '../server/dist/config-schema.js';
import { refusalStatus } from '../server/dist/http/refusal-status.js';
import { renderConfigurationReference } from './render-configuration-reference.mjs';

const docs = fileURLToPath(new URL('../docs/', import.meta.url));
const check = process.argv.includes('--check');
const made = 'This page is made by `node scripts/docs.mjs` from the code; change it there.';

const pages = {
  'errors.md': renderErrors(),
  'rules.md': renderRules(),
  'configuration.md': `# Configuration\n\n${made}\n\n${renderConfigurationReference(configSchema)}`,
};

let stale = 0;
for (const [name, text] of Object.entries(pages)) {
  if (read(name) === text) continue;
  stale += 1;
  if (check) process.stdout.write(`docs/${name} is not in step with the code: run node scripts/docs.mjs\n`);
  else writeFileSync(`${docs}${name}`, text);
}
process.exit(check && stale > 0 ? 1 : 0);

function renderErrors() {
  const rows = Object.entries(refusalCatalog).map(([code, { meaning, remedy }]) => {
    const { status, oauth } = refusalStatus[code];
    return `| <a id="${code}"></a>\`${code}\` | ${status} | \`${oauth}\` | ${meaning} | ${remedy} |`;
  });
  return [
    '# Errors',
    '',
    made,
    '',
    'Every refusal carries `error_code` (stable, from this list), a text that names the field and the rule, and a `correlation_id` to quote.',
    'OAuth endpoints answer `{"error", "error_description", "error_code", …}`; the open-banking API answers the STET error body with the same `error_code`.',
    'Where a certificate was judged, `findings` holds what every rule found.',
    '',
    '| code | status | OAuth `error` | meaning | what to do |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function renderRules() {
  const rows = ruleCatalogue.map(
    ({ id, layer, title, clause, effective, refusal }) =>
      `| \`${id}\` | ${layer} | ${title} | ${clause}${effective === undefined ? '' : `, from ${effective}`} | \`${refusal}\` |`,
  );
  return [
    '# Rules of qualification',
    '',
    made,
    '',
    'All rules run on every certificate and every finding is kept. The first that fails, in this order, gives the refusal its code.',
    '',
    '| rule | layer | what must hold | clause | refusal |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function read(name) {
  try {
    return readFileSync(`${docs}${name}`, 'utf8');
  } catch {
    mkdirSync(docs, { recursive: true });
    return undefined;
  }
}
