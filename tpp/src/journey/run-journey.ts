import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { Environment } from '../bank/bank.js';
import { BankRefusal, parseRefusalAnswer } from '../bank/bank-refusal.js';
import { type Connection, openConnection } from '../http/connection.js';
import { describeFault } from '../http/describe-fault.js';
import type { HttpAnswer } from '../http/http-answer.js';
import type { Psu } from '../psu/answer-pages.js';
import { describeExchange } from './describe-exchange.js';
import type { Facts } from './facts.js';
import { findJourneyUrls, type JourneyUrls } from './journey-urls.js';
import type { JourneyWorld } from './journey-world.js';
import type { Step, StepReport } from './step.js';
import { StepFailure } from './step-failure.js';
import { accountSteps } from './steps-accounts.js';
import { authorizationSteps } from './steps-authorization.js';
import { certificateSteps } from './steps-certificates.js';
import { refusalSteps, roleStep } from './steps-refusals.js';
import { registrationSteps } from './steps-registration.js';
import { withdrawalSteps } from './steps-withdrawal.js';

/** Every step of the journey, in its order. */
export function listSteps(environment: Environment): readonly Step[] {
  return [
    ...certificateSteps,
    ...registrationSteps,
    ...authorizationSteps,
    ...accountSteps,
    ...refusalSteps,
    roleStep(environment),
    ...withdrawalSteps,
  ];
}

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

function describeFailure(error: unknown): Pick<StepReport, 'request' | 'response' | 'evidence'> {
  if (error instanceof StepFailure) {
    return { ...describeMaybe(error.answer), evidence: [`expected ${error.expected}`, `found ${error.found}`] };
  }
  if (error instanceof BankRefusal) {
    const { refusal, answer } = error;
    const failed = refusal.findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'indeterminate');
    return {
      ...describeMaybe(answer),
      evidence: [
        'expected to be let through',
        `found ${error.message}`,
        ...failed.map(({ rule, found }) => `rule ${rule}: found ${found}`),
        ...referenceOf(answer),
      ],
    };
  }
  return { request: '', response: '', evidence: [`could not be done: ${describeFault(error)}`] };
}

function describeMaybe(answer: HttpAnswer | undefined) {
  return answer === undefined ? { request: '', response: '' } : describeExchange(answer);
}

function referenceOf(answer: HttpAnswer): readonly string[] {
  const { correlationId } = parseRefusalAnswer(answer);
  return correlationId === undefined ? [] : [`reference ${correlationId}`];
}

interface WorldPlan extends JourneyManner {
  readonly urls: JourneyUrls;
  /** PEM. */
  readonly ca: string | undefined;
}

function createWorld(plan: WorldPlan, connections: Map<string, Connection>): JourneyWorld {
  const { urls, ca, brand, environment, psu = { user: 'camille' } } = plan;
  const connect: JourneyWorld['connect'] = (credentials = {}) => {
    // One connection per identity, kept alive from step to step as a third party's own would be.
    const identity = `${credentials.certificate ?? ''}\n${credentials.key ?? ''}`;
    const open = connections.get(identity) ?? openConnection({ ...credentials, ...(ca === undefined ? {} : { ca }) });
    connections.set(identity, open);
    return open;
  };
  return {
    bank: { apiUrl: urls.api, brand, environment, apiVersion: 'v1' },
    qtspUrl: urls.trust,
    webUrl: urls.web,
    psu,
    clock: () => new Date(),
    connect,
    pause: () => setTimeout(500),
  };
}
