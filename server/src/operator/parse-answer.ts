import type { AnswerProblem } from '@postern/web/views/console-view.js';

/** What somebody of the bank answered; `problem` where it cannot be taken like that. */
export interface ParsedAnswer<Answer extends string> {
  readonly answer: Answer | undefined;
  readonly reason: string | undefined;
  readonly problem: AnswerProblem | undefined;
}

const longestReason = 500;
/** No control characters, nothing that turns the direction of writing, nothing that cannot be seen. */
const plain = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Co}]*$/u;

/** Reads the two answers and the reason of a form. To refuse needs a reason; lines of it are run together. */
export function parseAnswer<Yes extends string>(
  form: (name: string) => string,
  yes: Yes,
): ParsedAnswer<Yes | 'refuse'> {
  const given = form('answer');
  const answer = given === yes ? yes : given === 'refuse' ? 'refuse' : undefined;
  const text = form('reason')
    .replaceAll(/\s*[\r\n]\s*/g, ' ')
    .trim();
  const reason = text === '' ? undefined : text;
  return { answer, reason, problem: problemOf(answer, text) };
}

function problemOf(answer: string | undefined, reason: string): AnswerProblem | undefined {
  if (reason.length > longestReason || !plain.test(reason)) return 'reason-unreadable';
  if (answer === undefined) return 'answer-missing';
  return answer === 'refuse' && reason === '' ? 'reason-missing' : undefined;
}
