import { renderTime } from '../render-time.js';
import type { Rule } from '../rule.js';
import { indeterminate, pass } from '../verdict.js';

const expected = 'a verified file of the register';

export const registerAvailable: Rule = {
  id: 'register.available',
  layer: 'register',
  title: 'The register of authorised institutions is at hand',
  clause: 'Delegated Regulation (EU) 2019/411, article 13',
  refusal: 'TRUST_DATA_UNAVAILABLE',
  judge: ({ register }) => {
    if (register.available) return pass(`published ${renderTime(register.publishedAt)}`, expected);
    return indeterminate(register.reason, expected, 'Try again later; nothing is wrong with your certificate.');
  },
};
