import { expect, it } from 'vitest';
import { signatureSchemeOf } from './signature-scheme.js';

/** RSASSA-PSS-params (RFC 4055) with SHA-256 for both, and this many octets of salt. */
const withSalt = (octets: number) =>
  signatureSchemeOf({
    oid: '1.2.840.113549.1.1.10',
    parameters: Buffer.from(
      `3030a00d300b0609608648016503040201a11a301806092a864886f70d010108300b0609608648016503040201a2030201${octets.toString(16).padStart(2, '0')}`,
      'hex',
    ),
  });

it('RSASSA-PSS has as much salt as its hash has octets, or up to 64', () => {
  for (const octets of [32, 48, 64]) expect(withSalt(octets), `${octets}`).toMatchObject({ saltLength: octets });
  for (const octets of [0, 20, 31, 65, 127]) expect(withSalt(octets), `${octets}`).toBeUndefined();
});
