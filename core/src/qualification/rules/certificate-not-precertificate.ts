import { oid } from '../../certificate/object-identifiers.js';
import type { Rule } from '../rule.js';
import { fail, pass } from '../verdict.js';

const expected = 'no CT poison extension';

/** A precertificate verifies against a granted CA like the certificate it announces, but is none. */
export const certificateNotPrecertificate: Rule = {
  id: 'certificate.not-precertificate',
  layer: 'profile',
  title: 'The certificate is not a precertificate',
  clause: 'RFC 6962, 3.1',
  refusal: 'CERTIFICATE_INVALID',
  judge: ({ certificate: { extensions } }) => {
    if (!extensions.some((extension) => extension.oid === oid.ctPoison)) return pass('no CT poison', expected);
    return fail(
      'the CT poison extension',
      expected,
      'Present the certificate that your QTSP issued after the precertificate.',
    );
  },
};
