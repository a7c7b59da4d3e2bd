/** What may be wrong with a certificate that the sandbox issues broken on purpose; the seals last. */
export const kitDefects = [
  'expired',
  'not-yet-valid',
  'revoked',
  'held',
  'wrong-issuer',
  'no-psd2-statement',
  'flat-roles',
  'role-name-mismatch',
  'no-role',
  'role-not-registered',
  'unknown-organization',
  'wrong-type',
  'no-client-auth',
  'wrong-key-usage',
  'seal-expired',
  'seal-revoked',
  'seal-of-another',
  'seal-wrong-type',
] as const;

export type KitDefect = (typeof kitDefects)[number];
