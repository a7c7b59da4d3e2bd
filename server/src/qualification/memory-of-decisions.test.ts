import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parseCertificate } from '@postern/core/certificate/parse-certificate.js';
import { indexTrustServices } from '@postern/core/trust/trust-service-index.js';
import { expect, it } from 'vitest';
import { answerOcsp, createTestQtsp, issueQualified } from '../../../tests/material/issue-qualified-evidence.js';
import {
  after,
  goodInstitution,
  goodList,
  goodService,
  now,
  policy,
} from '../../../tests/material/qualification-evidence.js';
import { createJudge, type JudgeOptions, type WarmJudge } from './judge-certificate.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const qtsp = createTestQtsp();
const count = 300;

const services = [{ ...goodService, certificates: [qtsp.certificate.der] }];
const index = indexTrustServices(services);
const lists = [{ ...goodList, territory: 'EU' }, goodList];

function optionsAt(clock: () => Date): JudgeOptions {
  return {
    trust: { current: () => ({ available: true, snapshot: { version: 't1', lists, services }, index }) },
    register: {
      version: () => 'r1',
      lookup: () => ({ available: true, version: 'r1', publishedAt: now, candidates: [goodInstitution] }),
    },
    revocation: {
      versionOf: () => 's1',
      statusOf: async ({ certificates: [certificate] }) => {
        const bytes = answerOcsp(qtsp, certificate as never, 'good');
        return {
          answers: [{ source: 'ocsp', address: 'http://ocsp.example/', receivedAt: clock(), bytes }],
          version: 's1',
        };
      },
    },
    policy,
    clock,
  };
}

async function judgeAll(judges: readonly WarmJudge[], leaves: readonly Uint8Array[]): Promise<void> {
  for (const leaf of leaves)
    for (const judge of judges) await judge.judge([Buffer.from(leaf), Buffer.from(qtsp.certificate.der)], 'website');
}

/** Octets of heap that work leaves behind for each of the certificates, and what it returned. */
async function heapOf<T>(work: () => T | Promise<T>): Promise<{ readonly octets: number; readonly held: T }> {
  collect();
  const before = process.memoryUsage().heapUsed;
  const held = await work();
  // What finalizers free is free in the next turn.
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  return { octets: (process.memoryUsage().heapUsed - before) / count, held };
}

it('what three judges remember of a certificate is less than four times what reading it holds', async () => {
  const options = optionsAt(() => now);
  const judges = [createJudge(options), createJudge(options), createJudge(options)];
  const leaves = Array.from({ length: count }, () => Buffer.from(issueQualified(qtsp).der));
  const parsed = await heapOf(() => leaves.map((leaf) => parseCertificate(leaf)));
  const judged = await heapOf(() => judgeAll(judges, leaves));
  expect(parsed.held).toHaveLength(count);
  expect(judged.octets / parsed.octets).toBeLessThan(4);
}, 120_000);

it('a decision that has ended is forgotten with the next one, whoever it was about', async () => {
  let time = now;
  const judge = createJudge(optionsAt(() => time));
  const leaves = Array.from({ length: count }, () => Buffer.from(issueQualified(qtsp).der));
  const remembered = await heapOf(() => judgeAll([judge], leaves));
  const forgotten = await heapOf(async () => {
    time = after(8 * 86_400);
    await judge.judge([issueQualified(qtsp).der, qtsp.certificate.der], 'website');
  });
  expect(forgotten.octets).toBeLessThan(-remembered.octets / 2);
}, 120_000);
