import { authorityRegisterCode } from '../organization/competent-authorities.js';
import type { OrganizationIdentifier } from '../organization/parse-organization-identifier.js';
import { type PspRoleName, pspRoles } from '../organization/psp-role.js';
import { daysFrom } from '../world/instants.js';
import { registerDay } from './authorisation.js';
import { findEntity } from './find-entity.js';
import { type GoldenCopy, type GoldenEntity, withEntity } from './golden-copy.js';

/** Where the demo's bank is: organisations of other states are passported there. */
const HOST_COUNTRY = 'FR';
/** Authorised before any certificate of the demo begins, those included that have ended. */
const AUTHORISED_DAYS_AGO = 3 * 365;
const WITHDRAWN_DAYS_AGO = 20;

export interface Entry {
  readonly identifier: OrganizationIdentifier;
  readonly name: string;
  readonly roles: readonly PspRoleName[];
  readonly withdrawn: boolean;
}

/**
 * The register with the organisation in it: a new one is entered with the services of its roles, a known one gets
 * the services that it lacks; its authorisation stays as it is. The same copy when there is nothing to change.
 */
export function enterOrganization(copy: GoldenCopy, entry: Entry, now: Date): GoldenCopy {
  const known = findEntity(copy, entry.identifier);
  if (known === undefined) {
    return withEntity(copy, newEntity(entry, now), now);
  }
  const extended = withServices(known, entry);
  return extended === known ? copy : withEntity(copy, extended, now);
}

function newEntity(
  { identifier, name, roles, withdrawn }: Entry,
  now: Date,
): Omit<GoldenEntity, '__EBA_EntityVersion'> {
  const authority = authorityRegisterCode(identifier.ncaId);
  const authorised = registerDay(daysFrom(now, -AUTHORISED_DAYS_AGO));
  const ended = registerDay(daysFrom(now, -WITHDRAWN_DAYS_AGO));
  return {
    CA_OwnerID: authority,
    EntityCode: `${authority}!${identifier.number}`,
    EntityType: entityType(roles),
    Properties: [
      { ENT_NAT_REF_COD: identifier.number },
      { ENT_NAM: name },
      { ENT_COU_RES: identifier.country },
      { ENT_AUT: withdrawn ? [authorised, ended] : [authorised] },
    ],
    Services: servicesByCountry(identifier.country, new Map(), roles),
  };
}

function withServices(entity: GoldenEntity, { identifier, roles }: Entry): GoldenEntity {
  const before = new Map(
    (entity.Services ?? [])
      .flatMap((entry) => Object.entries(entry))
      .map(([country, codes]) => [country, [codes].flat()]),
  );
  const services = servicesByCountry(identifier.country, before, roles);
  if (JSON.stringify(services) === JSON.stringify(entity.Services)) {
    return entity;
  }
  // An account information provider that gets another service is one no more: that takes a payment institution's licence.
  const EntityType = entity.EntityType === 'PSD_AISP' ? entityType(roles) : entity.EntityType;
  return { ...entity, EntityType, Services: services };
}

function entityType(roles: readonly PspRoleName[]): string {
  return roles.every((role) => role === 'PSP_AI') ? 'PSD_AISP' : 'PSD_PI';
}

/** As the EBA writes it: one code as a string, several as a list. */
function servicesByCountry(
  home: string,
  before: ReadonlyMap<string, readonly string[]>,
  roles: readonly PspRoleName[],
): Readonly<Record<string, string | readonly string[]>>[] {
  const wanted = roles.flatMap((role) => pspRoles[role].services);
  const countries = new Set([...before.keys(), home, HOST_COUNTRY]);
  return [...countries].map((country) => {
    const here = before.get(country) ?? [];
    const added = country === home || country === HOST_COUNTRY ? wanted.filter((code) => !here.includes(code)) : [];
    const codes = [...here, ...added];
    return { [country]: codes.length === 1 ? (codes[0] as string) : codes };
  });
}
