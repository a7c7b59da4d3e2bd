import { authorisationStatusAt } from '@postern/core/register/authorisation-status.js';
import type { RegisterIndex } from '@postern/core/register/match-organization.js';
import type { RegisterEntity } from '@postern/core/register/register-entity.js';

/** What became of the institutions between two register files, as of a time. */
export interface RegisterDiff {
  readonly added: readonly RegisterEntity[];
  /** No longer in the file at all. */
  readonly removed: readonly RegisterEntity[];
  /** Were authorised and no longer are. */
  readonly withdrawn: readonly RegisterEntity[];
  /** Were not authorised and now are. */
  readonly authorised: readonly RegisterEntity[];
  readonly servicesChanged: readonly ServicesChange[];
}

export interface ServicesChange {
  readonly entity: RegisterEntity;
  /** "FR:PS_070" */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/** Compares two registers; institutions are told apart by type and EntityCode. */
export function diffRegisters(before: RegisterIndex, after: RegisterIndex, now: Date): RegisterDiff {
  const [old, fresh] = [institutionsByCode(before), institutionsByCode(after)];
  const stayed = [...fresh].flatMap(([code, entity]) => {
    const was = old.get(code);
    return was === undefined ? [] : [{ was, entity }];
  });
  const isActive = ({ authorisationDates }: RegisterEntity) =>
    authorisationStatusAt(authorisationDates, now) === 'active';
  const turned = stayed.filter(({ was, entity }) => isActive(was) !== isActive(entity)).map(({ entity }) => entity);
  return {
    added: [...fresh].filter(([code]) => !old.has(code)).map(([, entity]) => entity),
    removed: [...old].filter(([code]) => !fresh.has(code)).map(([, entity]) => entity),
    withdrawn: turned.filter((entity) => !isActive(entity)),
    authorised: turned.filter(isActive),
    servicesChanged: stayed.map(diffServices).filter(({ gained, lost }) => gained.length + lost.length > 0),
  };
}

function institutionsByCode({ byKey }: RegisterIndex): ReadonlyMap<string, RegisterEntity> {
  const entities = new Set([...byKey.values()].flat());
  return new Map([...entities].map((entity) => [`${entity.type} ${entity.entityCode}`, entity]));
}

function diffServices({ was, entity }: { was: RegisterEntity; entity: RegisterEntity }): ServicesChange {
  const [before, after] = [servicesOf(was), servicesOf(entity)];
  return {
    entity,
    gained: [...after].filter((service) => !before.has(service)),
    lost: [...before].filter((service) => !after.has(service)),
  };
}

function servicesOf({ services }: RegisterEntity): ReadonlySet<string> {
  return new Set(Object.entries(services).flatMap(([country, codes]) => codes.map((code) => `${country}:${code}`)));
}
