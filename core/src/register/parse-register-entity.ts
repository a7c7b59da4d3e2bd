import { Refusal } from '../refusal/refusal.js';
import { isInstitution } from './institution-type.js';
import type { RegisterEntity } from './register-entity.js';

/**
 * Reads one entity of the EBA register's golden copy; undefined for the types that are never a TPP themselves
 * (agents, branches, exclusions). A missing authorisation stays an empty list, which is judged unknown and never active.
 * Refuses (TRUST_DATA_UNAVAILABLE) what does not have the shape of an entity.
 */
export function parseRegisterEntity(input: unknown): RegisterEntity | undefined {
  const entity = requireRecord(input, 'entity');
  const type = requireText(entity['EntityType'], 'EntityType');
  if (!isInstitution(type)) return undefined;
  const properties = parseProperties(entity['Properties']);
  return {
    authority: requireText(entity['CA_OwnerID'], 'CA_OwnerID').trim(),
    nationalReference: (properties.get('ENT_NAT_REF_COD')?.[0] ?? '').trim(),
    entityCode: requireText(entity['EntityCode'], 'EntityCode').trim(),
    type,
    names: (properties.get('ENT_NAM') ?? []).map((name) => name.trim()).filter((name) => name !== ''),
    country: (properties.get('ENT_COU_RES')?.[0] ?? '').trim(),
    authorisationDates: properties.get('ENT_AUT') ?? [],
    services: parseServices(entity['Services']),
  };
}

/** A list of single-key objects, whose values are a string or a list of strings; a key that comes twice adds up. */
function parseProperties(input: unknown): ReadonlyMap<string, readonly string[]> {
  const properties = new Map<string, string[]>();
  for (const item of requireList(input ?? [], 'Properties')) {
    for (const [key, value] of Object.entries(requireRecord(item, 'Properties'))) {
      if (!neededProperties.has(key)) continue;
      append(properties, key, parseTexts(value, key));
    }
  }
  return properties;
}

function append(lists: Map<string, string[]>, key: string, items: readonly string[]): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [...items]);
  else for (const item of items) list.push(item);
}

function parseServices(input: unknown): Readonly<Record<string, readonly string[]>> {
  const services = new Map<string, string[]>();
  for (const item of requireList(input ?? [], 'Services')) {
    for (const [country, value] of Object.entries(requireRecord(item, 'Services'))) {
      if (!/^[A-Z]{2}$/.test(country)) throw malformed('Services', 'is not keyed by ISO 3166-1 country codes');
      const codes = parseTexts(value, 'Services').map((code) => code.trim());
      append(services, country, codes);
    }
  }
  return Object.fromEntries(services);
}

function parseTexts(value: unknown, member: string): readonly string[] {
  if (Array.isArray(value)) return requireList(value, member).map((item) => requireText(item, member));
  return [requireText(value, member)];
}

function requireRecord(value: unknown, member: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(member, 'is not an object');
  return value as Readonly<Record<string, unknown>>;
}

function requireList(value: unknown, member: string): readonly unknown[] {
  if (!Array.isArray(value)) throw malformed(member, 'is not a list');
  if (value.length > maximumItems) throw malformed(member, `has more than ${maximumItems} items`);
  return value;
}

function requireText(value: unknown, member: string): string {
  if (typeof value !== 'string') throw malformed(member, 'is not text');
  if (value.length > maximumText) throw malformed(member, `is longer than ${maximumText} characters`);
  return value;
}

function malformed(member: string, fault: string): Refusal {
  return new Refusal('TRUST_DATA_UNAVAILABLE', `An entity of the register cannot be read: ${member} ${fault}.`);
}

const maximumItems = 1_000;
const maximumText = 10_000;
const neededProperties: ReadonlySet<string> = new Set(['ENT_NAT_REF_COD', 'ENT_NAM', 'ENT_COU_RES', 'ENT_AUT']);
