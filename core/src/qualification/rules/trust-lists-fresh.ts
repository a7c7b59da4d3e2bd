import type { TrustedListStatus } from '../../trust/trust-service.js';
import { pathOf } from '../reading/path-of.js';
import { renderTime } from '../render-time.js';
import type { Rule } from '../rule.js';
import { indeterminate, notApplicable, pass, warn } from '../verdict.js';

const expected = 'lists within their NextUpdate';

/** Within the grace of the installation an old list still answers, with a warning; a closed list never does. */
export const trustListsFresh: Rule = {
  id: 'trust.lists-fresh',
  layer: 'trust',
  title: 'The trusted lists are up to date',
  clause: 'ETSI TS 119 612 v2.4.1, 5.3.15',
  refusal: 'TRUST_DATA_UNAVAILABLE',
  judge: (evidence, { staleListGraceSeconds }, now) => {
    const { trust } = evidence;
    if (!trust.available) return notApplicable('no trusted lists at hand');
    const missing = pathOf(evidence)?.services.find(
      (service) => !trust.lists.some(({ territory }) => territory === service.territory),
    );
    const remedy = 'Try again later; nothing is wrong with your certificate.';
    if (missing !== undefined)
      return indeterminate(`nothing known of the list of ${missing.territory}`, expected, remedy);
    const oldest = trust.lists.toSorted((a, b) => end(a) - end(b))[0];
    if (oldest === undefined) return indeterminate('no list', expected, remedy);
    const found = describe(oldest);
    if (end(oldest) >= now.getTime()) return pass(found, expected);
    if (end(oldest) + staleListGraceSeconds * 1000 >= now.getTime()) return warn(found, expected, remedy);
    return indeterminate(found, expected, remedy);
  },
};

function end({ nextUpdate }: TrustedListStatus): number {
  return nextUpdate?.getTime() ?? Number.NEGATIVE_INFINITY;
}

function describe({ territory, sequence, nextUpdate }: TrustedListStatus): string {
  const list = `list ${territory} ${sequence}`;
  return nextUpdate === undefined ? `${list} is closed` : `${list}, next update ${renderTime(nextUpdate)}`;
}
