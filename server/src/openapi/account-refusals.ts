import { ruleCatalogue } from '@postern/core/qualification/rule-catalogue.js';
import { type RefusalCode, refusalCatalog } from '@postern/core/refusal/refusal-catalog.js';

const ofEveryCall: readonly RefusalCode[] = [
  'CERTIFICATE_MISSING',
  ...ruleCatalogue.map(({ refusal }) => refusal),
  'REQUEST_MALFORMED',
  'REQUEST_TOO_LARGE',
  'MEDIA_TYPE_UNSUPPORTED',
  'METHOD_NOT_ALLOWED',
  'MISDIRECTED_REQUEST',
  'HEADER_MISSING',
  'TOKEN_MISSING',
  'TOKEN_INVALID',
  'TOKEN_BINDING_MISMATCH',
  'CLIENT_SUSPENDED',
  'SCOPE_INSUFFICIENT',
  'ROLE_INVALID',
  'SIGNATURE_MISSING',
  'SIGNATURE_MALFORMED',
  'SIGNATURE_KEY_UNKNOWN',
  'SIGNATURE_KEY_UNUSABLE',
  'SIGNATURE_INVALID',
  'DIGEST_MISMATCH',
  'TIMESTAMP_INVALID',
  'SERVER_ERROR',
];

/** Every code that a read of accounts may be refused with, in the order of the catalogue; `ofOne` for what lies below one account. */
export function refusalsOfAccounts(ofOne: boolean): readonly RefusalCode[] {
  const codes = ofOne ? [...ofEveryCall, 'NOT_FOUND', 'RESOURCE_NOT_FOUND'] : ofEveryCall;
  return (Object.keys(refusalCatalog) as RefusalCode[]).filter((code) => codes.includes(code));
}
