import type { BrandRegistrationPolicy } from './config-schema.js';

/** The policy that none of these is stricter than: what is registered for all brands must be right for each. */
export function strictestOf(policies: readonly BrandRegistrationPolicy[]): BrandRegistrationPolicy {
  const all = (allows: (policy: BrandRegistrationPolicy) => boolean) => policies.every(allows);
  const least = (count: (policy: BrandRegistrationPolicy) => number) => Math.min(...policies.map(count));
  return {
    nativeRedirects: all(({ nativeRedirects }) => nativeRedirects),
    foreignHosts: all(({ foreignHosts }) => foreignHosts === 'warn') ? 'warn' : 'refuse',
    foreignKid: all(({ foreignKid }) => foreignKid === 'alias') ? 'alias' : 'refuse',
    completePath: all(({ completePath }) => completePath),
    verifyX5u: !all(({ verifyX5u }) => !verifyX5u),
    requestSignature: all(({ requestSignature }) => requestSignature === 'none') ? 'none' : 'required',
    requireToken: !all(({ requireToken }) => !requireToken),
    tokenRotation: all(({ tokenRotation }) => tokenRotation === 'never') ? 'never' : 'on-update',
    clientsPerOrganization: least(({ clientsPerOrganization }) => clientsPerOrganization),
    registrationsPerMinute: least(({ registrationsPerMinute }) => registrationsPerMinute),
    updatesPerMinute: least(({ updatesPerMinute }) => updatesPerMinute),
    wrongTokensPerMinute: least(({ wrongTokensPerMinute }) => wrongTokensPerMinute),
  };
}
