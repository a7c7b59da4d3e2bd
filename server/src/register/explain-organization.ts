import { parseOrganizationIdentifier } from '@postern/core/certificate/organization-identifier.js';
import { authorisationStatusAt } from '@postern/core/register/authorisation-status.js';
import { type ReconciledSources, reconcileSources } from '@postern/core/register/reconcile-sources.js';
import type { RegisterAnswer, RegisterEntity } from '@postern/core/register/register-entity.js';
import { homeCountry, rolesForServices } from '@postern/core/register/roles-for-services.js';
import type { TppRole } from '@postern/core/register/tpp-role.js';
import type { RegisterStore } from './register-store.js';

/** What the rules see when they look an organisation up. */
export interface OrganizationExplanation {
  readonly answer: RegisterAnswer;
  readonly sources: ReconciledSources;
  readonly institutions: readonly ExplainedInstitution[];
  /** `authorised`: exactly one institution, and active; `undecided`: several, unknown or conflicting. */
  readonly standing: 'authorised' | 'not-authorised' | 'undecided' | 'unavailable';
}

export interface ExplainedInstitution {
  readonly entity: RegisterEntity;
  readonly status: ReturnType<typeof authorisationStatusAt>;
  readonly homeRoles: readonly TppRole[];
  readonly hostRoles: readonly TppRole[];
}

/** Looks an organizationIdentifier up as the rules would; undefined when it is none in the PSD form. */
export function explainOrganization(
  register: Pick<RegisterStore, 'lookup'>,
  identifier: string,
  { hostCountry, now }: { readonly hostCountry: string; readonly now: Date },
): OrganizationExplanation | undefined {
  const reference = parseOrganizationIdentifier(identifier);
  if (reference.kind !== 'psd') return undefined;
  const answer = register.lookup(reference);
  const sources = reconcileAnswer(answer, now);
  const institutions = sources.institutions.map((entity) => ({
    entity,
    status: authorisationStatusAt(entity.authorisationDates, now),
    homeRoles: rolesForServices(entity, homeCountry(entity)),
    hostRoles: rolesForServices(entity, hostCountry),
  }));
  return { answer, sources, institutions, standing: standingOf(answer, sources, institutions) };
}

/** All sources of an answer together, at a time; nobody where the register could not be asked. */
export function reconcileAnswer(answer: RegisterAnswer, now: Date): ReconciledSources {
  return answer.available
    ? reconcileSources(answer.candidates, answer.corrections ?? [], now)
    : reconcileSources([], [], now);
}

function standingOf(
  answer: RegisterAnswer,
  { agreement }: ReconciledSources,
  [only, ...others]: readonly ExplainedInstitution[],
): OrganizationExplanation['standing'] {
  if (!answer.available) return 'unavailable';
  if (only === undefined) return 'not-authorised';
  if (others.length > 0 || agreement === 'undecided' || only.status === 'unknown') return 'undecided';
  return only.status === 'active' ? 'authorised' : 'not-authorised';
}
