import type { RefusalCode } from '@postern/core/refusal/refusal-catalog.js';
import { inOrder, ofCertificates, ofEveryRequest, ofSignatures } from '../refusal-sets.js';

const ofEveryCall: readonly RefusalCode[] = [
  ...ofCertificates,
  ...ofEveryRequest,
  'HEADER_MISSING',
  'TOKEN_MISSING',
  'TOKEN_INVALID',
  'TOKEN_BINDING_MISMATCH',
  'CLIENT_SUSPENDED',
  'SCOPE_INSUFFICIENT',
  'ROLE_INVALID',
  ...ofSignatures,
];

/** Every code that a read of accounts may be refused with, in the order of the catalogue; `ofOne` for what lies below one account. */
export function refusalsOfAccounts(ofOne: boolean): readonly RefusalCode[] {
  return inOrder(ofOne ? [...ofEveryCall, 'NOT_FOUND', 'RESOURCE_NOT_FOUND'] : ofEveryCall);
}
