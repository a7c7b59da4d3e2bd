import { createHash } from 'node:crypto';
import { Refusal } from '@postern/core/refusal/refusal.js';
import { indexRegister, type RegisterIndex } from '@postern/core/register/match-organization.js';
import { parseRegisterEntity } from '@postern/core/register/parse-register-entity.js';
import type { RegisterEntity } from '@postern/core/register/register-entity.js';
import type { FileMetadata } from './parse-file-metadata.js';
import { readRegisterZip } from './read-register-zip.js';
import { refuseRegister } from './refuse-register.js';
import { createGoldenCopySplitter } from './split-golden-copy.js';

/** One accepted register file, indexed. */
export interface LoadedRegister {
  readonly index: RegisterIndex;
  /** SHA-256 of the ZIP, lower-case hexadecimal. */
  readonly version: string;
  readonly publishedAt: Date;
  /** All entities in the file, agents and branches included. */
  readonly entities: number;
  /** Entities that cannot be read and are left out. */
  readonly unreadable: number;
}

/** More than this share of unreadable entities means that the schema has changed. */
const tolerableShare = 0.05;

/** Refuses a ZIP that has not the length and digest that the metadata announced. */
export function checkZip(zip: Uint8Array, metadata: FileMetadata): void {
  if (zip.length !== metadata.bytes)
    refuseRegister('digest', `it has ${zip.length} bytes where ${metadata.bytes} were announced`);
  const sha256 = createHash('sha256').update(zip).digest('hex');
  if (sha256 !== metadata.sha256) refuseRegister('digest', 'its digest is not the announced one');
}

/**
 * Reads a golden copy whose ZIP was checked; keeps the institutions and indexes them. Rejects with `Refusal` when the inner
 * digest, the shape, or more than 5 % of the entities are not right, or an institution stands there twice.
 */
export async function loadRegister(
  zip: Uint8Array,
  { sha256, publishedAt }: Pick<FileMetadata, 'sha256' | 'publishedAt'>,
): Promise<LoadedRegister> {
  const collected = collectInstitutions();
  const splitter = createGoldenCopySplitter(collected.take);
  await readRegisterZip(zip, splitter.push);
  splitter.end();
  const { entities, unreadable, institutions } = collected.result();
  if (unreadable > entities * tolerableShare)
    refuseRegister('schema', `${unreadable} of ${entities} entities cannot be read`);
  if (institutions.length === 0) refuseRegister('empty', 'it holds no institution');
  return { index: indexRegister(institutions), version: sha256, publishedAt, entities, unreadable };
}

function collectInstitutions() {
  const institutions: RegisterEntity[] = [];
  const keys = new Set<string>();
  let entities = 0;
  let unreadable = 0;
  return {
    take: (input: unknown) => {
      entities += 1;
      const entity = parseOrSkip(input);
      if (entity === 'unreadable') unreadable += 1;
      if (entity === undefined || entity === 'unreadable') return;
      const key = `${entity.type} ${entity.entityCode}`;
      if (keys.has(key)) refuseRegister('duplicate', `${key} stands there twice`);
      keys.add(key);
      institutions.push(entity);
    },
    result: () => ({ entities, unreadable, institutions }),
  };
}

function parseOrSkip(input: unknown): RegisterEntity | undefined | 'unreadable' {
  try {
    return parseRegisterEntity(input);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return 'unreadable';
  }
}
