import type { SuspensionProblem } from '@postern/web/views/client-standing-view.js';
import { parseReason } from './parse-reason.js';

/** What somebody of the bank decided on a registration; `problem` where it cannot be taken like that. */
export interface ParsedSuspension {
  readonly state: 'suspended' | 'restored';
  readonly reason: string | undefined;
  readonly problem: SuspensionProblem | undefined;
}

const longestReason = 300;

/** Reads the answer and the reason of a form; undefined for an answer that no page offers. To suspend needs a reason. */
export function parseSuspension(form: (name: string) => string): ParsedSuspension | undefined {
  const state = stateOf(form('answer'));
  if (state === undefined) return undefined;
  const { reason, isReadable } = parseReason(form('reason'), longestReason);
  const isMissing = state === 'suspended' && reason === undefined;
  return { state, reason, problem: isReadable ? (isMissing ? 'reason-missing' : undefined) : 'reason-unreadable' };
}

function stateOf(answer: string): ParsedSuspension['state'] | undefined {
  switch (answer) {
    case 'suspend':
      return 'suspended';
    case 'restore':
      return 'restored';
    default:
      return undefined;
  }
}
