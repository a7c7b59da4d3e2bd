import { parseRefusalAnswer } from '../bank/bank-refusal.js';
import type { HttpAnswer } from '../http/http-answer.js';
import { describeExchange } from './describe-exchange.js';
import type { StepResult } from './step.js';
import { StepFailure } from './step-failure.js';

/** A refusal that must come: status, one of the stable codes, and for certificates the rule that failed. */
export interface ExpectedRefusal {
  readonly status: number;
  readonly codes: readonly string[];
  readonly rule?: string;
  /** A word that the text must contain, e.g. the name of the member at fault. */
  readonly naming?: string;
}

/** The result of a step that must be refused just so; throws StepFailure when it was not. */
export function expectRefusal(answer: HttpAnswer, expected: ExpectedRefusal): StepResult {
  const refusal = parseRefusalAnswer(answer);
  const wanted = `${expected.status} ${expected.codes.join(' or ')}`;
  if (answer.status !== expected.status || !expected.codes.includes(refusal.errorCode ?? '')) {
    throw new StepFailure(
      wanted,
      `${answer.status} ${refusal.errorCode ?? 'without error_code'}: ${refusal.text}`,
      answer,
    );
  }
  const failed = refusal.findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'indeterminate');
  if (expected.rule !== undefined && !failed.some(({ rule }) => rule === expected.rule)) {
    const named = failed.map(({ rule }) => rule).join(', ') || 'no failed rule';
    throw new StepFailure(`${wanted} by the rule ${expected.rule}`, `${named} in the findings`, answer);
  }
  if (expected.naming !== undefined && !refusal.text.includes(expected.naming)) {
    throw new StepFailure(`a text that names ${expected.naming}`, refusal.text, answer);
  }
  return {
    ...describeExchange(answer),
    evidence: [
      `${refusal.errorCode}: ${refusal.text}`,
      ...failed.map(({ rule, found, clause }) => `rule ${rule} failed: found ${found} (${clause})`),
      ...(refusal.correlationId === undefined ? [] : [`reference ${refusal.correlationId}`]),
    ],
  };
}
