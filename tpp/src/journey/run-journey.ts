import { readFile } from 'node:fs/promises';
import type { Environment } from '../bank/bank.js';
import type { Connection } from '../http/connection.js';
import type { Psu } from '../psu/answer-pages.js';
import { createWorld } from './create-world.js';
import { describeFailure } from './describe-failure.js';
import type { Facts } from './facts.js';
import { findJourneyUrls, type JourneyUrls } from './journey-urls.js';
import type { JourneyWorld } from './journey-world.js';
import { listSteps } from './list-steps.js';
import type { Step, StepReport } from './step.js';

/** Where the journey goes: to the server of a ready file, or to these addresses. */
export type JourneyPlace = { readonly readyFile: string } | { readonly urls: JourneyUrls };

export type JourneyOptions = JourneyPlace & JourneyManner;

export interface JourneyManner {
  readonly brand: string;
  readonly environment: Environment;
  readonly psu?: Psu;
  /** Called after each step, before the next one starts. */
  readonly onStep?: (step: StepReport) => Promise<void>;
}

export interface JourneyReport {
  readonly ok: boolean;
  readonly steps: readonly StepReport[];
}

/** Goes the whole way of a third party through the door of a running bank; the steps after one that fails are not run. */
export async function runJourney(options: JourneyOptions): Promise<JourneyReport> {
  const urls = 'urls' in options ? options.urls : await findJourneyUrls({ readyFile: options.readyFile });
  const ca = urls.ca === undefined ? undefined : await readFile(urls.ca, 'utf8');
  const connections = new Map<string, Connection>();
  try {
    return await runSteps(createWorld({ ...options, urls, ca }, connections), options.onStep ?? (async () => {}));
  } finally {
    for (const connection of connections.values()) connection.close();
  }
}

async function runSteps(world: JourneyWorld, onStep: (step: StepReport) => Promise<void>): Promise<JourneyReport> {
  const steps: StepReport[] = [];
  let facts: Facts = {};
  for (const step of listSteps(world.bank.environment)) {
    const stopped = steps.some(({ ok }) => !ok);
    const { report, found } = stopped ? { report: reportNotRun(step), found: {} } : await runStep(step, world, facts);
    facts = { ...facts, ...found };
    steps.push(report);
    await onStep(report);
  }
  return { ok: steps.every(({ ok }) => ok), steps };
}

async function runStep(
  step: Step,
  world: JourneyWorld,
  facts: Facts,
): Promise<{ report: StepReport; found: Partial<Facts> }> {
  const { id, title } = step;
  try {
    const { request, response, evidence, facts: found = {} } = await step.run(world, facts);
    return { report: { id, title, ok: true, state: 'held', request, response, evidence }, found };
  } catch (error) {
    const failure = describeFailure(error);
    return { report: { id, title, ok: false, state: 'failed', ...failure }, found: {} };
  }
}

function reportNotRun({ id, title }: Step): StepReport {
  return {
    id,
    title,
    ok: false,
    state: 'not run',
    request: '',
    response: '',
    evidence: ['not run: an earlier step failed'],
  };
}
