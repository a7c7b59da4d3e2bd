// Feeds the parsers with what nobody should send: `node bench/fuzz.mjs [--cases 100000] [--seed N] [--only certificate] [--limit 50]`.
// Anything but a Refusal, and any case above the limit of CPU, ends with status 1 and is printed so that it can be repeated.
import { parseArgs } from 'node:util';
import { parseDer } from '../core/dist/asn1/der-reader.js';
import { nameKey } from '../core/dist/certificate/compare-names.js';
import { parseOrganizationIdentifier } from '../core/dist/certificate/organization-identifier.js';
import { parseCertificate } from '../core/dist/certificate/parse-certificate.js';
import { parseCertificateText } from '../core/dist/certificate/parse-certificate-text.js';
import { parseName } from '../core/dist/certificate/parse-name.js';
import { parseQcStatements } from '../core/dist/certificate/parse-qc-statements.js';
import { renderName } from '../core/dist/certificate/render-name.js';
import { ruleCatalogue } from '../core/dist/qualification/rule-catalogue.js';
import { Refusal } from '../core/dist/refusal/refusal.js';
import { judgeCrl } from '../core/dist/revocation/judge-crl.js';
import { judgeOcspResponse } from '../core/dist/revocation/judge-ocsp-response.js';
import { parseCrl } from '../core/dist/revocation/parse-crl.js';
import { parseOcspResponse } from '../core/dist/revocation/parse-ocsp-response.js';
import { judgePath } from '../core/dist/trust/judge-path.js';
import { keyTargets } from './fuzz-keys.mjs';
import { makeMaterial } from './fuzz-material.mjs';
import { mutateBytes, mutateText } from './fuzz-mutations.mjs';
import { createRandom } from './fuzz-random.mjs';
import { registerTargets } from './fuzz-register.mjs';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string' },
    only: { type: 'string' },
    limit: { type: 'string', default: '50' },
  },
});
const limitMilliseconds = Number(values.limit);
const slowMilliseconds = 5;
const seed = Number(values.seed ?? Date.now() % 0x7fffffff);
const now = new Date();
const material = await makeMaterial(now);
const subject = { certificate: parseCertificate(material.certificates[1]), issuer: material.issuer };
const times = { now, clockSkewSeconds: 0, statusMaxAgeSeconds: 3_600 };
const policy = { clockSkewSeconds: 0, staleListGraceSeconds: 0, statusMaxAgeSeconds: 3_600, hostCountry: 'FR' };

const targets = {
  certificate: [mutateBytes, material.certificates, readCertificate],
  'certificate text': [mutatePem, material.certificates, parseCertificateText],
  qcStatements: [mutateBytes, material.statements, parseQcStatements],
  'OCSP response': [mutateBytes, material.responses, readResponse],
  CRL: [mutateBytes, material.lists, readList],
  name: [mutateBytes, material.names, readName],
  organizationIdentifier: [mutateText, material.identifiers, parseOrganizationIdentifier],
  ...registerTargets,
  ...keyTargets,
};

const chosen = Object.entries(targets).filter(([name]) => values.only === undefined || values.only === name);
if (chosen.length === 0)
  throw new Error(`no reader is called ${values.only}; there are ${Object.keys(targets).join(', ')}`);
process.stdout.write(
  `seed ${seed}, ${chosen.length} readers, ${values.cases} cases each, limit ${limitMilliseconds} ms\n`,
);
let failures = 0;
for (const [name, [mutate, samples, read]] of chosen) failures += fuzz(name, { mutate, samples, read });
process.exit(failures === 0 ? 0 : 1);

function fuzz(name, { mutate, samples, read }) {
  const random = createRandom(seed);
  const count = { read: 0, refused: 0, failed: 0, slowest: 0 };
  const begin = performance.now();
  for (let index = 0; index < Number(values.cases) && count.failed < 5; index += 1) {
    const input = mutate(random, samples);
    const { outcome, milliseconds, error } = attempt(read, input);
    count[outcome] += 1;
    count.slowest = Math.max(count.slowest, milliseconds);
    if (outcome === 'failed' || milliseconds > limitMilliseconds) {
      if (outcome !== 'failed') count.failed += 1;
      process.stdout.write(
        `${name}, case ${index}: ${error ?? `${milliseconds.toFixed(1)} ms`}\n  ${printable(input)}\n`,
      );
    }
    if ((index + 1) % 50_000 === 0) process.stdout.write(`  ${name}: ${index + 1} cases\n`);
  }
  const seconds = ((performance.now() - begin) / 1_000).toFixed(1);
  process.stdout.write(
    `${name}: ${count.read} read, ${count.refused} refused, ${count.failed} failed; slowest ${count.slowest.toFixed(2)} ms; ${seconds} s\n`,
  );
  return count.failed;
}

/** A case that is slow is tried twice more: the machine may have been busy with something else. */
function attempt(read, input) {
  let result = attemptOnce(read, input);
  for (let again = 0; again < 2 && result.milliseconds > slowMilliseconds; again += 1) {
    const next = attemptOnce(read, input);
    result = next.milliseconds < result.milliseconds ? next : result;
  }
  return result;
}

function attemptOnce(read, input) {
  const before = process.threadCpuUsage();
  const spent = () => {
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1_000;
  };
  try {
    read(input);
    return { outcome: 'read', milliseconds: spent() };
  } catch (error) {
    const milliseconds = spent();
    return error instanceof Refusal ? { outcome: 'refused', milliseconds } : { outcome: 'failed', milliseconds, error };
  }
}

/** The parser, and what is judged of a certificate before any trust in it: its place on a path, and every rule on its profile. */
function readCertificate(bytes) {
  const certificate = parseCertificate(bytes);
  renderName(certificate.subject);
  judgePath([certificate, certificate, subject.issuer], now);
  /** @type {import('../core/dist/qualification/evidence.js').Evidence} */
  const evidence = {
    use: 'website',
    certificate,
    presented: [],
    path: { problem: 'no-issuer', detail: '' },
    trust: { available: false, reason: '' },
    revocation: [],
    register: { available: false, reason: '' },
  };
  for (const rule of ruleCatalogue) rule.judge(evidence, policy, now);
}

function readResponse(bytes) {
  judgeOcspResponse(bytes, subject, times);
  parseOcspResponse(bytes);
}

function readList(bytes) {
  judgeCrl(bytes, subject, times);
  parseCrl(bytes);
}

function readName(bytes) {
  const name = parseName(parseDer(bytes, 'name'));
  nameKey(name);
  renderName(name);
}

/** PEM of altered bytes, itself altered at times. */
function mutatePem(random, samples) {
  const blocks = Array.from({ length: 1 + random.below(3) }, () => {
    const base64 = Buffer.from(mutateBytes(random, samples)).toString('base64');
    return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
  });
  const text = blocks.join('');
  return random.below(3) === 0 ? mutateText(random, [text]).slice(0, 2_000_000) : text;
}

function printable(input) {
  return typeof input === 'string'
    ? JSON.stringify(input.slice(0, 2_000))
    : Buffer.from(input.subarray(0, 4_096)).toString('hex');
}
