/** Object identifiers of OCSP messages (RFC 6960 clause 4.4). */
export const ocspOid = {
  basicResponse: '1.3.6.1.5.5.7.48.1.1',
  nonce: '1.3.6.1.5.5.7.48.1.2',
} as const;
