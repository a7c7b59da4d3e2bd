import { Agent, request } from 'node:https';
import { parseCertificateText } from '../core/dist/certificate/parse-certificate-text.js';
import { encodeOcspRequest } from '../core/dist/revocation/encode-ocsp-request.js';
import { buildCertificateRequest } from '../tpp/dist/keys/build-certificate-request.js';
import { generatePrivateKey } from '../tpp/dist/keys/generate-private-key.js';
import { amount } from './amount.mjs';
import { median } from './figures.mjs';
import { ask, startWorker, stop } from './processes.mjs';

const brand = 'demo-bank';
const readings = amount(10, 1);
const applications = amount(30, 1);
const load = amount(
  { connections: 16, turns: 3, roundSeconds: 2, warmUpSeconds: 0.5, firstWarmUpSeconds: 4 },
  { connections: 2, turns: 1, roundSeconds: 0.2, warmUpSeconds: 0, firstWarmUpSeconds: 0.1 },
);

/** What a developer waits for: pages, test certificates, and what OCSP costs beside a bare server. */
export async function measurePortal({ ready, ca, tls, say }) {
  const agent = new Agent({ ca, keepAlive: true, maxSockets: 1 });
  try {
    say('Reading the portal …');
    const pages = await measurePages(ready, agent);
    say('Asking for test certificates …');
    const { milliseconds, path } = await measureApplications(ready, agent);
    say('Asking for their status …');
    return {
      pages,
      certificates: { applications, p95: quantile(milliseconds, 0.95) },
      ocsp: await measureOcsp({ ready, path, tls, ca, agent }),
    };
  } finally {
    agent.destroy();
  }
}

/** Every page of a brand's portal in both languages, with its style sheet. */
async function measurePages({ web }, agent) {
  const first = { fr: `/${brand}/fr/developers`, en: `/${brand}/en/developers` };
  const targets = new Set();
  for (const home of Object.values(first)) {
    targets.add(home);
    const { body } = await fetchOnce(agent, `${web}${home}`);
    for (const [, target] of body.toString().matchAll(/href="([^"#?]+)"/g))
      if (target.startsWith(`${home}/`)) targets.add(target);
  }
  const heaviest = { octets: 0 };
  const waits = [];
  for (const target of targets) {
    for (let reading = 0; reading < readings; reading += 1) {
      const page = await fetchOnce(agent, `${web}${target}`, { headers: { 'accept-encoding': 'br, gzip' } });
      if (!String(page.type).startsWith('text/html')) break;
      if (page.status !== 200) throw new Error(`${target} answered ${page.status}`);
      waits.push(page.firstOctet);
      if (reading > 0) continue;
      const octets = page.octets + (await styleOctets(agent, web, target));
      if (octets > heaviest.octets) Object.assign(heaviest, { octets, target });
    }
  }
  return { count: waits.length / readings, p50: quantile(waits, 0.5), p95: quantile(waits, 0.95), heaviest };
}

async function styleOctets(agent, web, target) {
  const { body } = await fetchOnce(agent, `${web}${target}`);
  const sheets = [...body.toString().matchAll(/<link[^>]*rel="stylesheet"[^>]*href="([^"]+)"/g)].map(
    ([, href]) => href,
  );
  let octets = 0;
  for (const sheet of sheets)
    octets += (await fetchOnce(agent, new URL(sheet, web).href, { headers: { 'accept-encoding': 'br, gzip' } })).octets;
  return octets;
}

async function measureApplications({ api }, agent) {
  const milliseconds = [];
  let path;
  for (let count = 0; count < applications; count += 1) {
    const [website, seal] = [await csr('website'), await csr('seal')];
    const body = JSON.stringify({
      organization_name: `Firm ${count}`,
      contact: 'developer@firm.example',
      roles: ['PSP_AI'],
      website_csr: website,
      seal_csr: seal,
    });
    const begin = performance.now();
    const answer = await fetchOnce(agent, `${api}/sandbox/${brand}/certificates`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    if (answer.status !== 201) throw new Error(`the application was answered ${answer.status}: ${answer.body}`);
    milliseconds.push(performance.now() - begin);
    path = JSON.parse(answer.body).certificates[0].path;
  }
  return { milliseconds, path };
}

async function csr(commonName) {
  return buildCertificateRequest({ organizationName: 'Firm', commonName, country: 'FR' }, await generatePrivateKey());
}

async function measureOcsp({ ready, path, tls, ca, agent }) {
  const [certificate, issuer] = parseCertificateText(path);
  const question = Buffer.from(encodeOcspRequest({ certificate, issuer }));
  const address = new URL(`${ready.web}/sandbox/${brand}/ocsp`);
  const headers = { 'content-type': 'application/ocsp-request' };
  const answer = await fetchOnce(agent, address.href, { method: 'POST', headers, body: question });
  if (answer.status !== 200 || answer.body[0] !== 0x30 || answer.octets < 100)
    throw new Error(`OCSP answered ${answer.status}`);
  const bare = startWorker('limit-server.mjs');
  const worker = startWorker('load.mjs');
  try {
    const limit = { type: answer.type, body: 'x'.repeat(answer.octets), requestCert: false };
    const { port } = await ask(bare, { kind: 'listen', ...tls, ...limit });
    const head = `POST ${address.pathname} HTTP/1.1\r\nHost: ${address.host}\r\nContent-Type: application/ocsp-request\r\nContent-Length: ${question.length}\r\n\r\n`;
    await ask(worker, { kind: 'prepare', identities: [{ ca, requests: [head + question.toString('latin1')] }] });
    const ports = { bare: port, postern: Number(address.port) };
    const round = async (name, seconds, warmUpSeconds) => {
      await ask(worker, { kind: 'open', port: ports[name], connections: load.connections, warmUpSeconds });
      const { perSecond } = await ask(worker, { kind: 'run', seconds });
      await ask(worker, { kind: 'close' });
      return perSecond;
    };
    for (const name of Object.keys(ports)) await round(name, 0.1, load.firstWarmUpSeconds);
    const turns = [];
    for (let turn = 0; turn < load.turns; turn += 1) {
      const limitRate = await round('bare', load.roundSeconds, load.warmUpSeconds);
      const rate = await round('postern', load.roundSeconds, load.warmUpSeconds);
      turns.push({ rate, ratio: rate / limitRate });
    }
    return { perSecond: median(turns.map(({ rate }) => rate)), toBare: median(turns.map(({ ratio }) => ratio)) };
  } finally {
    for (const each of [worker, bare]) await stop(each);
  }
}

/** One request; octets as they came, before decompression, and the milliseconds to the first of the answer. */
function fetchOnce(agent, address, { method = 'GET', headers = {}, body = undefined } = {}) {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const sent = request(
      address,
      {
        agent,
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }) },
      },
      (answer) => {
        const firstOctet = performance.now() - begin;
        const chunks = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('end', () => {
          const all = Buffer.concat(chunks);
          resolve({
            status: answer.statusCode,
            type: answer.headers['content-type'],
            body: all,
            octets: all.length,
            firstOctet,
          });
        });
        answer.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

function quantile(values, share) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * share)];
}
