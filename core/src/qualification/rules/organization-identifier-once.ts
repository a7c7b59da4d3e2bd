import { readOrganizationIdentifier } from '../../certificate/organization-identifier.js';
import type { Rule } from '../rule.js';
import { fail, pass } from '../verdict.js';

const expected = 'one organizationIdentifier in the subject';

/** C22 */
export const organizationIdentifierOnce: Rule = {
  id: 'organization.identifier-once',
  layer: 'profile',
  title: 'The subject has one organizationIdentifier',
  clause: 'ETSI TS 119 495 v1.8.1, 5.3 (GEN-5.3-3)',
  refusal: 'CERTIFICATE_INVALID',
  judge: ({ certificate }) => {
    const identifier = readOrganizationIdentifier(certificate);
    const remedy = 'Ask your QTSP for a certificate with your authorisation number in the subject.';
    if (identifier.kind === 'missing') return fail('none', expected, remedy);
    if (identifier.kind === 'repeated')
      return fail(identifier.texts.map((text) => JSON.stringify(text)).join(', '), expected, remedy);
    return pass('one', expected);
  },
};
