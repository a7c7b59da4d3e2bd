import { renderTime } from '../render-time.js';
import type { Rule } from '../rule.js';
import { notApplicable, pass, warn } from '../verdict.js';

const expected = 'published within the last seven days';
const sevenDays = 7 * 24 * 60 * 60 * 1000;

/** The register is published every night; an old file may still call active what has been withdrawn since. */
export const registerRecent: Rule = {
  id: 'register.recent',
  layer: 'register',
  title: 'The register is recent',
  clause: 'Delegated Regulation (EU) 2019/411, article 5',
  refusal: 'TRUST_DATA_UNAVAILABLE',
  judge: ({ register }, _policy, now) => {
    if (!register.available) return notApplicable('no register at hand');
    const found = `published ${renderTime(register.publishedAt)}`;
    if (now.getTime() - register.publishedAt.getTime() <= sevenDays) return pass(found, expected);
    return warn(found, expected, "Nothing on your side; the bank's operator is to look at it.");
  },
};
