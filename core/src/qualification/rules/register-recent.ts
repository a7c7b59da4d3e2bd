import { renderTime } from '../render-time.js';
import type { Rule } from '../rule.js';
import { indeterminate, notApplicable, pass, warn } from '../verdict.js';

const day = 24 * 60 * 60;
const sevenDays = 7 * day;

/** The register is published every night; an old file may still call active what has been withdrawn since. */
export const registerRecent: Rule = {
  id: 'register.recent',
  layer: 'register',
  title: 'The register is recent',
  clause: 'Delegated Regulation (EU) 2019/411, article 5',
  refusal: 'TRUST_DATA_UNAVAILABLE',
  judge: ({ register }, { registerWarnAgeSeconds = sevenDays, registerMaxAgeSeconds }, now) => {
    if (!register.available) return notApplicable('no register at hand');
    const ageSeconds = (now.getTime() - register.publishedAt.getTime()) / 1000;
    const found = `published ${renderTime(register.publishedAt)}`;
    const expected = `published within the last ${renderAge(registerWarnAgeSeconds)}`;
    const remedy = "Nothing on your side; the bank's operator is to look at it.";
    if (registerMaxAgeSeconds !== undefined && ageSeconds > registerMaxAgeSeconds)
      return indeterminate(found, `published within the last ${renderAge(registerMaxAgeSeconds)}`, remedy);
    return ageSeconds <= registerWarnAgeSeconds ? pass(found, expected) : warn(found, expected, remedy);
  },
};

function renderAge(seconds: number): string {
  return seconds % day === 0 && seconds > day ? `${seconds / day} days` : `${Math.round(seconds / 3600)} hours`;
}
