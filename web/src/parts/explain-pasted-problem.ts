import type { ToolTexts } from '../texts/tool-texts.js';
import type { PastedProblem } from '../views/inspector-view.js';
import type { FieldProblem } from './error-summary.js';

/** Why nothing that was pasted into a field could be looked at, in the words of the page; nothing where there is no problem. */
export function explainPastedProblem(
  problem: PastedProblem | undefined,
  field: string,
  texts: ToolTexts,
): { readonly title: string; readonly list: readonly FieldProblem[] } {
  const list = problem === undefined ? [] : [{ field, message: explain(problem, texts) }];
  return { title: texts.problemTitle, list };
}

function explain(problem: PastedProblem, { problems }: ToolTexts): string {
  return problems[problem.kind].replace('{message}', () => (problem.kind === 'unreadable' ? problem.message : ''));
}
