import type { RefusalCode } from '@postern/core/refusal/refusal-catalog.js';
import type { BrandRegistrationPolicy } from './config-schema.js';
import { inOrder, ofCertificates, ofEveryRequest, ofSignatures } from './refusal-sets.js';

/** What can be asked of registration (RFC 7591) and client management (RFC 7592). */
export type RegistrationOperation = 'register' | 'list' | 'read' | 'update' | 'end' | 'renew-token';

// NOT_FOUND: a client_id longer than any of ours is no address here. OAUTH_REQUEST_INVALID: a token in the address.
const ofOne: readonly RefusalCode[] = ['NOT_FOUND', 'REGISTRATION_NOT_FOUND', 'OAUTH_REQUEST_INVALID'];
const ofTokens: readonly RefusalCode[] = ['REGISTRATION_TOKEN_MISSING', 'REGISTRATION_TOKEN_INVALID', 'RATE_LIMITED'];

const ofOperation: Readonly<Record<RegistrationOperation, readonly RefusalCode[]>> = {
  register: [
    'INITIAL_TOKEN_INVALID',
    'CLIENT_SUSPENDED',
    'METADATA_INVALID',
    'REDIRECT_URI_INVALID',
    'IDEMPOTENCY_KEY_REUSED',
    'REGISTRATION_QUOTA_REACHED',
    'RATE_LIMITED',
  ],
  list: [],
  read: [...ofOne, ...ofTokens],
  update: [
    ...ofOne,
    ...ofTokens,
    'CLIENT_SUSPENDED',
    'METADATA_INVALID',
    'REDIRECT_URI_INVALID',
    'PRECONDITION_FAILED',
  ],
  end: [...ofOne, ...ofTokens, 'CLIENT_SUSPENDED', 'PRECONDITION_FAILED'],
  'renew-token': [...ofOne, 'CLIENT_SUSPENDED', 'RATE_LIMITED'],
};

/** Every code that an operation may be refused with, in the order of the catalogue. */
export function refusalsOf(
  operation: RegistrationOperation,
  { requestSignature }: Pick<BrandRegistrationPolicy, 'requestSignature'>,
): readonly RefusalCode[] {
  const isSigned = requestSignature === 'required' && (operation === 'register' || operation === 'update');
  return inOrder([...ofCertificates, ...ofEveryRequest, ...ofOperation[operation], ...(isSigned ? ofSignatures : [])]);
}

/** Every code of registration and client management, in the order of the catalogue. */
export function refusalsOfRegistration(): readonly RefusalCode[] {
  return inOrder([...ofCertificates, ...ofEveryRequest, ...Object.values(ofOperation).flat(), ...ofSignatures]);
}
