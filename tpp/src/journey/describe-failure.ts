import { BankRefusal, parseRefusalAnswer } from '../bank/bank-refusal.js';
import { describeFault } from '../http/describe-fault.js';
import type { HttpAnswer } from '../http/http-answer.js';
import { describeExchange } from './describe-exchange.js';
import type { StepReport } from './step.js';
import { StepFailure } from './step-failure.js';

/** What a step that did not hold shows: the exchange if there was one, what was expected, what was found. */
export function describeFailure(error: unknown): Pick<StepReport, 'request' | 'response' | 'evidence'> {
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
