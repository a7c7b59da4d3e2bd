// Lighthouse over every page of the portal of the demo, in both languages: one line a page. It prints and never fails on a score.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { findPortBase, killAll, startPostern, stop } from './processes.mjs';

const help = `Usage: LIGHTHOUSE=DIR node bench/audit-pages.mjs [options]

  --lighthouse DIR  the folder in which Lighthouse was installed (default: the variable LIGHTHOUSE)
  --lang LANG       fr or en; may be repeated (default: both)
  --page TEXT       only pages whose address holds TEXT
  --desktop         as on a desktop (default: as on a phone with a slow connection)
  --turns N         the middle one of N audits of each page, by performance (default 1)
  --findings        below each page, every audit that is not perfect
  --report DIR      keep the whole report of each page as JSON in DIR

Chromium is /usr/bin/chromium or what the variable CHROMIUM names. A page takes about ten seconds.
Performance is measured on this machine: what else runs on it costs points, which turns even out.
`;
const missing =
  'Lighthouse is not part of this project: install it in a folder of its own with ' +
  '`PUPPETEER_SKIP_DOWNLOAD=1 npm install --prefix DIR lighthouse@13`, and give that folder with --lighthouse DIR.\n';

const brand = 'demo-bank';
const categories = ['performance', 'accessibility', 'best-practices', 'seo'];
const mostPages = 200;
const overallSeconds = 3_600;
const { values: options } = parseArgs({
  options: {
    lighthouse: { type: 'string', default: process.env.LIGHTHOUSE },
    lang: { type: 'string', multiple: true, default: ['fr', 'en'] },
    page: { type: 'string', default: '' },
    desktop: { type: 'boolean', default: false },
    turns: { type: 'string', default: '1' },
    findings: { type: 'boolean', default: false },
    report: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (options.help) process.stdout.write(help);
else {
  const tools = await loadTools();
  if (tools === undefined) {
    process.stderr.write(missing);
    process.exitCode = 64;
  } else await auditInTime(tools);
}

async function loadTools() {
  if (options.lighthouse === undefined) return undefined;
  const { resolve: find } = createRequire(join(resolve(options.lighthouse), 'package.json'));
  try {
    const [{ default: lighthouse, desktopConfig }, { launch }] = await Promise.all(
      ['lighthouse', 'chrome-launcher'].map((name) => import(pathToFileURL(find(name)).href)),
    );
    return { lighthouse, desktopConfig, launch };
  } catch (cause) {
    if (/** @type {NodeJS.ErrnoException} */ (cause).code !== 'MODULE_NOT_FOUND') throw cause;
    return undefined;
  }
}

async function auditInTime(tools) {
  const directory = mkdtempSync(join(tmpdir(), 'postern-audit-'));
  const browser = await tools.launch({
    chromePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--ignore-certificate-errors'],
  });
  // Without browser and server nothing that is waited for comes any more, and the run fails; it cleans up behind itself.
  const stopEarly = () => {
    browser.kill();
    killAll();
  };
  const watch = setTimeout(stopEarly, overallSeconds * 1_000).unref();
  process.once('SIGINT', stopEarly).once('SIGTERM', stopEarly);
  try {
    await auditDemo(tools, { directory, port: browser.port });
  } finally {
    clearTimeout(watch);
    stopEarly();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function auditDemo(tools, { directory, port }) {
  const readyFile = join(directory, 'audit-ready.json');
  const parameters = ['--demo', '--data-dir', directory, '--port-base', `${await findPortBase()}`];
  const { server } = await startPostern(parameters, readyFile);
  const ready = JSON.parse(readFileSync(readyFile, 'utf8'));
  const pages = (await Promise.all(options.lang.map((lang) => listPages(ready, lang)))).flat();
  process.stdout.write(`${categories.map((category) => category.padStart(16)).join('')}\n`);
  for (const page of pages.filter((address) => address.includes(options.page))) await auditPage(tools, page, port);
  await stop(server);
}

/** What a reader can come to by links alone: the list of brands, and every page of a brand's portal in one language. */
async function listPages({ web, api, ca }, lang) {
  const agent = new Agent({ ca: readFileSync(ca, 'utf8'), keepAlive: true });
  const portals = [web, api].map((origin) => `${origin}/${brand}/${lang}/developers`);
  const isPortal = (address) => portals.some((portal) => address === portal || address.startsWith(`${portal}/`));
  const pages = new Set([`${web}/?lang=${lang}`, portals[0]]);
  for (const address of pages) {
    const text = await readPage(address, agent);
    if (text === undefined) pages.delete(address);
    for (const [, target] of (text ?? '').matchAll(/<a\b[^>]*?\shref="([^"#?]+)/g)) {
      const { href } = new URL(target, address);
      if (pages.size < mostPages && isPortal(href)) pages.add(href);
    }
  }
  agent.destroy();
  return [...pages];
}

/** The text of a page, also of one that asks for a certificate; nothing for what is no page. */
function readPage(address, agent) {
  return new Promise((done, fail) => {
    const sent = request(address, { agent, headers: { accept: 'text/html' } }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('error', fail);
      const isPage = String(answer.headers['content-type']).startsWith('text/html');
      answer.on('end', () => done(isPage ? Buffer.concat(chunks).toString() : undefined));
    });
    sent.on('error', fail);
    sent.end();
  });
}

async function auditPage(tools, address, port) {
  const turns = [await auditOnce(tools, address, port)];
  while (turns.length < Number(options.turns)) turns.push(await auditOnce(tools, address, port));
  const scoreOf = (lhr) => lhr.categories.performance?.score ?? -1;
  turns.sort((one, other) => scoreOf(one) - scoreOf(other));
  showPage(address, turns[Math.floor(turns.length / 2)]);
}

/** A load that the browser did not begin is tried once more. */
async function auditOnce({ lighthouse, desktopConfig }, address, port) {
  // A page that says what it needs, a certificate, is answered as a refusal, and is a page all the same.
  const flags = { port, onlyCategories: categories, logLevel: 'silent', ignoreStatusCode: true };
  const audit = async () => (await lighthouse(address, flags, options.desktop ? desktopConfig : undefined)).lhr;
  const lhr = await audit();
  return lhr.runtimeError === undefined ? lhr : audit();
}

function showPage(address, lhr) {
  const path = address.slice(new URL(address).origin.length);
  const scores = categories.map((category) => showScore(lhr.categories[category]?.score).padStart(16));
  process.stdout.write(`${scores.join('')}  ${path}${lhr.runtimeError ? `  ${lhr.runtimeError.code}` : ''}\n`);
  if (options.report !== undefined)
    writeFileSync(join(options.report, `${path.replaceAll(/[/?=]+/g, '-').slice(1)}.json`), JSON.stringify(lhr));
  if (!options.findings) return;
  for (const { id, score, title, displayValue } of Object.values(lhr.audits))
    if (score !== null && score < 1)
      process.stdout.write(`      ${showScore(score).padStart(4)} ${id}: ${title} ${displayValue ?? ''}\n`);
}

function showScore(score) {
  return typeof score === 'number' ? `${Math.round(score * 100)}` : '-';
}
