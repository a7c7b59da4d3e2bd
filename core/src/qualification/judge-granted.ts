import type { ServicesVerdict, StatusInForce } from '../trust/service-status.js';
import { renderTime } from './render-time.js';
import type { Verdict } from './rule.js';
import { fail, notApplicable, pass } from './verdict.js';

/** Whether the services stood granted at one of the two times that count; their other troubles have their own rules. */
export function judgeGranted(verdict: ServicesVerdict | undefined, moment: 'at issuance' | 'now'): Verdict {
  const expected = `status granted ${moment}`;
  const remedy = 'Use a certificate of a QTSP whose service is granted on an EU trusted list.';
  switch (verdict?.standing) {
    case undefined:
      return notApplicable('no service of type CA/QC');
    case 'not-listed':
      return fail(`not listed ${moment}`, expected, remedy);
    case 'granted':
      return pass(describe(verdict.statuses), expected);
    case 'not-granted':
      return fail(describe(verdict.statuses), expected, remedy);
    default:
      return notApplicable('another rule says why no status counts');
  }
}

function describe(statuses: readonly StatusInForce[]): string {
  const texts = statuses.map(
    ({ status }) => `${status.status.split('/').at(-1)} since ${renderTime(status.startingAt)}`,
  );
  return [...new Set(texts)].join(', ');
}
