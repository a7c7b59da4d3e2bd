import { explainOrganization } from './explain-organization.js';
import type { RegisterStore } from './register-store.js';

/**
 * Whether the registers authorise exactly one institution under an organizationIdentifier at that time.
 * For the moments at which no certificate is there to be judged; what is not known is not active.
 */
export function isOrganizationActive(
  register: Pick<RegisterStore, 'lookup'>,
  organizationIdentifier: string,
  now: Date,
): boolean {
  return explainOrganization(register, organizationIdentifier, { hostCountry: '', now })?.standing === 'authorised';
}
