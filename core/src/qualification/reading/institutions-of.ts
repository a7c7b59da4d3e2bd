import { matchesOrganization } from '../../register/match-organization.js';
import type { RegisterEntity } from '../../register/register-entity.js';
import type { Evidence } from '../evidence.js';
import { organizationOf } from './organization-of.js';

/** The institutions of the register that answer to the certificate's identifier; undefined when that cannot be asked. */
export function institutionsOf(evidence: Evidence): readonly RegisterEntity[] | undefined {
  const organization = organizationOf(evidence);
  if (organization === undefined || !evidence.register.available) return undefined;
  // Asked again of each candidate, so that no mistake in gathering lends one organisation the entry of another.
  return evidence.register.candidates.filter((entity) => matchesOrganization(entity, organization));
}

/** The one institution; undefined when there is none or several. */
export function institutionOf(evidence: Evidence): RegisterEntity | undefined {
  const institutions = institutionsOf(evidence);
  return institutions?.length === 1 ? institutions[0] : undefined;
}

/** Said by the rules that need an entry when there is none to judge. */
export const noInstitution = 'no single entry in the register';
