import { canonicalAuthority } from './authority-code.js';
import { isInstitution } from './institution-type.js';
import type { RegisterCorrection } from './register-correction.js';
import type { RegisterEntity } from './register-entity.js';
import { canonicalNumber } from './registration-number.js';

/** What an organizationIdentifier "PSDFR-ACPR-12345" says about where its holder is registered. */
export interface RegistrationReference {
  /** "FR" */
  readonly country: string;
  /** "ACPR" */
  readonly authority: string;
  /** "12345", as the authority writes it. */
  readonly number: string;
}

/** Institutions by authority and number; built once per register file. */
export interface RegisterIndex {
  readonly institutions: number;
  readonly byKey: ReadonlyMap<string, readonly RegisterEntity[]>;
}

/** Indexes the institutions among the entities; agents, branches and exclusions are left out. */
export function indexRegister(entities: Iterable<RegisterEntity>): RegisterIndex {
  const byKey = new Map<string, RegisterEntity[]>();
  let institutions = 0;
  for (const entity of entities) {
    if (!isInstitution(entity.type)) continue;
    institutions += 1;
    for (const key of keysOfEntity(entity)) {
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, [entity]);
      else known.push(entity);
    }
  }
  return { institutions, byKey };
}

/** Institutions of the identifier's authority that bear its number: one is a match, several are for a human. */
export function findCandidates(index: RegisterIndex, reference: RegistrationReference): readonly RegisterEntity[] {
  return index.byKey.get(keyOfReference(reference)) ?? [];
}

/** Whether an entity answers to an identifier, by the same keys as the index. */
export function matchesOrganization(entity: RegisterEntity, reference: RegistrationReference): boolean {
  return isInstitution(entity.type) && keysOfEntity(entity).has(keyOfReference(reference));
}

/** Entries of other sources by authority and number, as institutions are. */
export function indexCorrections(corrections: Iterable<RegisterCorrection>): CorrectionIndex {
  return Map.groupBy(corrections, ({ authority, number }) => keyOf(authority, number));
}

export type CorrectionIndex = ReadonlyMap<string, readonly RegisterCorrection[]>;

/** What other sources say of the institutions under a reference. */
export function findCorrections(
  index: CorrectionIndex,
  reference: RegistrationReference,
): readonly RegisterCorrection[] {
  return index.get(keyOfReference(reference)) ?? [];
}

/** Whether an entry of another source is about an identifier, by the same key. */
export function correctsOrganization(
  { authority, number }: RegisterCorrection,
  reference: RegistrationReference,
): boolean {
  return keyOf(authority, number) === keyOfReference(reference);
}

function keyOfReference({ country, authority, number }: RegistrationReference): string {
  return keyOf(`${country}-${authority}`, number);
}

/** The national reference, and the number inside EntityCode ("IE_CBI!C58301"), which some authorities fill in better. */
function keysOfEntity(entity: RegisterEntity): ReadonlySet<string> {
  const codeParts = entity.entityCode.split('!');
  const numbers = [entity.nationalReference, codeParts.length === 2 ? (codeParts[1] ?? '') : ''];
  return new Set(numbers.filter((number) => number.trim() !== '').map((number) => keyOf(entity.authority, number)));
}

function keyOf(authority: string, number: string): string {
  return `${canonicalAuthority(authority)} ${canonicalNumber(authority, number)}`;
}
