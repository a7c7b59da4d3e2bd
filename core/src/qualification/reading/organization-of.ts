import {
  type OrganizationIdentifier,
  parseOrganizationIdentifier,
  readOrganizationIdentifier,
} from '../../certificate/organization-identifier.js';
import type { Evidence } from '../evidence.js';

export type AuthorisedOrganization = Extract<OrganizationIdentifier, { kind: 'psd' }>;

/**
 * The organizationIdentifier in the PSD form: its own, or the one that the installation maps it to. Otherwise other rules name what is
 * wrong; an identifier that breaks its form is never mapped.
 */
export function organizationOf({ certificate, mappedIdentifier }: Evidence): AuthorisedOrganization | undefined {
  const own = readOrganizationIdentifier(certificate);
  const mappable = mappedIdentifier !== undefined && (own.kind === 'psd' || own.kind === 'other');
  const identifier = mappable ? parseOrganizationIdentifier(mappedIdentifier) : own;
  return identifier.kind === 'psd' ? identifier : undefined;
}
