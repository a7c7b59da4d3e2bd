import type { Problem } from '@postern/core/registration/problem.js';
import type { UseSought } from '../store/client-use.js';
import type { Asking } from './count-request.js';

/** The last key is not taken away while somebody may act by the client: nothing that was granted could be used any more. */
export const lastKey: Problem = {
  member: 'jwks',
  text: 'jwks must hold at least one key as long as a user has granted access to the client or a token of it lives.',
};

export function useOf({ peer, now, dependencies }: Asking, clientId: string): UseSought {
  const { accessTokenSeconds } = dependencies;
  return { clientId, organizationIdentifier: peer.organization.identifier, now, accessTokenSeconds };
}
