import { oid } from '../../certificate/object-identifiers.js';
import type { PathProblem } from '../../trust/certification-path.js';
import { pathFailureOf, pathOf } from '../reading/path-of.js';
import type { Rule } from '../rule.js';
import { fail, notApplicable, pass } from '../verdict.js';

const expected = 'issuers that are CAs, within their constraints, with extensions that are all understood';

/** What RFC 5280 asks of each certificate on the way to the anchor, beyond its signature (C44 to C49, C55). */
export const pathWellBuilt: Rule = {
  id: 'path.well-built',
  layer: 'path',
  title: 'Every certificate on the path may stand where it stands',
  clause: 'RFC 5280, 6.1',
  refusal: 'CERTIFICATE_INVALID',
  judge: (evidence) => {
    if (pathOf(evidence) !== undefined) return pass('the path holds', expected);
    const failure = pathFailureOf(evidence);
    if (failure === undefined || namedElsewhere.has(failure.problem)) return notApplicable('no path to judge');
    const { extensions } = evidence.certificate;
    if (failure.problem === 'critical-extension' && extensions.some((extension) => extension.oid === oid.ctPoison)) {
      return notApplicable('a precertificate has a rule of its own');
    }
    return fail(failure.detail, expected, 'Send the path your QTSP delivered; if you did, ask it for a corrected one.');
  },
};

const namedElsewhere: ReadonlySet<PathProblem> = new Set(['no-issuer', 'signature', 'weak-algorithm']);
