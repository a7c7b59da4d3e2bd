import type { TestCertificatesTexts } from '../texts/test-certificates-texts.js';
import type { RequestProblem } from '../views/test-certificates-view.js';
import type { FieldProblem } from './error-summary.js';

/** What is wrong with a request for test certificates, in the words of the page, for the summary and beside each field. */
export function explainRequestProblems(
  problems: readonly RequestProblem[],
  texts: TestCertificatesTexts,
): readonly FieldProblem[] {
  return problems.map((problem) => ({ field: problem.field, message: explain(problem, texts) }));
}

function explain({ field, kind }: RequestProblem, texts: TestCertificatesTexts): string {
  if (field !== 'website_csr' && field !== 'seal_csr') return texts.fields[field];
  const text = texts.problems[kind === 'unfit' ? 'too-long' : kind];
  return text.replace('{which}', () => texts.csr[field]);
}
