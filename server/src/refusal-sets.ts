import { ruleCatalogue } from '@postern/core/qualification/rule-catalogue.js';
import { type RefusalCode, refusalCatalog } from '@postern/core/refusal/refusal-catalog.js';

/** For whatever a request is refused before anybody looks at what it asks. */
export const ofEveryRequest: readonly RefusalCode[] = [
  'REQUEST_MALFORMED',
  'REQUEST_TOO_LARGE',
  'MEDIA_TYPE_UNSUPPORTED',
  'METHOD_NOT_ALLOWED',
  'MISDIRECTED_REQUEST',
  'RATE_LIMITED',
  'SERVER_BUSY',
  'SERVER_ERROR',
];

/** What the certificate of the connection can be refused for: by its rules, or because there is none. */
export const ofCertificates: readonly RefusalCode[] = [
  'CERTIFICATE_MISSING',
  ...ruleCatalogue.map(({ refusal }) => refusal),
];

/** Codes once each, in the order of the catalogue. */
export function inOrder(codes: readonly RefusalCode[]): readonly RefusalCode[] {
  return (Object.keys(refusalCatalog) as RefusalCode[]).filter((code) => codes.includes(code));
}

/** Where a request has to be signed. */
export const ofSignatures: readonly RefusalCode[] = [
  'SIGNATURE_MISSING',
  'SIGNATURE_MALFORMED',
  'SIGNATURE_KEY_UNKNOWN',
  'SIGNATURE_KEY_UNUSABLE',
  'SIGNATURE_INVALID',
  'DIGEST_MISMATCH',
  'TIMESTAMP_INVALID',
];
