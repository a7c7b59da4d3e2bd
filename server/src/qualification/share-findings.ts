import type { Finding } from '@postern/core/qualification/finding.js';
import { createRecentMap } from '../recent-map.js';

const mostKept = 4_000;
const known = createRecentMap<Finding>(mostKept);

/** The same findings, each as the object in which it was found before: most rules say the same of every good certificate. */
export function shareFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.map((finding) => {
    const { rule, outcome, found, expected, remedy } = finding;
    const key = [rule, outcome, found, expected, remedy].join('\n');
    const before = known.get(key);
    if (before !== undefined) return before;
    known.set(key, finding);
    return finding;
  });
}
