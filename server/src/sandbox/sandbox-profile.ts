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
} from '@postern/core/issuance/extensions.js';
import { qcStatements } from '@postern/core/issuance/qc-statements.js';
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

/**
 * The policy of every certificate that is for tests only, under the arc of UUIDs (ITU-T X.667): no authority outside of a sandbox
 * writes it.
 */
export const testPolicy = '2.25.216312947330925118730275168542931750642';

const roleOids = { PSP_PI: oid.rolePspPi, PSP_AI: oid.rolePspAi, PSP_IC: oid.rolePspIc } as const;

/**
 * A certificate like a QWAC (EN 319 412-4) or a QSealC (EN 319 412-3) with the PSD2 profile of TS 119 495, under the test authority;
 * DER. It ends after `certificateDays`, or with its issuer.
 */
export function issueTestCertificate(
  order: TestCertificateOrder,
  { place, issuer, certificateDays }: { place: SandboxPlace; issuer: SandboxIssuer; certificateDays: number },
  now: Date,
): Uint8Array {
  const { certificate, publicKey: issuerKey, privateKey } = issuer.credential;
  const publicKey = createPublicKey({ key: Buffer.from(order.publicKey.spki), format: 'der', type: 'spki' });
  const end = daysAfter(now, certificateDays);
  const recipe = {
    serialNumber: randomSerialNumber(),
    issuer: certificate.subject.der,
    subject: subjectOf(order, place),
    publicKey,
    // A little in the past: the first use follows within a second, perhaps by a clock that is behind.
    notBefore: new Date(Math.max(now.getTime() - 60_000, certificate.notBefore.getTime())),
    notAfter: end < certificate.notAfter ? end : certificate.notAfter,
    extensions: extensionsOf(order, { place, issuer, publicKey, issuerKey }),
  };
  return signCertificate(recipe, privateKey);
}

interface Parties {
  readonly place: SandboxPlace;
  readonly issuer: SandboxIssuer;
  readonly publicKey: KeyObject;
  readonly issuerKey: KeyObject;
}

function extensionsOf(order: TestCertificateOrder, { place, issuer, publicKey, issuerKey }: Parties) {
  const forWebsite = order.kind === 'qwac';
  const addresses = statusAddresses(place, issuer.number);
  return [
    authorityKeyIdentifier(issuerKey),
    subjectKeyIdentifier(publicKey),
    ...(forWebsite ? websiteExtensions(order, place) : sealExtensions()),
    qcStatements({
      qcType: forWebsite ? oid.qcTypeWeb : oid.qcTypeEseal,
      disclosures: addresses.disclosures,
      psd2: {
        roles: order.roles.map((name) => ({ oid: roleOids[name], name })),
        ncaName: `Test authority of the sandbox of ${place.brandName}`,
        ncaId: place.authority,
        flat: false,
      },
    }),
    authorityInformationAccess({ ocsp: addresses.ocsp, issuer: addresses.issuer }),
    crlDistributionPoint(addresses.crl),
  ];
}

function websiteExtensions(order: TestCertificateOrder, place: SandboxPlace): readonly Uint8Array[] {
  return [
    keyUsage('digitalSignature'),
    extendedKeyUsage(oid.serverAuth, oid.clientAuth),
    certificatePolicies(testPolicy, oid.policyWebExtended, oid.policyWebPsd2),
    alternativeNames({ dns: [domainOf(order, place)] }),
  ];
}

function sealExtensions(): readonly Uint8Array[] {
  return [keyUsage('digitalSignature', 'nonRepudiation'), certificatePolicies(testPolicy, oid.policyLegal)];
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
