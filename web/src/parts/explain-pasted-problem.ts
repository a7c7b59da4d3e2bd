import type { ToolTexts } from '../texts/tool-texts.js';
import type { PastedProblem } from '../views/inspector-view.js';
import { ErrorSummary } from './error-summary.js';

interface PastedProblemProps {
  readonly problem: PastedProblem;
  /** The field to mend. */
  readonly field: string;
  readonly texts: ToolTexts;
}

/** Why nothing that was pasted could be looked at, on top of the page. */
export function PastedProblemSummary({ problem, field, texts }: PastedProblemProps) {
  const message = problem.kind === 'unreadable' ? problem.message : '';
  return (
    <ErrorSummary
      title={texts.problemTitle}
      problems={[{ field, message: texts.problems[problem.kind].replace('{message}', () => message) }]}
    />
  );
}
