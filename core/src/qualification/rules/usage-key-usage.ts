import type { KeyUsage } from '../../certificate/certificate.js';
import type { IntendedUse } from '../evidence.js';
import type { Rule } from '../rule.js';
import { fail, pass } from '../verdict.js';

/** A QWAC without keyUsage is not restricted (RFC 8446, 4.4.2.2); a QSealC must say what its key is for. */
export const usageKeyUsage: Rule = {
  id: 'usage.key-usage',
  layer: 'profile',
  title: 'The key may sign',
  clause: 'RFC 5280, 4.2.1.3; ETSI EN 319 412-2 v2.4.1, 4.3.2',
  refusal: 'CERTIFICATE_WRONG_TYPE',
  judge: ({ use, certificate: { keyUsage } }) => {
    const allowed = usagesFor[use];
    const expected = allowed.join(' or ');
    if (keyUsage === undefined && use === 'website') return pass('no keyUsage, hence no restriction', expected);
    const found = keyUsage?.join(', ') ?? 'no keyUsage';
    if (keyUsage?.some((usage) => allowed.includes(usage)) === true) return pass(found, expected);
    return fail(found, expected, 'Ask your QTSP for a certificate whose key usage allows signatures.');
  },
};

const usagesFor: Readonly<Record<IntendedUse, readonly KeyUsage[]>> = {
  website: ['digitalSignature'],
  seal: ['nonRepudiation', 'digitalSignature'],
};
