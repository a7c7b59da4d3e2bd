/**
 * The known causes of CERTIFICATION_REQUEST_INVALID, for whoever tells them in other words than the refusal's own, in another language
 * for example.
 */
export const refusalReasons = [
  'too-long',
  'not-one-pem',
  'not-encoded',
  'malformed',
  'private-key',
  'key-not-allowed',
  'key-unsafe',
  'signature-not-allowed',
  'not-proved',
  'not-rsa',
  'one-key',
  'other-use',
  'in-use',
  'names-identifier',
] as const;

export type RefusalReason = (typeof refusalReasons)[number];
