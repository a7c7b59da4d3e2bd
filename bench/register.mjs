// Imports a register file of the real size and shape (217 MB of JSON, 329,000 entities) and says how long that takes, how much
// memory stays, and how long a lookup takes. The file is made at run time and holds invented entities only.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Zip, ZipDeflate } from 'fflate';
import { findCandidates } from '../core/dist/register/match-organization.js';
import { loadRegister } from '../server/dist/register/load-register.js';
import { amount } from './amount.mjs';

/**
 * Counts of 2026-08-16.
 * @type {[type: string, count: number][]}
 */
const fullCounts = [
  ['PSD_AG', 322_314],
  ['PSD_EPI', 2_758],
  ['PSD_EXC', 1_659],
  ['PSD_PI', 1_011],
  ['PSD_EMI', 427],
  ['PSD_ENL', 336],
  ['PSD_BR', 244],
  ['PSD_AISP', 129],
  ['PSD_EEMI', 87],
];
const jsonBytes = amount(217_000_000, 700_000);
const counts = fullCounts.map(([type, count]) => /** @type {const} */ ([type, Math.ceil(count / amount(1, 1_000))]));
const limits = { importSeconds: 20, residentMegabytes: 250, lookupMilliseconds: 1 };

const { positionals } = parseArgs({
  options: { brief: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [role, file] = positionals;
async function run() {
  const directory = mkdtempSync(join(tmpdir(), 'bench-register-'));
  try {
    const zip = join(directory, 'register.zip');
    const made = await writeRegister(zip);
    const program = fileURLToPath(import.meta.url);
    const child = spawnSync(process.execPath, ['--expose-gc', program, 'import', zip], { encoding: 'utf8' });
    if (child.status !== 0) throw new Error(child.stderr);
    return report({ ...made, ...JSON.parse(child.stdout) });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** In a process of its own, whose memory is then the import's alone. */
async function measureImport(zip) {
  await loadRegister(smallRegister(), { sha256: '0'.repeat(64), publishedAt: new Date(0) });
  globalThis.gc();
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
  const [begin, cpu] = [performance.now(), process.cpuUsage()];
  const loaded = await loadRegister(zip, { sha256: '0'.repeat(64), publishedAt: new Date(0) });
  const importSeconds = (performance.now() - begin) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(watch);
  globalThis.gc();
  const after = process.memoryUsage.rss();
  return {
    importSeconds,
    cpuSeconds: (user + system) / 1e6,
    peakMegabytes: (peak - before) / 1e6,
    residentMegabytes: (after - before) / 1e6,
    lookupMilliseconds: measureLookup(loaded.index),
    institutions: loaded.index.institutions,
    entities: loaded.entities,
  };
}

function measureLookup(index) {
  const reference = { country: 'FR', authority: 'ACPR', number: '700000' };
  if (findCandidates(index, reference).length !== 1) throw new Error('the institution that is looked up is not found');
  const times = 100_000;
  const begin = performance.now();
  for (let count = 0; count < times; count += 1) findCandidates(index, reference);
  return (performance.now() - begin) / times;
}

function report(figures) {
  const rows = [
    ['file, JSON', `${(figures.jsonBytes / 1e6).toFixed(0)} MB`],
    ['file, ZIP', `${(figures.zipBytes / 1e6).toFixed(1)} MB`],
    ['entities', figures.entities],
    ['institutions', figures.institutions],
    [
      'import',
      `${figures.importSeconds.toFixed(1)} s, ${figures.cpuSeconds.toFixed(1)} s of processor (limit ${limits.importSeconds} s)`,
    ],
    ['resident after it', `${figures.residentMegabytes.toFixed(0)} MB above the start`],
    [
      'resident at most',
      `${figures.peakMegabytes.toFixed(0)} MB above the start (limit ${limits.residentMegabytes} MB)`,
    ],
    ['lookup', `${figures.lookupMilliseconds.toFixed(4)} ms (limit ${limits.lookupMilliseconds} ms)`],
  ];
  for (const [name, value] of rows) console.log(`${String(name).padEnd(20)}${value}`);
  const held =
    figures.importSeconds <= limits.importSeconds &&
    figures.peakMegabytes <= limits.residentMegabytes &&
    figures.lookupMilliseconds <= limits.lookupMilliseconds;
  console.log(held ? 'every limit held' : 'a limit was not held');
  return held ? 0 : 1;
}

/** Writes the ZIP as the EBA does, as a stream: JSON with its digest beside it. */
async function writeRegister(file) {
  const output = createWriteStream(file);
  const sizes = { jsonBytes: 0, zipBytes: 0 };
  const zip = new Zip((fault, chunk) => {
    if (fault) throw fault;
    sizes.zipBytes += chunk.length;
    output.write(chunk);
  });
  const json = new ZipDeflate('PSDMD.json', { level: 6 });
  zip.add(json);
  const hash = createHash('sha256');
  for (const text of renderEntities()) {
    const bytes = Buffer.from(text);
    sizes.jsonBytes += bytes.length;
    hash.update(bytes);
    json.push(bytes);
    if (output.writableNeedDrain) await once(output, 'drain');
  }
  json.push(new Uint8Array(0), true);
  const digest = new ZipDeflate('PSDMD.json.sha256');
  zip.add(digest);
  digest.push(Buffer.from(`${hash.digest('hex')}  PSDMD.json\n`), true);
  zip.end();
  output.end();
  await once(output, 'finish');
  return sizes;
}

function* renderEntities() {
  yield '[[{"__EBA_Disclaimer":{"note":"invented entities"}}],[';
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const size = Math.floor(jsonBytes / total);
  let number = 100_000;
  let first = true;
  for (const [type, count] of counts) {
    if (type === 'PSD_PI') number = 700_000;
    for (let at = 0; at < count; at += 1, number += 1) {
      yield (first ? '' : ',') + renderEntity(type, number, size);
      first = false;
    }
    if (type === 'PSD_PI') number += 1_000_000;
  }
  yield ']]';
}

function renderEntity(type, number, size) {
  const agent = ['PSD_AG', 'PSD_BR', 'PSD_EXC', 'PSD_ENL'].includes(type);
  /** @type {{ Properties: Record<string, string | string[]>[], [member: string]: unknown }} */
  const entity = {
    CA_OwnerID: 'FR_ACPR',
    EntityCode: `FR_ACPR!${number}${agent ? `!AGENT` : ''}`,
    EntityType: type,
    Properties: [
      { ENT_NAT_REF_COD: String(number) },
      { ENT_NAM: [`Établissement ${number} SAS`, `Etablissement ${number} SAS`] },
      { ENT_ADD: `${number % 200} rue de l'Exemple` },
      { ENT_TOW_CIT_RES: 'Paris' },
      { ENT_POS_COD: '75001' },
      { ENT_COU_RES: 'FR' },
      agent
        ? { DER_CHI_ENT_AUT: 'Active' }
        : { ENT_AUT: number % 3 === 0 ? ['2018-01-01', '2023-05-05'] : ['2019-03-01'] },
    ],
    ...(agent ? {} : { Services: countries.map((country) => ({ [country]: ['PS_070', 'PS_080', 'PS_060'] })) }),
    __EBA_EntityVersion: `20260814${String(number).padStart(9, '0')}`,
  };
  const text = JSON.stringify(entity);
  const missing = size - Buffer.byteLength(text) - 24;
  if (missing <= 0) return text;
  // Real entities carry addresses and names of their own: filled up with text that does not compress to nothing.
  const filling = createHash('sha512').update(String(number)).digest('base64');
  entity.Properties.push({ ENT_NAM_COM: filling.repeat(Math.ceil(missing / filling.length)).slice(0, missing) });
  return JSON.stringify(entity);
}

const countries = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(
  ' ',
);

function smallRegister() {
  const json = Buffer.from(`[[{}],[${renderEntity('PSD_PI', 1, 0)}]]`);
  const parts = [];
  const zip = new Zip((_fault, chunk) => parts.push(chunk));
  const files = {
    'a.json': json,
    'a.sha256': Buffer.from(createHash('sha256').update(json).digest('hex')),
  };
  for (const [name, bytes] of Object.entries(files)) {
    const entry = new ZipDeflate(name);
    zip.add(entry);
    entry.push(bytes, true);
  }
  zip.end();
  return Buffer.concat(parts);
}

if (role === 'import') console.log(JSON.stringify(await measureImport(readFileSync(file))));
else process.exitCode = await run();
