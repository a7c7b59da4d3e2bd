import { refusalCatalog } from '@postern/core/refusal/refusal-catalog.js';
import type { RefusalAnswer } from '../bank/bank-refusal.js';
import { renderFinding } from './render-finding.js';
import type { Paint } from './terminal.js';

/** A refusal of the bank on the terminal: what happened, why, what to do, the reference to quote. */
export function renderRefusal(refusal: RefusalAnswer, paint: Paint): readonly string[] {
  const code = refusal.errorCode ?? refusal.error ?? '';
  const remedy = Object.entries(refusalCatalog).find(([name]) => name === refusal.errorCode)?.[1].remedy;
  return [
    `${paint('bad', '✗')} ${paint('strong', `${refusal.status} ${code}`.trimEnd())}`,
    `  ${refusal.text}`,
    ...refusal.findings
      .filter(({ outcome }) => outcome !== 'pass' && outcome !== 'not-applicable')
      .flatMap((finding) => renderFinding(finding, paint).map((line) => `  ${line}`)),
    ...(remedy === undefined ? [] : [`  To do: ${remedy}`]),
    ...(refusal.correlationId === undefined ? [] : [paint('faint', `  Reference ${refusal.correlationId}`)]),
    ...(refusal.documentation === undefined ? [] : [paint('faint', `  ${refusal.documentation}`)]),
  ];
}
