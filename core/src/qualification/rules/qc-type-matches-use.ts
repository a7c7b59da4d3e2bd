import { oid } from '../../certificate/object-identifiers.js';
import type { IntendedUse } from '../evidence.js';
import { isSaidByLists } from '../reading/list-qualifiers-of.js';
import type { Rule } from '../rule.js';
import { fail, notApplicable, pass } from '../verdict.js';

/** A seal opens no TLS door (C9), a website certificate signs no request (C10), a person's certificate does neither (C11). */
export const qcTypeMatchesUse: Rule = {
  id: 'qc.type-matches-use',
  layer: 'profile',
  title: 'The type of certificate is the one for this use',
  clause: 'ETSI EN 319 412-5 v2.6.1, 4.2.3',
  refusal: 'CERTIFICATE_WRONG_TYPE',
  judge: (evidence, _policy, now) => {
    const { use } = evidence;
    const { qcStatements } = evidence.certificate;
    const expected = `QcType ${typeNames.get(typeForUse[use])}, and no other`;
    if (isSaidByLists(evidence, now, ({ type }) => type === use))
      return pass('the trusted list gives the type', expected);
    if (!qcStatements.identifiers.includes(oid.qcCompliance)) return notApplicable('not a qualified certificate');
    if (qcStatements.types.length === 0 && qcStatements.malformed !== undefined)
      return notApplicable('the qcStatements cannot be read');
    const found = `QcType ${qcStatements.types.map((type) => typeNames.get(type) ?? type).join(' and ') || 'missing'}`;
    if (qcStatements.types.length === 1 && qcStatements.types[0] === typeForUse[use]) return pass(found, expected);
    return fail(found, expected, 'Use a QWAC for TLS and a QSealC for signatures, never one for the other.');
  },
};

const typeForUse: Readonly<Record<IntendedUse, string>> = { website: oid.qcTypeWeb, seal: oid.qcTypeEseal };
const typeNames: ReadonlyMap<string, string> = new Map([
  [oid.qcTypeEsign, 'esign'],
  [oid.qcTypeEseal, 'eseal'],
  [oid.qcTypeWeb, 'web'],
]);
