// Times decisions about one certificate by the server's own judge, over its own trust data, register and OCSP answers.
import { openJudgement } from '../server/dist/commands/open-judgement.js';
import { readTrustOptions } from '../server/dist/commands/trust-options.js';
import { readConfig } from '../server/dist/config.js';
import { amount } from './amount.mjs';
import { median } from './figures.mjs';

process.on('disconnect', () => process.exit());

process.on('message', async (/** @type {any} */ { configuration, cacheDirectory, presented }) => {
  try {
    process.send(await measure({ ...readConfig(configuration), cacheDirectory }, presented));
  } catch (cause) {
    process.send({ error: String(cause) });
  }
});

/** @param {import('../server/dist/config.js').Config} config  @param {string[]} texts */
async function measure(config, texts) {
  const presented = texts.map((text) => Buffer.from(text, 'base64'));
  const judgement = await openJudgement(config, {
    trustOptions: readTrustOptions(config),
    clock: () => new Date(),
    onDecision: () => undefined,
  });
  const { judge } = judgement;
  try {
    const first = await time(1, () => judge.explain(presented, 'website'));
    const { qualification } = await judge.judge(presented, 'website');
    if (qualification.outcome !== 'qualified') throw new Error('the certificate is not qualified');
    return {
      firstMicroseconds: first,
      coldMicroseconds: await time(amount(300, 2), () => judge.explain(presented, 'website')),
      warmMicroseconds: await time(amount(100_000, 100), () => judge.judge(presented, 'website')),
      warmBytes: await weigh(() => judge.judge(presented, 'website')),
    };
  } finally {
    judgement.stop();
  }
}

/** Microseconds for each of `times` in the second half of twice as many. */
async function time(times, work) {
  for (let count = 0; count < times && times > 1; count += 1) await work();
  const begin = performance.now();
  for (let count = 0; count < times; count += 1) await work();
  return ((performance.now() - begin) * 1_000) / times;
}

/** Bytes of the heap that each of a thousand takes; the middle of many, for a collection may fall into one of them. */
async function weigh(work) {
  const bytes = [];
  for (let batch = 0; batch < amount(41, 3); batch += 1) {
    const begin = process.memoryUsage().heapUsed;
    for (let count = 0; count < 1_000; count += 1) await work();
    bytes.push((process.memoryUsage().heapUsed - begin) / 1_000);
  }
  return median(bytes);
}
