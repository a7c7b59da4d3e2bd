import type { Rule } from './rule.js';
import { certificateEndEntity } from './rules/certificate-end-entity.js';
import { certificateNotPrecertificate } from './rules/certificate-not-precertificate.js';
import { organizationExtensionAgrees } from './rules/organization-extension-agrees.js';
import { organizationIdentifierFormat } from './rules/organization-identifier-format.js';
import { organizationIdentifierOnce } from './rules/organization-identifier-once.js';
import { pathStrongAlgorithms } from './rules/path-strong-algorithms.js';
import { pathTrustedIssuer } from './rules/path-trusted-issuer.js';
import { pathWellBuilt } from './rules/path-well-built.js';
import { psd2NcaIdFormat } from './rules/psd2-nca-id-format.js';
import { psd2NcaKnown } from './rules/psd2-nca-known.js';
import { psd2NcaMatchesOrganization } from './rules/psd2-nca-matches-organization.js';
import { psd2NcaNameLatin } from './rules/psd2-nca-name-latin.js';
import { psd2NcaNotApplicable } from './rules/psd2-nca-not-applicable.js';
import { psd2RoleNameMatchesOid } from './rules/psd2-role-name-matches-oid.js';
import { psd2RolesKnown } from './rules/psd2-roles-known.js';
import { psd2StatementOnce } from './rules/psd2-statement-once.js';
import { psd2StatementPresent } from './rules/psd2-statement-present.js';
import { psd2StatementWellFormed } from './rules/psd2-statement-well-formed.js';
import { psd2TextEncodings } from './rules/psd2-text-encodings.js';
import { psd2TppRolePresent } from './rules/psd2-tpp-role-present.js';
import { psd2UnspecifiedAlone } from './rules/psd2-unspecified-alone.js';
import { qcCompliance } from './rules/qc-compliance.js';
import { qcEuLegislation } from './rules/qc-eu-legislation.js';
import { qcPoliciesMatchType } from './rules/qc-policies-match-type.js';
import { qcStatementsOnce } from './rules/qc-statements-once.js';
import { qcStatementsWellFormed } from './rules/qc-statements-well-formed.js';
import { qcTypeMatchesUse } from './rules/qc-type-matches-use.js';
import { registerAuthorisationActive } from './rules/register-authorisation-active.js';
import { registerAuthorityInEea } from './rules/register-authority-in-eea.js';
import { registerAvailable } from './rules/register-available.js';
import { registerLegalNameAgrees } from './rules/register-legal-name-agrees.js';
import { registerOrganizationFound } from './rules/register-organization-found.js';
import { registerPassported } from './rules/register-passported.js';
import { registerRecent } from './rules/register-recent.js';
import { registerRolesAuthorised } from './rules/register-roles-authorised.js';
import { registerSourcesAgree } from './rules/register-sources-agree.js';
import { revocationNotRevoked } from './rules/revocation-not-revoked.js';
import { revocationStatusKnown } from './rules/revocation-status-known.js';
import { timeIssuersValid } from './rules/time-issuers-valid.js';
import { timeNotBefore } from './rules/time-not-before.js';
import { timeNotExpired } from './rules/time-not-expired.js';
import { trustListsAvailable } from './rules/trust-lists-available.js';
import { trustListsFresh } from './rules/trust-lists-fresh.js';
import { trustQualifiers } from './rules/trust-qualifiers.js';
import { trustServiceCoversUse } from './rules/trust-service-covers-use.js';
import { trustServiceGrantedAtIssuance } from './rules/trust-service-granted-at-issuance.js';
import { trustServiceGrantedNow } from './rules/trust-service-granted-now.js';
import { trustServiceQualified } from './rules/trust-service-qualified.js';
import { trustServicesAgree } from './rules/trust-services-agree.js';
import { usageClientAuth } from './rules/usage-client-auth.js';
import { usageKeyUsage } from './rules/usage-key-usage.js';

/** Every rule, layer by layer; the first one that fails gives the refusal, so that what lies deepest is named first. */
export const ruleCatalogue: readonly Rule[] = [
  pathTrustedIssuer,
  pathWellBuilt,
  pathStrongAlgorithms,

  timeNotBefore,
  timeNotExpired,
  timeIssuersValid,

  trustListsAvailable,
  trustListsFresh,
  trustServiceQualified,
  trustServicesAgree,
  trustServiceCoversUse,
  trustServiceGrantedAtIssuance,
  trustServiceGrantedNow,
  trustQualifiers,

  certificateEndEntity,
  certificateNotPrecertificate,
  qcStatementsWellFormed,
  qcCompliance,
  qcEuLegislation,
  qcStatementsOnce,
  qcTypeMatchesUse,
  qcPoliciesMatchType,
  usageClientAuth,
  usageKeyUsage,
  psd2StatementPresent,
  psd2StatementOnce,
  psd2StatementWellFormed,
  psd2TextEncodings,
  psd2RoleNameMatchesOid,
  psd2RolesKnown,
  psd2UnspecifiedAlone,
  psd2TppRolePresent,
  psd2NcaIdFormat,
  psd2NcaNotApplicable,
  psd2NcaNameLatin,
  organizationIdentifierOnce,
  organizationIdentifierFormat,
  organizationExtensionAgrees,
  psd2NcaMatchesOrganization,
  psd2NcaKnown,

  revocationNotRevoked,
  revocationStatusKnown,

  registerAvailable,
  registerRecent,
  registerAuthorityInEea,
  registerOrganizationFound,
  registerSourcesAgree,
  registerAuthorisationActive,
  registerRolesAuthorised,
  registerLegalNameAgrees,
  registerPassported,
];
