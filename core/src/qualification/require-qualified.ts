import { Refusal } from '../refusal/refusal.js';
import type { Finding } from './finding.js';
import type { Qualification } from './qualification.js';

/**
 * Passes a qualified one on; throws the Refusal of the first rule that did not hold, with all findings.
 * `decision` is the key under which the qualification is recorded.
 */
export function requireQualified(
  qualification: Qualification,
  decision?: string,
): Extract<Qualification, { outcome: 'qualified' }> {
  if (qualification.outcome === 'qualified') return qualification;
  const { code, findings } = qualification;
  const wanted = qualification.outcome === 'not-qualified' ? 'fail' : 'indeterminate';
  const open = findings.filter(({ outcome }) => outcome === wanted);
  const [first] = open;
  throw new Refusal(code, first === undefined ? 'The certificate is not qualified.' : describe(first), {
    findings,
    problems: open.map(describe),
    ...(decision === undefined ? {} : { decision }),
  });
}

function describe({ rule, title, outcome, found, expected }: Finding): string {
  const begin = outcome === 'fail' ? `Rule ${rule} failed` : `Rule ${rule} could not be decided`;
  return `${begin} (${title}): found ${found}; expected ${expected}.`;
}
