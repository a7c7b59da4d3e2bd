// npm run bench: speed, start, memory and decisions of the server, certification paths and bad inputs, as ratios and against what
// was promised. It prints and never fails on a figure: how fast this machine is today is not the product's doing.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../server/dist/config.js';
import { findPostgresql, startPostgresql } from '../tests/material/start-postgresql.ts';
import { amount } from './amount.mjs';
import { writeBankConfiguration } from './bank-configuration.mjs';
import { measureInputs, measurePaths } from './measure-core.mjs';
import { foundParties, measureFairness } from './measure-fairness.mjs';
import { measurePortal } from './measure-portal.mjs';
import { measureRegistrations } from './measure-registrations.mjs';
import { measureDecisions, measureMemory, measureStart, readMemory } from './measure-server.mjs';
import { measureSpeed } from './measure-speed.mjs';
import { findPortBase, killAll, startPostern, startWorld, stop } from './processes.mjs';
import { foundRegistrants } from './registrants.mjs';
import { renderReport } from './render-report.mjs';
import { becomeThirdParty } from './third-party.mjs';
import { describeMachine, writeMarkdown } from './write-markdown.mjs';

const help = `Usage: npm run bench -- [options]

  --json              one JSON document on standard output
  --markdown FILE     the figures and what the machine is, as a page such as docs/benchmarks.md
  --brief             just enough that everything runs; the figures mean nothing
  --only NAME         start, speed, registrations, decisions, portal, fairness, paths or inputs; may be repeated (default: all)
  --turns N           turns of the speed measurement: bare limit, verifying limit, Postern (default 4)
  --connections N     kept-alive connections, one request under way on each (default 16)
  --embedded          the embedded store even where there is a PostgreSQL; memory is then not measured
  --profile DIR       write a CPU profile of the server under load (node --cpu-prof) into DIR

The import of a register of the real size: node bench/register.mjs. A hundred thousand bad inputs to each reader:
node bench/fuzz.mjs. Fairness alone, and kind by kind: node bench/fairness.mjs --help. An hour of mixed load, and what memory and
store do meanwhile: node bench/soak.mjs --help. Lighthouse over every page of the portal: node bench/audit-pages.mjs --help. The
real trusted lists, where they are at hand: npm run test:conformance.
`;

const registeringOrganizations = amount(8, 2);
const overallSeconds = 550;
const served = ['start', 'speed', 'registrations', 'decisions', 'portal', 'fairness'];
const chapters = [...served, 'paths', 'inputs'];
const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    markdown: { type: 'string' },
    brief: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: chapters },
    turns: { type: 'string', default: amount('4', '1') },
    connections: { type: 'string', default: amount('16', '2') },
    embedded: { type: 'boolean', default: false },
    profile: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const unknown = options.only.filter((chapter) => !chapters.includes(chapter));
if (options.help) process.stdout.write(help);
else if (unknown.length > 0) {
  process.stderr.write(`No chapter is named ${unknown.join(', ')}. There are ${chapters.join(', ')}.\n`);
  process.exitCode = 64;
} else await runInTime();

async function runInTime() {
  const report = { node: process.version };
  const machine = describeMachine();
  let stopped;
  // Everything that is waited for belongs to a process that ends here: the measurement fails, and cleans up behind itself.
  const stopEarly = (reason) => {
    stopped = reason;
    killAll();
  };
  const watch = setTimeout(() => stopEarly('The measurement took too long.'), overallSeconds * 1_000).unref();
  process.once('SIGINT', () => stopEarly('Interrupted.')).once('SIGTERM', () => stopEarly('Interrupted.'));
  try {
    await run(report);
  } catch (cause) {
    if (stopped === undefined) throw cause;
    say(`${stopped} What was measured until then:`);
    process.exitCode = 1;
  }
  clearTimeout(watch);
  if (options.markdown !== undefined && process.exitCode === undefined) {
    const command = ['npm run bench --', ...process.argv.slice(2)].join(' ');
    writeMarkdown(options.markdown, { machine, command, text: renderReport(report), now: new Date() });
  }
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : renderReport(report));
}

async function run(report) {
  if (served.some(asked)) await runServers(report);
  if (asked('paths')) report.paths = await measurePaths(say);
  if (asked('inputs')) report.inputs = measureInputs(say);
}

function asked(chapter) {
  return options.only.includes(chapter);
}

async function runServers(report) {
  const directory = mkdtempSync(join(tmpdir(), 'postern-bench-'));
  const postgresql = options.embedded || findPostgresql() === undefined ? undefined : await startPostgresql();
  report.store = postgresql === undefined ? 'embedded' : 'postgresql';
  try {
    await measureAll(report, { directory, postgresql, portBase: await findPortBase() });
  } finally {
    killAll();
    await postgresql?.stop();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function measureAll(report, { directory, postgresql, portBase }) {
  say('Making the demo trust world …');
  const { world, configuration } = await startWorld(directory, portBase);
  const place = { directory, configuration, portBase, readyFile: join(directory, 'bench-ready.json') };
  if (asked('start')) report.start = await measureStart(place, postgresql, say);
  if (served.some((chapter) => chapter !== 'start' && asked(chapter))) await measureServing(report, place, postgresql);
  await stop(world);
  if (asked('start')) report.start.demo = await measureDemoStart(place);
}

async function measureServing(report, place, postgresql) {
  const environment = postgresql === undefined ? {} : { DATABASE_URL: postgresql.socketUrl };
  const { server, ready } = await serve(place, place.configuration, environment);
  if (asked('speed') && postgresql !== undefined) report.memory = await measureMemory(ready, say);
  const party = await becomeThirdParty(ready);
  if (asked('decisions')) report.decisions = await measureDecisions(place, party, say);
  const registrants = asked('registrations') ? await foundRegistrants(ready, registeringOrganizations) : undefined;
  const sharing = asked('fairness') ? await foundParties(ready) : undefined;
  await stop(server);
  if (asked('speed')) await measureLoad(report, place, { environment, party });
  party.close();
  if (asked('portal')) await measureVisits(report, place, environment);
  if (sharing !== undefined) await measureSharing(report, place, { environment, parties: sharing });
  if (registrants !== undefined) await measureRegistering(report, place, { environment, registrants, postgresql });
}

/** The same store, served with the intervals of a bank: the demo asks its sources every second, to show a loss at once. */
async function measureLoad(report, place, { environment, party }) {
  const configuration = writeBankConfiguration(place.configuration);
  const profiled =
    options.profile === undefined ? {} : { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${options.profile}` };
  const { server, ready } = await serve(place, configuration, { ...environment, ...profiled });
  say('Measuring speed …');
  report.speed = await measureSpeed({ party, ready, tls: readTls(configuration), plan: readPlan() });
  if (report.memory !== undefined) report.memory.afterLoad = await readMemory(ready);
  await stop(server);
}

async function measureVisits(report, place, environment) {
  const configuration = writeBankConfiguration(place.configuration);
  const { server, ready } = await serve(place, configuration, { ...environment, ...profiling() });
  const ca = readFileSync(ready.ca, 'utf8');
  report.portal = await measurePortal({ ready, ca, tls: readTls(configuration), say });
  await stop(server);
}

async function measureSharing(report, place, { environment, parties }) {
  const { server, ready } = await serve(place, writeBankConfiguration(place.configuration), environment);
  report.fairness = await measureFairness({ ready, parties, say });
  await stop(server);
}

/** The bank's quotas are for third parties that run wild; here one asks as often as the machine can. */
async function measureRegistering(report, place, { environment, registrants, postgresql }) {
  const configuration = writeBankConfiguration(place.configuration);
  const { server, ready } = await serve(place, configuration, { ...environment, ...profiling() });
  const tls = readTls(configuration);
  report.registrations = await measureRegistrations({ registrants, ready, tls, postgresql, say });
  registrants.close();
  await stop(server);
}

function profiling() {
  return options.profile === undefined ? {} : { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${options.profile}` };
}

async function serve({ readyFile, portBase }, configuration, environment) {
  const { server } = await startPostern(['--config', configuration], readyFile, environment);
  const ready = JSON.parse(readFileSync(readyFile, 'utf8'));
  return { server, ready: { ...ready, trust: `http://localhost:${portBase + 5}` } };
}

async function measureDemoStart({ directory, portBase, readyFile }) {
  const parameters = ['--demo', '--data-dir', directory, '--port-base', `${portBase}`];
  const { server, seconds } = await startPostern(parameters, readyFile);
  await stop(server);
  return seconds;
}

function readTls(configuration) {
  const { key, certificate } = readConfig(configuration).listeners.api.tls;
  return { key: readFileSync(key.file, 'utf8'), certificate: readFileSync(certificate.file, 'utf8') };
}

function readPlan() {
  return {
    turns: Number(options.turns),
    connections: Number(options.connections),
    roundSeconds: amount(2, 0.2),
    warmUpSeconds: amount(0.5, 0),
    firstWarmUpSeconds: amount(12, 0.1),
    signedRequests: amount(1_000, 20),
  };
}

// Standard error, so that --json leaves nothing but JSON on standard output.
function say(text) {
  process.stderr.write(`${text}\n`);
}
