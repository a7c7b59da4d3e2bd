import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { authorisationStatusAt } from '../../core/src/register/authorisation-status.js';
import { parseRegisterEntity } from '../../core/src/register/parse-register-entity.js';
import type { RegisterEntity } from '../../core/src/register/register-entity.js';
import { homeCountry, rolesForServices } from '../../core/src/register/roles-for-services.js';
import { parseFileMetadata } from '../../server/src/register/parse-file-metadata.js';
import { createGoldenCopySplitter } from '../../server/src/register/split-golden-copy.js';

/** Invented entities in the exact shape of the golden copy, and an answer of the filemetadata address. */
const data = resolve(import.meta.dirname, '../../../shared/data/eba-register');
const present = existsSync(data);
if (!present) console.log(`skipped: ${data} is absent, the shape of the golden copy is not checked`);

const at = new Date('2026-08-21T12:00:00Z');

function readEntities(): { readonly raw: readonly RawEntity[]; readonly institutions: readonly RegisterEntity[] } {
  const raw: RawEntity[] = [];
  const splitter = createGoldenCopySplitter((entity) => raw.push(entity as RawEntity));
  splitter.push(readFileSync(resolve(data, 'psdmd-synthetic.json')));
  splitter.end();
  return { raw, institutions: raw.flatMap((entity) => parseRegisterEntity(entity) ?? []) };
}

interface RawEntity {
  readonly EntityType: string;
  readonly EntityCode: string;
  readonly Properties: readonly Readonly<Record<string, unknown>>[];
}

describe.skipIf(!present)('the golden copy of the EBA register', () => {
  test('is read to its end; agents and exclusions are no institutions', () => {
    const { raw, institutions } = readEntities();
    const types = raw.map(({ EntityType }) => EntityType);
    expect(institutions.map(({ type }) => type)).toEqual(
      types.filter((type) => /^PSD_(PI|EMI|AISP|EPI|EEMI)$/.test(type)),
    );
    console.log(`register: ${raw.length} entities, ${institutions.length} institutions, all read`);
  });

  test('an odd number of dates in ENT_AUT is active, an even one withdrawn', () => {
    const { raw, institutions } = readEntities();
    const seen = institutions.map(({ entityCode, authorisationDates }) => {
      const written = raw.find(({ EntityCode }) => EntityCode === entityCode)?.Properties;
      const dates = [written?.find((property) => 'ENT_AUT' in property)?.['ENT_AUT'] ?? []].flat();
      const status = authorisationStatusAt(authorisationDates, at);
      expect(status).toBe(dates.length === 0 ? 'unknown' : dates.length % 2 === 1 ? 'active' : 'withdrawn');
      return status;
    });
    expect(new Set(seen)).toContain('active');
    expect(new Set(seen)).toContain('withdrawn');
  });

  test('roles follow from the services at home, from nothing abroad that is not passported', () => {
    const { institutions } = readEntities();
    const withServices = institutions.filter((entity) => rolesForServices(entity, homeCountry(entity)).length > 0);
    expect(withServices.length).toBeGreaterThan(0);
    expect(institutions.flatMap((entity) => rolesForServices(entity, 'XX'))).toEqual([]);
  });

  test('its metadata are read', () => {
    const octets = readFileSync(resolve(data, 'filemetadata-2026-08-16.json'));
    const metadata = parseFileMetadata(octets, 'https://euclid.eba.europa.eu/register/api/filemetadata');
    expect(metadata.address).toMatch(
      /^https:\/\/euclid\.eba\.europa\.eu\/register\/downloads\/PSDMD\/20260816\/.+\.zip$/,
    );
    expect(metadata.sha256).toMatch(/^[0-9a-f]{64}$/);
  });
});
