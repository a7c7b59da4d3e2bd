import { ruleCatalogue } from '@postern/core/qualification/rule-catalogue.js';
import { type RefusalCode, refusalCatalog } from '@postern/core/refusal/refusal-catalog.js';

/** What can be asked of registration (RFC 7591) and client management (RFC 7592). */
export type RegistrationOperation = 'register' | 'list' | 'read';

/** For whatever a request is refused before anybody looks at what it asks. */
const ofEveryRequest: readonly RefusalCode[] = [
  'REQUEST_MALFORMED',
  'REQUEST_TOO_LARGE',
  'MEDIA_TYPE_UNSUPPORTED',
  'METHOD_NOT_ALLOWED',
  'MISDIRECTED_REQUEST',
  'SERVER_ERROR',
];

/** What the certificate of the connection can be refused for: by its rules, or because there is none. */
const ofCertificates: readonly RefusalCode[] = ['CERTIFICATE_MISSING', ...ruleCatalogue.map(({ refusal }) => refusal)];

const ofOperation: Readonly<Record<RegistrationOperation, readonly RefusalCode[]>> = {
  register: ['METADATA_INVALID', 'REDIRECT_URI_INVALID', 'IDEMPOTENCY_KEY_REUSED'],
  list: [],
  // NOT_FOUND: a client_id longer than any of ours is no address here.
  read: ['NOT_FOUND', 'REGISTRATION_TOKEN_INVALID', 'REGISTRATION_NOT_FOUND'],
};

/** Every code that an operation may be refused with, in the order of the catalogue. */
export function refusalsOf(operation: RegistrationOperation): readonly RefusalCode[] {
  return inOrder([...ofCertificates, ...ofEveryRequest, ...ofOperation[operation]]);
}

/** Every code of registration and client management, in the order of the catalogue. */
export function refusalsOfRegistration(): readonly RefusalCode[] {
  return inOrder([...ofCertificates, ...ofEveryRequest, ...Object.values(ofOperation).flat()]);
}

function inOrder(codes: readonly RefusalCode[]): readonly RefusalCode[] {
  return (Object.keys(refusalCatalog) as RefusalCode[]).filter((code) => codes.includes(code));
}
