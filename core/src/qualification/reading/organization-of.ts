import { type OrganizationIdentifier, readOrganizationIdentifier } from '../../certificate/organization-identifier.js';
import type { Evidence } from '../evidence.js';

export type AuthorisedOrganization = Extract<OrganizationIdentifier, { kind: 'psd' }>;

/** The organizationIdentifier in the PSD form, if it is one; otherwise other rules name what is wrong. */
export function organizationOf({ certificate }: Evidence): AuthorisedOrganization | undefined {
  const identifier = readOrganizationIdentifier(certificate);
  return identifier.kind === 'psd' ? identifier : undefined;
}
