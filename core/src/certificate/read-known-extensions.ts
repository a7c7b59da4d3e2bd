import {
  type DerElement,
  DerMembers,
  expectIdentifier,
  parseDer,
  refuseDer,
  verifyNesting,
} from '../asn1/der-reader.js';
import { contextConstructed, contextPrimitive, tag } from '../asn1/der-tag.js';
import { readBoolean, readNamedBits, readObjectIdentifier, readSmallInteger } from '../asn1/der-values.js';
import type { BasicConstraints, Certificate, Extension, GeneralName, KeyUsage } from './certificate.js';
import { oid } from './object-identifiers.js';
import { parseGeneralName, parseGeneralNames } from './parse-general-name.js';
import { parseQcStatements } from './parse-qc-statements.js';

/** The fields of a certificate that are read from its extensions. */
export type KnownExtensions = Pick<
  Certificate,
  | 'basicConstraints'
  | 'keyUsage'
  | 'extendedKeyUsage'
  | 'subjectKeyIdentifier'
  | 'authorityKeyIdentifier'
  | 'certificatePolicies'
  | 'subjectAlternativeNames'
  | 'ocspAddresses'
  | 'issuerAddresses'
  | 'crlAddresses'
  | 'qcStatements'
>;

/** Reads the extensions that Postern judges by (RFC 5280 clause 4.2.1); one that breaks its syntax refuses the certificate, qcStatements excepted. */
export function readKnownExtensions(extensions: readonly Extension[]): KnownExtensions {
  const known = new Map(extensions.map((extension) => [extension.oid, extension.value]));
  const read = <T>(id: string, name: string, reader: (element: DerElement) => T): T | undefined => {
    const value = known.get(id);
    return value === undefined ? undefined : reader(parseDer(value, name));
  };
  const access = read(oid.authorityInfoAccess, 'authorityInfoAccess', readAccessDescriptions) ?? [];
  return {
    basicConstraints: read(oid.basicConstraints, 'basicConstraints', readBasicConstraints),
    keyUsage: read(oid.keyUsage, 'keyUsage', readKeyUsage),
    extendedKeyUsage: read(oid.extendedKeyUsage, 'extKeyUsage', readExtendedKeyUsage),
    subjectKeyIdentifier: read(oid.subjectKeyIdentifier, 'subjectKeyIdentifier', readKeyIdentifier),
    authorityKeyIdentifier: read(oid.authorityKeyIdentifier, 'authorityKeyIdentifier', readAuthorityKeyIdentifier),
    certificatePolicies: read(oid.certificatePolicies, 'certificatePolicies', readPolicies) ?? [],
    subjectAlternativeNames: read(oid.subjectAlternativeName, 'subjectAltName', readSubjectAlternativeNames) ?? [],
    ocspAddresses: access.filter(({ method }) => method === accessMethod.ocsp).map(({ address }) => address),
    issuerAddresses: access.filter(({ method }) => method === accessMethod.issuers).map(({ address }) => address),
    crlAddresses: read(oid.crlDistributionPoints, 'cRLDistributionPoints', readCrlAddresses) ?? [],
    qcStatements: parseQcStatements(known.get(oid.qcStatements)),
  };
}

const accessMethod = { ocsp: '1.3.6.1.5.5.7.48.1', issuers: '1.3.6.1.5.5.7.48.2' };
const maximumEntries = 64;

const keyUsages: readonly KeyUsage[] = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];

function readBasicConstraints(element: DerElement): BasicConstraints {
  expectIdentifier(element, tag.sequence);
  const members = new DerMembers(element);
  const ca = members.optional(tag.boolean, 'cA');
  const pathLength = members.optional(tag.integer, 'pathLenConstraint');
  members.end();
  // cA FALSE is the default and not DER, yet it stands in so many certificates of real CAs that it is let through.
  const isCa = ca !== undefined && readBoolean(ca);
  if (pathLength !== undefined && !isCa) {
    refuseDer(element.name, 'pathLenConstraint without cA');
  }
  return { ca: isCa, pathLength: pathLength && readSmallInteger(pathLength) };
}

function readKeyUsage(element: DerElement): KeyUsage[] {
  expectIdentifier(element, tag.bitString);
  const usages = readNamedBits(element).map((position) => keyUsages[position]);
  if (usages.length === 0 || usages.includes(undefined)) {
    refuseDer(element.name, 'no bit is set, or one that has no meaning');
  }
  return usages.filter((usage) => usage !== undefined);
}

function readExtendedKeyUsage(element: DerElement): string[] {
  return sequenceOf(element, tag.objectIdentifier).map(readObjectIdentifier);
}

function readKeyIdentifier(element: DerElement): Uint8Array {
  expectIdentifier(element, tag.octetString);
  return element.content;
}

function readAuthorityKeyIdentifier(element: DerElement): Uint8Array | undefined {
  expectIdentifier(element, tag.sequence);
  const members = new DerMembers(element);
  const keyIdentifier = members.optional(contextPrimitive(0), element.name);
  const issuer = members.optional(contextConstructed(1), `${element.name}.authorityCertIssuer`);
  const serialNumber = members.optional(contextPrimitive(2), `${element.name}.authorityCertSerialNumber`);
  members.end();
  if ((issuer === undefined) !== (serialNumber === undefined)) {
    refuseDer(element.name, 'authorityCertIssuer and authorityCertSerialNumber stand together or not at all');
  }
  if (issuer !== undefined) {
    parseGeneralNames(issuer);
  }
  return keyIdentifier?.content;
}

function readPolicies(element: DerElement): string[] {
  const policies = sequenceOf(element, tag.sequence).map((policy) => {
    const members = new DerMembers(policy);
    const identifier = readObjectIdentifier(members.next(tag.objectIdentifier, 'policyIdentifier'));
    const qualifiers = members.optional(tag.sequence, 'policyQualifiers');
    members.end();
    if (qualifiers !== undefined) {
      verifyNesting(qualifiers);
    }
    return identifier;
  });
  if (new Set(policies).size !== policies.length) {
    refuseDer(element.name, 'a policy is there twice');
  }
  return policies;
}

function readSubjectAlternativeNames(element: DerElement): GeneralName[] {
  expectIdentifier(element, tag.sequence);
  return parseGeneralNames(element);
}

function readAccessDescriptions(element: DerElement): { method: string; address: string }[] {
  return sequenceOf(element, tag.sequence).flatMap((description) => {
    const members = new DerMembers(description);
    const method = readObjectIdentifier(members.next(tag.objectIdentifier, 'accessMethod'));
    const location = parseGeneralName(members.any('accessLocation'));
    members.end();
    return location.kind === 'uri' ? [{ method, address: location.value }] : [];
  });
}

/** Addresses of points that carry the full list for all reasons; others cannot answer alone (RFC 5280 clause 4.2.1.13). */
function readCrlAddresses(element: DerElement): string[] {
  return sequenceOf(element, tag.sequence).flatMap((point) => {
    const members = new DerMembers(point);
    const name = members.optional(contextConstructed(0), 'distributionPoint');
    const reasons = members.optional(contextPrimitive(1), 'reasons');
    const issuer = members.optional(contextConstructed(2), 'cRLIssuer');
    members.end();
    const usable = name !== undefined && reasons === undefined && issuer === undefined;
    return usable ? readFullName(name) : [];
  });
}

function readFullName(element: DerElement): string[] {
  const fullName = parseDer(element.content, element.name);
  if (fullName.identifier !== contextConstructed(0)) {
    return [];
  }
  return parseGeneralNames(fullName).flatMap((name) => (name.kind === 'uri' ? [name.value] : []));
}

/** SEQUENCE SIZE (1..MAX) OF one type. */
function sequenceOf(element: DerElement, identifier: number): DerElement[] {
  expectIdentifier(element, tag.sequence);
  const members = new DerMembers(element).rest(element.name, maximumEntries, identifier);
  if (members.length === 0) {
    refuseDer(element.name, 'the list is empty');
  }
  return members;
}
