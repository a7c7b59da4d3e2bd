import { oid } from '../../certificate/object-identifiers.js';
import type { Rule } from '../rule.js';
import { fail, notApplicable, pass } from '../verdict.js';

const expected = 'clientAuth, or no extKeyUsage at all';

/** anyExtendedKeyUsage alone does not name TLS client authentication (C8). */
export const usageClientAuth: Rule = {
  id: 'usage.client-auth',
  layer: 'profile',
  title: 'The key may authenticate a TLS client',
  clause: 'RFC 5280, 4.2.1.12',
  refusal: 'CERTIFICATE_WRONG_TYPE',
  judge: ({ use, certificate: { extendedKeyUsage } }) => {
    if (use !== 'website') return notApplicable('not used for TLS');
    if (extendedKeyUsage === undefined) return pass('no extKeyUsage', expected);
    const found = extendedKeyUsage.map((usage) => usageNames.get(usage) ?? usage).join(', ') || 'an empty extKeyUsage';
    if (extendedKeyUsage.includes(oid.clientAuth)) return pass(found, expected);
    return fail(found, expected, 'Ask your QTSP for a QWAC with the extended key usage clientAuth.');
  },
};

const usageNames: ReadonlyMap<string, string> = new Map([
  [oid.anyExtendedKeyUsage, 'anyExtendedKeyUsage'],
  [oid.serverAuth, 'serverAuth'],
  [oid.clientAuth, 'clientAuth'],
  [oid.ocspSigning, 'OCSPSigning'],
]);
