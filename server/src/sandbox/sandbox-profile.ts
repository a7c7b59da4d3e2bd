import { createPublicKey, type KeyObject } from 'node:crypto';
import type { PublicKey } from '@postern/core/certificate/certificate.js';
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
  type WrittenKeyUsage,
} from '@postern/core/issuance/extensions.js';
import { type PspRoleEntry, qcStatements } from '@postern/core/issuance/qc-statements.js';
import { signCertificate } from '@postern/core/issuance/sign-certificate.js';
import type { TppRole } from '@postern/core/register/tpp-role.js';
import { daysAfter, randomSerialNumber } from './authority-recipes.js';
import type { SandboxIssuer } from './open-authority.js';
import { type SandboxPlace, statusAddresses } from './sandbox-place.js';

/** What is decided about a test certificate; nothing of it is taken from the certification request but the key. */
export interface TestCertificateOrder {
  readonly kind: 'qwac' | 'qsealc';
  readonly publicKey: PublicKey;
  /** "PSDFR-TEST-482715960374" */
  readonly organizationIdentifier: string;
  readonly organizationName: string;
  readonly roles: readonly TppRole[];
}

const roleOids = { PSP_PI: oid.rolePspPi, PSP_AI: oid.rolePspAi, PSP_IC: oid.rolePspIc } as const;

/** What a certificate is made of, before it is signed. */
export interface Anatomy {
  readonly order: TestCertificateOrder;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly keyUsages: readonly WrittenKeyUsage[];
  /** Extended key usages; none leaves the extension out. */
  readonly purposes: readonly string[];
  readonly policies: readonly string[];
  readonly qcType: string;
  readonly psd2: { readonly roles: readonly PspRoleEntry[]; readonly flat: boolean } | undefined;
}

interface Issuance {
  readonly place: SandboxPlace;
  readonly issuer: SandboxIssuer;
  readonly certificateDays: number;
  /** What is to be broken on purpose. */
  readonly change?: (anatomy: Anatomy) => Partial<Anatomy>;
}

/**
 * A certificate like a QWAC (EN 319 412-4) or a QSealC (EN 319 412-3) with the PSD2 profile of TS 119 495, under the test authority;
 * DER. It ends after `certificateDays`, or with its issuer.
 */
export function issueTestCertificate(order: TestCertificateOrder, issuance: Issuance, now: Date): Uint8Array {
  const { place, issuer, change = () => ({}) } = issuance;
  const { certificate, publicKey: issuerKey, privateKey } = issuer.credential;
  const publicKey = createPublicKey({ key: Buffer.from(order.publicKey.spki), format: 'der', type: 'spki' });
  const usual = describeTestCertificate(order, issuance, now);
  const anatomy = { ...usual, ...change(usual) };
  const recipe = {
    serialNumber: randomSerialNumber(),
    issuer: certificate.subject.der,
    subject: subjectOf(anatomy.order, place),
    publicKey,
    notBefore: anatomy.notBefore,
    notAfter: anatomy.notAfter,
    extensions: extensionsOf(anatomy, { place, issuer, publicKey, issuerKey }),
  };
  return signCertificate(recipe, privateKey);
}

function describeTestCertificate(
  order: TestCertificateOrder,
  { issuer: { credential }, certificateDays }: Issuance,
  now: Date,
): Anatomy {
  const { notBefore, notAfter } = credential.certificate;
  const forWebsite = order.kind === 'qwac';
  const end = daysAfter(now, certificateDays);
  return {
    order,
    // A little in the past: the first use follows within a second, perhaps by a clock that is behind.
    notBefore: new Date(Math.max(now.getTime() - 60_000, notBefore.getTime())),
    notAfter: end < notAfter ? end : notAfter,
    keyUsages: forWebsite ? ['digitalSignature'] : ['digitalSignature', 'nonRepudiation'],
    purposes: forWebsite ? [oid.serverAuth, oid.clientAuth] : [],
    policies: forWebsite ? websitePolicies : sealPolicies,
    qcType: forWebsite ? oid.qcTypeWeb : oid.qcTypeEseal,
    psd2: { roles: order.roles.map((name) => ({ oid: roleOids[name], name })), flat: false },
  };
}

const websitePolicies = [oid.policyTestsOnly, oid.policyWebExtended, oid.policyWebPsd2];
const sealPolicies = [oid.policyTestsOnly, oid.policyLegal];

interface Parties {
  readonly place: SandboxPlace;
  readonly issuer: SandboxIssuer;
  readonly publicKey: KeyObject;
  readonly issuerKey: KeyObject;
}

function extensionsOf(anatomy: Anatomy, { place, issuer, publicKey, issuerKey }: Parties) {
  const { order, psd2, purposes } = anatomy;
  const addresses = statusAddresses(place, issuer.number);
  const authority = { ncaName: `Test authority of the sandbox of ${place.brandName}`, ncaId: place.authority };
  return [
    authorityKeyIdentifier(issuerKey),
    subjectKeyIdentifier(publicKey),
    keyUsage(...anatomy.keyUsages),
    ...(purposes.length === 0 ? [] : [extendedKeyUsage(...purposes)]),
    certificatePolicies(...anatomy.policies),
    ...(order.kind === 'qwac' ? [alternativeNames({ dns: [domainOf(order, place)] })] : []),
    qcStatements({
      qcType: anatomy.qcType,
      disclosures: addresses.disclosures,
      psd2: psd2 && { ...psd2, ...authority },
    }),
    authorityInformationAccess({ ocsp: addresses.ocsp, issuer: addresses.issuer }),
    crlDistributionPoint(addresses.crl),
  ];
}

function subjectOf(order: TestCertificateOrder, place: SandboxPlace): Uint8Array {
  const { organizationName, organizationIdentifier } = order;
  const country = place.authority.slice(0, 2);
  const legalPerson = { countryName: country, organizationName, organizationIdentifier };
  return order.kind === 'qwac'
    ? distinguishedName({
        ...legalPerson,
        businessCategory: 'Private Organization',
        jurisdictionCountryName: country,
        commonName: domainOf(order, place),
      })
    : distinguishedName({ ...legalPerson, commonName: organizationName });
}

/** A name under a top-level domain that exists for tests only (RFC 2606): whatever a request asks for, it is nobody's. */
function domainOf({ organizationIdentifier }: TestCertificateOrder, { brand }: SandboxPlace): string {
  const number = organizationIdentifier.slice(organizationIdentifier.lastIndexOf('-') + 1);
  return `tpp-${number}.${brand}.test`;
}
