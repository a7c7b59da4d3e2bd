import type { HttpAnswer } from '../http/http-answer.js';

/** A step did not hold: what was expected, what was found. */
export class StepFailure extends Error {
  readonly expected: string;
  readonly found: string;
  readonly answer: HttpAnswer | undefined;

  constructor(expected: string, found: string, answer?: HttpAnswer) {
    super(`expected ${expected}, found ${found}`);
    this.name = 'StepFailure';
    this.expected = expected;
    this.found = found;
    this.answer = answer;
  }
}
