import type { AnswerProblem } from '@postern/web/views/console-view.js';
import { parseReason } from './parse-reason.js';

/** What somebody of the bank answered; `problem` where it cannot be taken like that. */
export interface ParsedAnswer<Answer extends string> {
  readonly answer: Answer | undefined;
  readonly reason: string | undefined;
  readonly problem: AnswerProblem | undefined;
}

const longestReason = 500;

/** Reads the two answers and the reason of a form. To refuse needs a reason; lines of it are run together. */
export function parseAnswer<Yes extends string>(
  form: (name: string) => string,
  yes: Yes,
): ParsedAnswer<Yes | 'refuse'> {
  const given = form('answer');
  const answer = given === yes ? yes : given === 'refuse' ? 'refuse' : undefined;
  const { reason, isReadable } = parseReason(form('reason'), longestReason);
  return { answer, reason, problem: isReadable ? problemOf(answer, reason) : 'reason-unreadable' };
}

function problemOf(answer: string | undefined, reason: string | undefined): AnswerProblem | undefined {
  if (answer === undefined) return 'answer-missing';
  return answer === 'refuse' && reason === undefined ? 'reason-missing' : undefined;
}
