import type { Rule } from '../rule.js';
import { indeterminate, pass } from '../verdict.js';

const expected = 'trusted lists that were fetched and whose signatures verified';

export const trustListsAvailable: Rule = {
  id: 'trust.lists-available',
  layer: 'trust',
  title: 'Trusted lists are at hand',
  clause: 'ETSI TS 119 615 v1.4.1, 4.1 and 4.2',
  refusal: 'TRUST_DATA_UNAVAILABLE',
  judge: ({ trust }) => {
    if (!trust.available)
      return indeterminate(trust.reason, expected, 'Try again later; nothing is wrong with your certificate.');
    const lists = trust.lists.map(({ territory, sequence }) => `${territory} ${sequence}`);
    return pass(`lists ${lists.join(', ') || 'none'}`, expected);
  },
};
