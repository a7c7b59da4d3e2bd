import { authorisationStatusAt, nextAuthorisationChange } from './authorisation-status.js';
import { isCreditInstitution, isInstitution } from './institution-type.js';
import type { RegisterCorrection } from './register-correction.js';
import type { RegisterEntity } from './register-entity.js';

/** What all sources together say of one organisation. */
export interface ReconciledSources {
  /** What the rules judge: none, one, or several that nobody may choose from. */
  readonly institutions: readonly RegisterEntity[];
  /**
   * `alone`: one source speaks; `agree`; `restricted`: they differ and the stricter counts; `overridden`: the bank goes by an
   * override; `undecided`: they differ in a way that no source is stricter, and nobody is let in on it.
   */
  readonly agreement: 'alone' | 'agree' | 'restricted' | 'overridden' | 'undecided';
  /** What differs and who says so, for people. */
  readonly differences: readonly string[];
}

/**
 * Reconciles the EBA register with the other sources at a time: a withdrawal in any of them counts, services only where none
 * denies them, and an institution that a single source knows is undecided, credit institutions excepted. An override in force
 * takes the place of all of them.
 */
export function reconcileSources(
  candidates: readonly RegisterEntity[],
  corrections: readonly RegisterCorrection[],
  now: Date,
): ReconciledSources {
  const inForce = corrections.filter((correction) => isInForce(correction, now));
  const override = inForce.find((correction) => correction.override);
  const begin: ReconciledSources = { institutions: candidates, agreement: 'alone', differences: [] };
  if (override !== undefined) return applyOverride(begin, override);
  return inForce.reduce((sources, statement) => addStatement(sources, statement, now), begin);
}

/** Whether an entry still counts. */
export function isInForce({ expires }: RegisterCorrection, now: Date): boolean {
  return expires === undefined || now < expires;
}

/** The institution that an entry describes by itself; undefined when it says too little for that. */
export function entityOf(correction: RegisterCorrection): RegisterEntity | undefined {
  const { authority, number, type, names, country, authorisationDates, services = {} } = correction;
  if (type === undefined || !isInstitution(type) || authorisationDates === undefined || names.length === 0)
    return undefined;
  const entityCode = `${authority}!${number}`;
  return { authority, nationalReference: number, entityCode, type, names, country, authorisationDates, services };
}

function applyOverride({ institutions }: ReconciledSources, override: RegisterCorrection): ReconciledSources {
  const until = override.expires === undefined ? '' : ` until ${override.expires.toISOString().slice(0, 16)}Z`;
  const differences = [`the bank goes by ${override.source}${until}`];
  const [known, second] = institutions;
  const entity = entityOf(override);
  if (entity !== undefined) return { institutions: [entity], agreement: 'overridden', differences };
  if (known === undefined || second !== undefined)
    return { institutions, agreement: 'undecided', differences: [`${override.source} does not say which institution`] };
  return { institutions: [correctEntity(known, override)], agreement: 'overridden', differences };
}

function addStatement(sources: ReconciledSources, statement: RegisterCorrection, now: Date): ReconciledSources {
  const [known, second] = sources.institutions;
  if (second !== undefined) return sources;
  if (known === undefined) return addUnknown(sources, statement);
  const { type, source } = statement;
  if (type !== undefined && type !== known.type) {
    const entity = entityOf(statement);
    const institutions = entity === undefined ? [known] : [known, entity];
    return { institutions, agreement: 'undecided', differences: [`${source} calls it ${type}, not ${known.type}`] };
  }
  const differences = [...differencesInState(known, statement, now), ...differencesInServices(known, statement)];
  const institution = restrictEntity(known, statement, now);
  return {
    institutions: [institution],
    agreement:
      differences.length === 0 ? atLeast(sources.agreement, 'agree') : atLeast(sources.agreement, 'restricted'),
    differences: [...sources.differences, ...differences],
  };
}

/** The payment institutions register cannot know credit institutions; of any other institution it should. */
function addUnknown(sources: ReconciledSources, statement: RegisterCorrection): ReconciledSources {
  const entity = entityOf(statement);
  if (entity === undefined) return sources;
  if (isCreditInstitution(entity.type)) return { institutions: [entity], agreement: 'alone', differences: [] };
  const differences = [`only ${statement.source} has it, the EBA register does not`];
  return { institutions: [entity], agreement: 'undecided', differences };
}

type Agreement = ReconciledSources['agreement'];

function atLeast(one: Agreement, other: Agreement): Agreement {
  return severity.indexOf(one) > severity.indexOf(other) ? one : other;
}

const severity: readonly Agreement[] = ['alone', 'agree', 'restricted', 'overridden', 'undecided'];

function differencesInState(known: RegisterEntity, { authorisationDates, source }: RegisterCorrection, now: Date) {
  if (authorisationDates === undefined) return [];
  const [here, there] = [known.authorisationDates, authorisationDates].map((dates) =>
    authorisationStatusAt(dates, now),
  );
  return here === there ? [] : [`${source} says ${there}, the EBA register ${here}`];
}

function differencesInServices(known: RegisterEntity, { services, source }: RegisterCorrection): readonly string[] {
  return Object.entries(services ?? {}).flatMap(([country, codes]) => {
    const here = known.services[country] ?? [];
    const missing = here.filter((code) => !codes.includes(code));
    const surplus = codes.filter((code) => !here.includes(code));
    const difference = [...missing.map((code) => `no ${code}`), ...surplus.map((code) => `${code} too`)].join(', ');
    return difference === '' ? [] : [`${source} says for ${country}: ${difference}`];
  });
}

function restrictEntity(known: RegisterEntity, statement: RegisterCorrection, now: Date): RegisterEntity {
  const services = Object.entries(known.services).map(([country, codes]) => {
    const stated = statement.services?.[country];
    return [country, stated === undefined ? codes : codes.filter((code) => stated.includes(code))] as const;
  });
  return {
    ...known,
    authorisationDates: stricterDates(known.authorisationDates, statement.authorisationDates, now),
    services: Object.fromEntries(services),
  };
}

/** Those that are not active; of two that are, those that end first. */
function stricterDates(here: readonly string[], there: readonly string[] | undefined, now: Date): readonly string[] {
  if (there === undefined || authorisationStatusAt(here, now) !== 'active') return here;
  if (authorisationStatusAt(there, now) !== 'active') return there;
  const ends = [here, there].map((dates) => nextAuthorisationChange(dates, now)?.getTime() ?? Number.POSITIVE_INFINITY);
  return (ends[1] ?? 0) < (ends[0] ?? 0) ? there : here;
}

function correctEntity(
  known: RegisterEntity,
  { names, authorisationDates, services }: RegisterCorrection,
): RegisterEntity {
  return {
    ...known,
    names: names.length === 0 ? known.names : names,
    authorisationDates: authorisationDates ?? known.authorisationDates,
    services: services ?? known.services,
  };
}
