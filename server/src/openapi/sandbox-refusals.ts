import type { RefusalCode } from '@postern/core/refusal/refusal-catalog.js';
import { inOrder, ofEveryRequest } from '../refusal-sets.js';

/** What can be asked of the sandbox about test certificates; `status` is what anybody may ask, `authority` what may not be there. */
export type SandboxOperation = 'apply' | 'read' | 'change' | 'status' | 'authority';

// A private key in a body is refused as such, whatever the body is for.
const ofOperation: Readonly<Record<SandboxOperation, readonly RefusalCode[]>> = {
  apply: ['CERTIFICATION_REQUEST_INVALID', 'RATE_LIMITED'],
  read: ['NOT_FOUND'],
  change: ['NOT_FOUND', 'CERTIFICATION_REQUEST_INVALID', 'RATE_LIMITED'],
  status: [],
  authority: ['NOT_FOUND'],
};

/** Every code that an operation may be refused with, in the order of the catalogue. */
export function refusalsOfSandbox(operation: SandboxOperation): readonly RefusalCode[] {
  return inOrder([...ofEveryRequest, ...ofOperation[operation]]);
}
