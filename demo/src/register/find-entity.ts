import { canonicalAuthority } from '@postern/core/register/authority-code.js';
import { isInstitution } from '@postern/core/register/institution-type.js';
import { canonicalNumber } from '@postern/core/register/registration-number.js';
import { authorityRegisterCode } from '../organization/competent-authorities.js';
import type { OrganizationIdentifier } from '../organization/parse-organization-identifier.js';
import { type GoldenCopy, type GoldenEntity, propertyValues } from './golden-copy.js';

/** The institution that an identifier names, by the same spelling rules as readers of the register use. */
export function findEntity(copy: GoldenCopy, identifier: OrganizationIdentifier): GoldenEntity | undefined {
  const authority = authorityRegisterCode(identifier.ncaId);
  const sought = canonicalNumber(authority, identifier.number);
  return copy[1].find(
    (entity) =>
      isInstitution(entity.EntityType) &&
      canonicalAuthority(entity.CA_OwnerID) === canonicalAuthority(authority) &&
      propertyValues(entity, 'ENT_NAT_REF_COD').some((number) => canonicalNumber(authority, number) === sought),
  );
}
