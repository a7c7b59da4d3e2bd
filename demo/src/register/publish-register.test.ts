import { createHash } from 'node:crypto';
import { parseRegisterEntity } from '@postern/core/register/parse-register-entity.js';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { createRegister } from './create-register.js';
import { type GoldenCopy, type GoldenEntity, publishedAt, withDailyPublication, withEntity } from './golden-copy.js';
import { publishRegister, renderFileMetadata } from './publish-register.js';

const now = new Date('2026-08-16T00:00:16.250Z');
const copy = createRegister(now);
const sha256 = (octets: Uint8Array) => createHash('sha256').update(octets).digest('hex');

function unpack(zip: Uint8Array) {
  const files = unzipSync(zip);
  const [json = ''] = Object.keys(files).filter((name) => name.endsWith('.json'));
  const [content = new Uint8Array(), digest = new Uint8Array()] = [files[json], files[`${json}.sha256`]];
  return { json: content, digest: strFromU8(digest).trim(), names: Object.keys(files) };
}

describe('withDailyPublication', () => {
  test('publishes a copy of yesterday anew and leaves one of today alone', () => {
    const made = new Date('2026-11-20T10:00:00Z');
    const copy = createRegister(made);
    expect(withDailyPublication(copy, new Date('2026-11-21T09:59:59Z'))).toBe(copy);
    const later = new Date('2026-11-21T10:00:01Z');
    expect(publishedAt(withDailyPublication(copy, later))).toEqual(later);
  });
});

describe('the register as it is published', () => {
  test('one JSON and its digest, in the shape of the golden copy', () => {
    const { json, digest, names } = unpack(publishRegister(copy).zip);
    expect(names).toHaveLength(2);
    expect(digest).toBe(sha256(json));
    const [disclaimer, entities] = JSON.parse(strFromU8(json)) as GoldenCopy;
    expect(disclaimer).toEqual([{ __EBA_Disclaimer: { note: expect.any(String) } }]);
    expect(entities.map(parseRegisterEntity).filter((entity) => entity !== undefined)).toHaveLength(3);
  });

  test('metadata as the EBA writes it', () => {
    const publication = publishRegister(copy);
    expect(renderFileMetadata(publication, 'http://localhost:8448/register/downloads/PSDMD/')).toEqual({
      latest_version_relative_zip_path: '20260816/download-PSDMD-20260816000016.zip',
      latest_version_relative_zip_size: String(publication.zip.length),
      sha256_hash: sha256(publication.zip),
      timestamp: 'Sun Aug 16 00:00:16 UTC 2026',
      golden_copy_path_context: 'http://localhost:8448/register/downloads/PSDMD/',
    });
  });

  test('the same copy gives the same octets; each change another time, even within one second', () => {
    expect(publishRegister(copy).sha256).toBe(publishRegister(createRegister(now)).sha256);
    const [entity] = copy[1] as [GoldenEntity];
    const changed = withEntity(copy, entity, now);
    expect(publishedAt(changed).getTime()).toBeGreaterThan(publishedAt(copy).getTime());
    expect(publishedAt(withEntity(changed, entity, now)).getTime()).toBeGreaterThan(publishedAt(changed).getTime());
    expect(changed[1]).toHaveLength(copy[1].length);
  });
});
