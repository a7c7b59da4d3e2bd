import { correctsOrganization, matchesOrganization } from '../../register/match-organization.js';
import { type ReconciledSources, reconcileSources } from '../../register/reconcile-sources.js';
import type { RegisterCorrection } from '../../register/register-correction.js';
import type { RegisterEntity } from '../../register/register-entity.js';
import type { Evidence } from '../evidence.js';
import { organizationOf } from './organization-of.js';

/** What all registers together say of the certificate's organisation at a time; undefined when they cannot be asked. */
export function sourcesOf(evidence: Evidence, now: Date): ReconciledSources | undefined {
  const organization = organizationOf(evidence);
  if (organization === undefined || !evidence.register.available) return undefined;
  // Asked again of each candidate, so that no mistake in gathering lends one organisation the entry of another.
  const candidates = evidence.register.candidates.filter((entity) => matchesOrganization(entity, organization));
  return reconcileSources(candidates, correctionsOf(evidence), now);
}

/** The entries of other sources that are about the certificate's organisation. */
export function correctionsOf(evidence: Evidence): readonly RegisterCorrection[] {
  const organization = organizationOf(evidence);
  if (organization === undefined || !evidence.register.available) return [];
  return (evidence.register.corrections ?? []).filter((entry) => correctsOrganization(entry, organization));
}

/** The institutions that answer to the certificate's identifier; undefined when that cannot be asked. */
export function institutionsOf(evidence: Evidence, now: Date): readonly RegisterEntity[] | undefined {
  return sourcesOf(evidence, now)?.institutions;
}

/** The one institution; undefined when there is none or several. */
export function institutionOf(evidence: Evidence, now: Date): RegisterEntity | undefined {
  const institutions = institutionsOf(evidence, now);
  return institutions?.length === 1 ? institutions[0] : undefined;
}

/** Said by the rules that need an entry when there is none to judge. */
export const noInstitution = 'no single entry in the register';
