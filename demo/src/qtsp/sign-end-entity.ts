import type { KeyObject } from 'node:crypto';
import { oid } from '@postern/core/certificate/object-identifiers.js';
import { distinguishedName } from '@postern/core/issuance/distinguished-name.js';
import {
  alternativeNames,
  authorityInformationAccess,
  authorityKeyIdentifier,
  certificatePolicies,
  crlDistributionPoint,
  extendedKeyUsage,
  keyUsage,
  subjectKeyIdentifier,
} from '@postern/core/issuance/extensions.js';
import { type Psd2Recipe, type PspRoleEntry, qcStatements } from '@postern/core/issuance/qc-statements.js';
import { authorityName } from '../organization/competent-authorities.js';
import type { OrganizationIdentifier } from '../organization/parse-organization-identifier.js';
import { type PspRoleName, pspRoles } from '../organization/psp-role.js';
import { daysFrom } from '../world/instants.js';
import { signCertificate } from '../x509/sign-certificate.js';
import type { Defect } from './defects.js';
import type { Issuers } from './open-qtsp.js';
import type { CertificateKind } from './parse-order.js';

const disclosures = {
  en: 'https://qtsp.example/disclosure-en.pdf',
  fr: 'https://qtsp.example/disclosure-fr.pdf',
};
const POLICY_QEVCP_W = '0.4.0.194112.1.4';
const POLICY_QCP_L = '0.4.0.194112.1.1';
const POLICY_QCP_WEB_PSD2 = '0.4.0.19495.3.1';

export interface EndEntityRecipe {
  readonly kind: CertificateKind;
  readonly organization: OrganizationIdentifier;
  readonly legalName: string;
  readonly roles: readonly PspRoleName[];
  readonly publicKey: KeyObject;
  readonly defect: Defect | undefined;
  /** Address of the world, for the places that the certificate points to. */
  readonly url: string;
  /** Since when the trust service has its present status. */
  readonly serviceSince: Date;
  readonly now: Date;
}

/**
 * A QWAC (EN 319 412-4) or QSealC (EN 319 412-3) with the PSD2 profile of TS 119 495, DER;
 * what the defect names is wrong in it, and nothing else.
 */
export function signEndEntity(recipe: EndEntityRecipe, issuers: Issuers): Uint8Array {
  const forWebsite = recipe.kind === 'qwac' || recipe.defect?.sealedWebsite === true;
  const certificate = {
    issuer: issuers.issuing.certificate.subject.der,
    subject: subjectName(recipe, forWebsite),
    publicKey: recipe.publicKey,
    ...validity(recipe),
    extensions: [
      authorityKeyIdentifier(issuers.issuing.publicKey),
      subjectKeyIdentifier(recipe.publicKey),
      ...(forWebsite ? websiteExtensions(recipe) : sealExtensions()),
      qcStatements({ qcType: qcType(recipe, forWebsite), disclosures, psd2: psd2Statement(recipe) }),
      authorityInformationAccess({ ocsp: `${recipe.url}/ocsp`, issuer: `${recipe.url}/certificates/issuing.cer` }),
      crlDistributionPoint(`${recipe.url}/crl/issuing.crl`),
    ],
  };
  return signCertificate(certificate, issuers.issuing.privateKey);
}

function websiteExtensions(recipe: EndEntityRecipe): readonly Uint8Array[] {
  return [
    keyUsage('digitalSignature'),
    extendedKeyUsage(oid.serverAuth, oid.clientAuth),
    recipe.defect?.sealedWebsite === true
      ? certificatePolicies(POLICY_QCP_L)
      : certificatePolicies(POLICY_QEVCP_W, POLICY_QCP_WEB_PSD2),
    alternativeNames({ dns: [domainName(recipe.organization)] }),
  ];
}

function sealExtensions(): readonly Uint8Array[] {
  return [keyUsage('digitalSignature', 'nonRepudiation'), certificatePolicies(POLICY_QCP_L)];
}

function qcType(recipe: EndEntityRecipe, forWebsite: boolean): string {
  return forWebsite && recipe.defect?.sealedWebsite !== true ? oid.qcTypeWeb : oid.qcTypeEseal;
}

function subjectName(recipe: EndEntityRecipe, forWebsite: boolean): Uint8Array {
  const { organization, legalName } = recipe;
  const legalPerson = {
    countryName: organization.country,
    organizationName: legalName,
    organizationIdentifier: organization.text,
  };
  return forWebsite
    ? distinguishedName({
        ...legalPerson,
        businessCategory: 'Private Organization',
        jurisdictionCountryName: organization.country,
        commonName: domainName(organization),
      })
    : distinguishedName({ ...legalPerson, commonName: legalName });
}

/** A name under a top-level domain that exists for examples only (RFC 2606). */
function domainName(organization: OrganizationIdentifier): string {
  const label = organization.number
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .join('-');
  return `tpp-${label.slice(0, 50)}.${organization.ncaId.toLowerCase()}.example`.replace('-.', '.');
}

function validity(recipe: EndEntityRecipe): { notBefore: Date; notAfter: Date } {
  switch (recipe.defect?.validity) {
    case 'past':
      return { notBefore: daysFrom(recipe.now, -375), notAfter: daysFrom(recipe.now, -10) };
    case 'future':
      return { notBefore: daysFrom(recipe.now, 30), notAfter: daysFrom(recipe.now, 395) };
    case undefined:
      return { notBefore: usualBeginning(recipe), notAfter: daysFrom(recipe.now, 365) };
  }
}

/**
 * A little in the past: the first use follows within a second, perhaps by a clock that is behind. But not in a time in which
 * the service had another status: by its beginning a certificate is judged as issued then.
 */
function usualBeginning({ now, serviceSince }: EndEntityRecipe): Date {
  const since = Math.min(serviceSince.getTime(), now.getTime());
  return new Date(Math.max(now.getTime() - 60_000, since));
}

function psd2Statement(recipe: EndEntityRecipe): Psd2Recipe | undefined {
  const fault = recipe.defect?.statement;
  if (fault === 'absent') {
    return undefined;
  }
  const ncaId = fault === 'foreign-authority' ? foreignAuthority(recipe.organization) : recipe.organization.ncaId;
  return {
    roles:
      fault === 'swapped-names'
        ? misnamed(recipe.roles)
        : recipe.roles.map((name) => ({ oid: pspRoles[name].oid, name })),
    ncaName: authorityName(ncaId),
    ncaId,
    flat: fault === 'flat',
  };
}

function foreignAuthority(organization: OrganizationIdentifier): string {
  return organization.country === 'DE' ? 'FR-ACPR' : 'DE-BAFIN';
}

/** Every role under the name of another role. */
function misnamed(roles: readonly PspRoleName[]): readonly PspRoleEntry[] {
  const names = Object.keys(pspRoles) as PspRoleName[];
  return roles.map((role) => ({
    oid: pspRoles[role].oid,
    name: names[(names.indexOf(role) + 1) % names.length] as PspRoleName,
  }));
}
