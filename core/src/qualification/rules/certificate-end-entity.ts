import type { Rule } from '../rule.js';
import { fail, pass } from '../verdict.js';

const expected = 'an end entity: no CA, no keyCertSign';

export const certificateEndEntity: Rule = {
  id: 'certificate.end-entity',
  layer: 'profile',
  title: 'The certificate is not one of a CA',
  clause: 'RFC 5280, 4.2.1.9',
  refusal: 'CERTIFICATE_WRONG_TYPE',
  judge: ({ certificate: { basicConstraints, keyUsage } }) => {
    const remedy = 'Present the certificate of your organisation, followed by its issuers.';
    if (basicConstraints?.ca === true) return fail('a CA certificate', expected, remedy);
    if (keyUsage?.includes('keyCertSign') === true) return fail('keyUsage keyCertSign', expected, remedy);
    return pass('an end entity', expected);
  },
};
