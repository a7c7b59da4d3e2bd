import { type KeyObject, randomBytes } from 'node:crypto';
import { nullValue } from '@postern/core/asn1/der-writer.js';
import { oid } from '@postern/core/certificate/object-identifiers.js';
import { distinguishedName } from '@postern/core/issuance/distinguished-name.js';
import {
  authorityInformationAccess,
  authorityKeyIdentifier,
  caConstraints,
  certificatePolicies,
  extendedKeyUsage,
  extension,
  keyUsage,
  subjectKeyIdentifier,
} from '@postern/core/issuance/extensions.js';
import { type CertificateRecipe, signCertificate } from '@postern/core/issuance/sign-certificate.js';
import type { Credential } from './credential-file.js';
import { type SandboxPlace, statusAddresses } from './sandbox-place.js';

const anyPolicy = '2.5.29.32.0';
/** Any, because real policies stand below; and the mark by which production knows every one of them. */
const authorityPolicies = [anyPolicy, oid.policyTestsOnly] as const;
const rootDays = 7_300;
const issuingDays = 1_460;
const responderDays = 365;
const unlistedDays = 30;
const dayMilliseconds = 86_400_000;

export function daysAfter(instant: Date, days: number): Date {
  return new Date(instant.getTime() + days * dayMilliseconds);
}

/** 16 octets of which 126 bits are random; positive, and of one length always. */
export function randomSerialNumber(): Uint8Array {
  const octets = randomBytes(16);
  octets[0] = ((octets[0] ?? 0) & 0x3f) | 0x40;
  return octets;
}

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** The self-signed root of a sandbox, DER. */
export function recipeOfRoot(place: SandboxPlace, key: KeyPair, now: Date): Uint8Array {
  return signOwn(authorityName(place, 'Root CA'), key, { ...usual(now, rootDays), extensions: ofAuthority(key) });
}

/** An authority that nobody trusts, self-signed, DER, for a certificate that must be refused for it. */
export function recipeOfUnlisted(place: SandboxPlace, key: KeyPair, now: Date): Uint8Array {
  const name = authorityName(place, 'unlisted CA');
  return signOwn(name, key, { ...usual(now, unlistedDays), extensions: ofAuthority(key, 0) });
}

/** An issuing CA under the root, DER; each has its own number in its name. */
export function recipeOfIssuing(
  { place, root, number }: { place: SandboxPlace; root: Credential; number: number },
  key: KeyPair,
  now: Date,
): Uint8Array {
  const recipe = {
    ...usual(now, issuingDays),
    issuer: root.certificate.subject.der,
    subject: authorityName(place, `Issuing CA ${number}`),
    publicKey: key.publicKey,
    extensions: [
      ...ofAuthority(key, 0),
      authorityKeyIdentifier(root.publicKey),
      authorityInformationAccess({ issuer: statusAddresses(place, number).root }),
    ],
  };
  return signCertificate(recipe, root.privateKey);
}

/** The delegated OCSP responder (RFC 6960 section 4.2.2.2) of an issuing CA, DER. */
export function recipeOfResponder(place: SandboxPlace, issuing: Credential, { key, now }: { key: KeyPair; now: Date }) {
  const end = daysAfter(now, responderDays);
  const recipe = {
    ...usual(now, responderDays),
    notAfter: end < issuing.certificate.notAfter ? end : issuing.certificate.notAfter,
    issuer: issuing.certificate.subject.der,
    subject: authorityName(place, 'OCSP'),
    publicKey: key.publicKey,
    extensions: [
      keyUsage('digitalSignature'),
      extendedKeyUsage(oid.ocspSigning),
      extension(oid.ocspNoCheck, nullValue()),
      subjectKeyIdentifier(key.publicKey),
      authorityKeyIdentifier(issuing.publicKey),
    ],
  };
  return signCertificate(recipe, issuing.privateKey);
}

function signOwn(name: Uint8Array, key: KeyPair, recipe: Omit<CertificateRecipe, 'issuer' | 'subject' | 'publicKey'>) {
  return signCertificate({ ...recipe, issuer: name, subject: name, publicKey: key.publicKey }, key.privateKey);
}

/** What every authority of a sandbox has in its certificate. */
function ofAuthority({ publicKey }: KeyPair, mostBelow?: number): readonly Uint8Array[] {
  return [
    caConstraints(mostBelow),
    keyUsage('keyCertSign', 'cRLSign'),
    certificatePolicies(...authorityPolicies),
    subjectKeyIdentifier(publicKey),
  ];
}

function usual(now: Date, days: number) {
  return { serialNumber: randomSerialNumber(), notBefore: daysAfter(now, -1), notAfter: daysAfter(now, days) };
}

/** Every name says what it is not good for. */
function authorityName({ brand, brandName, authority }: SandboxPlace, role: string): Uint8Array {
  return distinguishedName({
    countryName: authority.slice(0, 2),
    organizationName: `${brandName.slice(0, 40)} (sandbox, tests only)`,
    commonName: `${brand} sandbox ${role}`.slice(0, 64),
  });
}
