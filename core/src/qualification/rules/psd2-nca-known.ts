import { competentAuthority } from '../../certificate/competent-authority.js';
import { readOrganizationIdentifier } from '../../certificate/organization-identifier.js';
import type { Evidence } from '../evidence.js';
import { statementOf } from '../reading/statement-of.js';
import { renderTime } from '../render-time.js';
import type { Rule } from '../rule.js';
import { indeterminate, notApplicable, pass, warn } from '../verdict.js';

const expected = 'an authority of the list of the EBA';

/**
 * A code that is on no list is for a person to look at: neither refused for good nor let in. The operator who has looked maps the
 * identifier. A former code is told while its certificates run out, and no longer believed in one that was issued after it ended.
 */
export const psd2NcaKnown: Rule = {
  id: 'psd2.nca-known',
  layer: 'profile',
  title: 'The competent authority is a known one',
  clause: 'ETSI TS 119 495 v1.8.1, 5.2.3 (GEN-5.2.3-2); EBA list of 2 February 2023',
  refusal: 'CERTIFICATE_INVALID',
  judge: (evidence, { testAuthority }) => {
    const codes = codesIn(evidence);
    if (testAuthority !== undefined && codes.length > 0 && codes.every((code) => code === testAuthority))
      return pass(`${testAuthority}: the test authority of this sandbox`, expected);
    if (codes.length === 0) return notApplicable('no code of a national authority that has its form');
    const found = codes.map((code) => describe(code, evidence.certificate.notBefore));
    const odd = found.filter(({ state }) => state !== 'listed');
    if (odd.length === 0) return pass(codes.join(', '), expected);
    const text = odd.map((code) => code.text).join('; ');
    if (odd.every(({ state }) => state === 'former'))
      return warn(text, expected, 'Ask your QTSP for the present code at renewal.');
    if (evidence.mappedIdentifier !== undefined)
      return warn(`${text}; mapped here to ${evidence.mappedIdentifier}`, expected, 'Ask your QTSP about the code.');
    return indeterminate(text, expected, 'Ask the bank: its operator has to look at the authority.');
  },
};

/** Those of the statement and of the organizationIdentifier; the form of each has its own rule. */
function codesIn(evidence: Evidence): readonly string[] {
  const ncaId = statementOf(evidence)?.ncaId;
  const identifier = readOrganizationIdentifier(evidence.certificate);
  const ofStatement = ncaId !== undefined && /^[A-Z]{2}-[A-Z]{2,8}$/.test(ncaId) ? [ncaId] : [];
  const ofOrganization = identifier.kind === 'psd' ? [`${identifier.country}-${identifier.authority}`] : [];
  return [...new Set([...ofStatement, ...ofOrganization])];
}

function describe(
  code: string,
  issued: Date,
): { readonly state: 'listed' | 'former' | 'unknown'; readonly text: string } {
  const authority = competentAuthority(code);
  if (authority.standing === 'listed') return { state: 'listed', text: code };
  if (authority.standing === 'unknown') {
    const why =
      remarks.get(code.slice(3)) ?? (code.startsWith('EU-') ? euRemark : 'on no list of competent authorities');
    return { state: 'unknown', text: `${code}: ${why}` };
  }
  const { until, successor } = authority;
  const ended = until === undefined ? 'never on the list, but in use' : `in use until ${renderTime(until)}`;
  const text = `${code}: ${ended}${successor === undefined ? '' : `; now ${successor}`}`;
  return { state: until !== undefined && issued >= until ? 'unknown' : 'former', text };
}

/** What is met in certificates and is no authority. */
const remarks: ReadonlyMap<string, string> = new Map([
  ['OB', 'the Open Banking directory, which is no competent authority'],
  ['FFA', 'an invented authority of a test system'],
]);
const euRemark = 'the European Union is no country with a competent authority';
