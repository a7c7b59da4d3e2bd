import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { amount } from './amount.mjs';
import { ask, startWorker, stop } from './processes.mjs';

const casesEach = amount(1_000, 10);

/** Microseconds of a certification path here and with pkijs, in a process of their own. */
export async function measurePaths(say) {
  say('Measuring certification paths …');
  const worker = startWorker('paths.mjs');
  const answer = await ask(worker, {});
  await stop(worker);
  return answer;
}

/** The slowest of some altered inputs to each reader, milliseconds. */
export function measureInputs(say) {
  say('Measuring the worst of bad inputs …');
  const program = fileURLToPath(new URL('fuzz.mjs', import.meta.url));
  const { stdout } = spawnSync(process.execPath, [program, '--cases', `${casesEach}`], { encoding: 'utf8' });
  const lines = [...stdout.matchAll(/^(.+): \d+ read, \d+ refused, (\d+) failed; slowest ([\d.]+) ms/gm)];
  if (lines.length === 0) throw new Error(`no figures of bad inputs: ${stdout}`);
  return {
    casesEach,
    slowest: Object.fromEntries(lines.map(([, name, , milliseconds]) => [name, Number(milliseconds)])),
    failed: lines.reduce((sum, [, , failed]) => sum + Number(failed), 0),
  };
}
