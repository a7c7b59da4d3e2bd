import { oid } from '../../certificate/object-identifiers.js';
import { institutionOf, noInstitution } from '../reading/institutions-of.js';
import type { Rule } from '../rule.js';
import { notApplicable, pass, warn } from '../verdict.js';

/** Names are written in native and Latin forms and change without notice: a difference is told, never refused (C62). */
export const registerLegalNameAgrees: Rule = {
  id: 'register.legal-name-agrees',
  layer: 'register',
  title: 'The legal name is the one in the register',
  clause: 'Regulation (EU) No 910/2014, annexes III (c) and IV (c)',
  refusal: 'CERTIFICATE_INVALID',
  judge: (evidence, _policy, now) => {
    const institution = institutionOf(evidence, now);
    if (institution === undefined) return notApplicable(noInstitution);
    const attributes = evidence.certificate.subject.rdns.flat();
    const names = attributes.filter(({ type }) => type === oid.organizationName).map(({ value }) => value);
    const found = names.join(' / ') || 'no organizationName';
    const expected = institution.names.join(' / ') || 'no name in the register';
    const registered = new Set(institution.names.map(foldName));
    if (names.some((name) => registered.has(foldName(name)))) return pass(found, expected);
    return warn(found, expected, 'Have the next certificate issued under the name in the register.');
  },
};

function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
