import { parseOrganizationIdentifier } from '@postern/core/certificate/organization-identifier.js';
import { authorisationStatusAt } from '@postern/core/register/authorisation-status.js';
import type { RegisterStore } from './register-store.js';

/**
 * Whether the register authorises exactly one institution under an organizationIdentifier at that time.
 * For the moments at which no certificate is there to be judged; what is not known is not active.
 */
export function isOrganizationActive(
  register: Pick<RegisterStore, 'lookup'>,
  organizationIdentifier: string,
  now: Date,
): boolean {
  const reference = parseOrganizationIdentifier(organizationIdentifier);
  if (reference.kind !== 'psd') return false;
  const answer = register.lookup(reference);
  if (!answer.available) return false;
  const [only, ...others] = answer.candidates;
  return only !== undefined && others.length === 0 && authorisationStatusAt(only.authorisationDates, now) === 'active';
}
