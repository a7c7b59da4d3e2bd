import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parseCertificate } from '@postern/core/certificate/parse-certificate.js';
import { indexTrustServices } from '@postern/core/trust/trust-service-index.js';
import { expect, it } from 'vitest';
import { answerOcsp, createTestQtsp, issueQualified } from '../../../tests/material/issue-qualified-evidence.js';
import { goodInstitution, goodList, goodService, now, policy } from '../../../tests/material/qualification-evidence.js';
import { createJudge, type JudgeOptions } from './judge-certificate.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const qtsp = createTestQtsp();
const count = 300;

it('what three judges remember of a certificate is less than four times what reading it holds', async () => {
  const services = [{ ...goodService, certificates: [qtsp.certificate.der] }];
  const index = indexTrustServices(services);
  const lists = [{ ...goodList, territory: 'EU' }, goodList];
  const options: JudgeOptions = {
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
          answers: [{ source: 'ocsp', address: 'http://ocsp.example/', receivedAt: now, bytes }],
          version: 's1',
        };
      },
    },
    policy,
    clock: () => now,
  };
  const judges = [createJudge(options), createJudge(options), createJudge(options)];
  const leaves = Array.from({ length: count }, () => Buffer.from(issueQualified(qtsp).der));
  const judgeAll = async () => {
    for (const leaf of leaves)
      for (const judge of judges) await judge.judge([Buffer.from(leaf), Buffer.from(qtsp.certificate.der)], 'website');
  };
  const heapOf = async (work: () => unknown) => {
    collect();
    const before = process.memoryUsage().heapUsed;
    const held = await work();
    // What finalizers free is free in the next turn.
    await new Promise((resolve) => setImmediate(resolve));
    collect();
    const octets = (process.memoryUsage().heapUsed - before) / count;
    return { octets, held };
  };
  const parsed = await heapOf(() => leaves.map((leaf) => parseCertificate(leaf)));
  const judged = await heapOf(judgeAll);
  expect(parsed.held).toHaveLength(count);
  expect(judged.octets / parsed.octets).toBeLessThan(4);
}, 120_000);
