import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { runJourney } from '../tpp/dist/journey/run-journey.js';
import { amount } from './amount.mjs';
import { median } from './figures.mjs';
import { readFigure } from './measure-speed.mjs';
import { ask, startPostern, startWorker, stop } from './processes.mjs';

const starts = amount(2, 1);

/** Seconds from the start of the process to its ready file, of starts after the one that creates the store. */
export async function measureStart(place, postgresql, say) {
  say('Measuring the start …');
  return {
    embedded: await measureStarts(place, {}),
    ...(postgresql === undefined
      ? {}
      : { postgresql: await measureStarts(place, { DATABASE_URL: postgresql.socketUrl }) }),
  };
}

async function measureStarts({ configuration, readyFile }, environment) {
  const seconds = [];
  for (let count = 0; count <= starts; count += 1) {
    const start = await startPostern(['--config', configuration], readyFile, environment);
    await stop(start.server);
    seconds.push(start.seconds);
  }
  const [first, ...further] = seconds;
  return { first, median: median(further), lowest: Math.min(...further), highest: Math.max(...further) };
}

/** Resident megabytes of a server just started and after the whole journey. */
export async function measureMemory(ready, say) {
  const atStart = await readMemory(ready);
  say('Going on the journey …');
  const { ok, steps } = await runJourney({ urls: ready, brand: 'demo-bank', environment: 'production' });
  if (!ok) throw new Error(`the journey failed at ${steps.find((step) => !step.ok)?.title}`);
  return { atStart, afterJourney: await readMemory(ready) };
}

/** Resident megabytes of a server that has rested for two seconds. */
export async function readMemory(ready) {
  await pause(amount(2_000, 100));
  return (await readFigure(ready, 'process_resident_memory_bytes')) / 1e6;
}

/** Microseconds of a decision about the party's QWAC. */
export async function measureDecisions({ directory, configuration }, { presented }, say) {
  say('Measuring decisions …');
  const worker = startWorker('judge.mjs');
  const answer = await ask(worker, {
    configuration,
    cacheDirectory: join(directory, 'bench-cache'),
    presented: presented.map((der) => der.toString('base64')),
  });
  await stop(worker);
  return answer;
}
