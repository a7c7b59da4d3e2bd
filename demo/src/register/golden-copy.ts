import { readWorldJson } from '../world/read-world-file.js';
import { writeFileAtomically } from '../world/write-file-atomically.js';

/** The register file as the EBA publishes it: a disclaimer, then all entities. */
export type GoldenCopy = readonly [readonly unknown[], readonly GoldenEntity[]];

export interface GoldenEntity {
  readonly CA_OwnerID: string;
  readonly EntityCode: string;
  readonly EntityType: string;
  /** Single-key objects. */
  readonly Properties: readonly Readonly<Record<string, string | readonly string[]>>[];
  /** Single-key objects: country to service codes. Institutions only. */
  readonly Services?: readonly Readonly<Record<string, string | readonly string[]>>[];
  /** yyyymmddhhmmssSSS, UTC: when the entity last changed. */
  readonly __EBA_EntityVersion: string;
}

export async function readGoldenCopy(path: string): Promise<GoldenCopy> {
  return (await readWorldJson(path)) as GoldenCopy;
}

/** Replaces the register file; to be called under the world's lock. */
export async function updateGoldenCopy(path: string, copy: GoldenCopy): Promise<void> {
  await writeFileAtomically(path, `${JSON.stringify(copy, null, 1)}\n`);
}

/** All values of a property, in their order. */
export function propertyValues(entity: GoldenEntity, name: string): readonly string[] {
  return entity.Properties.flatMap((property) => property[name] ?? []);
}

/** The copy with one entity added, or put in the place of the one with its code; what changed bears the version. */
export function withEntity(copy: GoldenCopy, entity: Omit<GoldenEntity, '__EBA_EntityVersion'>, now: Date): GoldenCopy {
  const [disclaimer, entities] = copy;
  const changed = { ...entity, __EBA_EntityVersion: entityVersion(nextVersion(copy, now)) };
  const at = entities.findIndex((other) => other.EntityCode === entity.EntityCode);
  return [disclaimer, at < 0 ? [...entities, changed] : entities.with(at, changed)];
}

const dayMilliseconds = 86_400_000;

/** The copy published anew when it is more than a day old, as the EBA does every night; otherwise the same object. */
export function withDailyPublication(copy: GoldenCopy, now: Date): GoldenCopy {
  const [first] = copy[1];
  const isRecent = now.getTime() - publishedAt(copy).getTime() < dayMilliseconds;
  return isRecent || first === undefined ? copy : withEntity(copy, first, now);
}

/** When the copy was last changed: the newest version among its entities. */
export function publishedAt(copy: GoldenCopy): Date {
  const newest =
    copy[1]
      .map((entity) => entity.__EBA_EntityVersion)
      .sort()
      .at(-1) ?? '';
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(newest) ?? [];
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

export function entityVersion(instant: Date): string {
  return instant.toISOString().replaceAll(/[-:TZ.]/g, '');
}

/** Publication times have whole seconds only, and each version needs its own: the next free second is taken. */
function nextVersion(copy: GoldenCopy, now: Date): Date {
  const second = Math.floor(now.getTime() / 1000) * 1000;
  return second > publishedAt(copy).getTime() ? now : new Date(publishedAt(copy).getTime() + 1000);
}
