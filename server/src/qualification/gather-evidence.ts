import type { Certificate } from '@postern/core/certificate/certificate.js';
import {
  type OrganizationIdentifier,
  parseOrganizationIdentifier,
  readOrganizationIdentifier,
} from '@postern/core/certificate/organization-identifier.js';
import type { Evidence, IntendedUse, TrustEvidence } from '@postern/core/qualification/evidence.js';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { RegistrationReference } from '@postern/core/register/match-organization.js';
import type { RegisterAnswer } from '@postern/core/register/register-entity.js';
import type { RevocationAnswer } from '@postern/core/revocation/revocation-answer.js';
import { buildPath } from '@postern/core/trust/build-path.js';
import type { CertificationPath, PathFailure } from '@postern/core/trust/certification-path.js';
import type { TrustSnapshot } from '@postern/core/trust/trust-service.js';
import type { TrustServiceIndex } from '@postern/core/trust/trust-service-index.js';
import { parsePooledCertificate } from './parse-pooled-certificate.js';

/** The trust data in force, or why there is none. */
export type TrustView =
  | { readonly available: true; readonly snapshot: TrustSnapshot; readonly index: TrustServiceIndex }
  | { readonly available: false; readonly reason: string };

/** Where evidence comes from. */
export interface EvidenceSources {
  readonly trust: { current(): TrustView };
  readonly register: { lookup(reference: RegistrationReference | undefined): RegisterAnswer };
  readonly revocation: { statusOf(path: CertificationPath, now: Date): Promise<PathStatus> };
  /** Authorisation numbers "PSDFR-ACPR-12345" by the identifiers, of any form, that the operator has agreed with third parties. */
  readonly identifierMappings?: Readonly<Record<string, string>>;
}

export interface PathStatus {
  readonly answers: readonly RevocationAnswer[];
  /** Changes whenever the status of a certificate on the path does. */
  readonly version: string;
}

/** Evidence, and the version of the part of it that has none of its own. */
export interface Gathered {
  readonly evidence: Evidence;
  readonly revocationVersion: string;
}

/** Certificates as they were presented, end entity first, and what for. */
export interface Presentation {
  readonly presented: readonly Uint8Array[];
  readonly use: IntendedUse;
  readonly now: Date;
}

const maxPresented = 10;
/** Nobody needs so many, and each may be on a curve that is slow to calculate with: no signature is verified. */
const longerThanAny: PathFailure = {
  problem: 'too-long',
  detail: `more than ${maxPresented} certificates were presented`,
};

/**
 * Gathers everything that a qualification is decided on. All waiting is here: for revocation sources, and only once the path
 * has verified, because the addresses stand in the certificates. Rejects with `Refusal` when no end entity can be read.
 */
export async function gatherEvidence(
  { presented, use, now }: Presentation,
  sources: EvidenceSources,
): Promise<Gathered> {
  const [certificate, ...others] = parsePresented(presented);
  const view = sources.trust.current();
  const path = presented.length > maxPresented ? longerThanAny : findPath(certificate, others, { view, now });
  const status = 'certificates' in path ? await sources.revocation.statusOf(path, now) : noStatus;
  const mappedIdentifier = mappingOf(certificate, sources.identifierMappings ?? {});
  const evidence: Evidence = {
    use,
    certificate,
    ...(mappedIdentifier === undefined ? {} : { mappedIdentifier }),
    presented: others,
    path,
    trust: readTrustEvidence(view, path),
    revocation: status.answers,
    register: sources.register.lookup(readReference(certificate, mappedIdentifier)),
  };
  return { evidence, revocationVersion: status.version };
}

const noStatus: PathStatus = { answers: [], version: '' };

/** What else is sent beside the end entity and cannot be read can be of no use on a path, and is left out. */
function parsePresented([leaf, ...others]: readonly Uint8Array[]): readonly [Certificate, ...Certificate[]] {
  if (leaf === undefined) throw new Refusal('CERTIFICATE_MISSING', 'No certificate was presented.');
  return [parsePooledCertificate(leaf), ...others.slice(0, maxPresented - 1).flatMap(parseIfReadable)];
}

function parseIfReadable(der: Uint8Array): readonly Certificate[] {
  try {
    return [parsePooledCertificate(der)];
  } catch (refusal) {
    if (refusal instanceof Refusal) return [];
    throw refusal;
  }
}

interface Occasion {
  readonly view: TrustView;
  readonly now: Date;
}

function findPath(
  leaf: Certificate,
  others: readonly Certificate[],
  { view, now }: Occasion,
): CertificationPath | PathFailure {
  if (!view.available) return { problem: 'no-issuer', detail: view.reason };
  return buildPath(leaf, others, { anchors: view.index, at: now });
}

/** The lists that speak: the list of lists, and those on which the services at the end of the path stand. */
function readTrustEvidence(view: TrustView, path: CertificationPath | PathFailure): TrustEvidence {
  if (!view.available) return view;
  const territories = new Set('certificates' in path ? path.services.map(({ territory }) => territory) : []);
  const [lotl, ...national] = view.snapshot.lists;
  const lists = [
    ...(lotl === undefined ? [] : [lotl]),
    ...national.filter(({ territory }) => territories.has(territory)),
  ];
  return { available: true, version: view.snapshot.version, lists };
}

function mappingOf(certificate: Certificate, mappings: Readonly<Record<string, string>>): string | undefined {
  const identifier = readOrganizationIdentifier(certificate);
  if (identifier.kind !== 'psd' && identifier.kind !== 'other') return undefined;
  return Object.hasOwn(mappings, identifier.text) ? mappings[identifier.text] : undefined;
}

function readReference(certificate: Certificate, mapped: string | undefined): RegistrationReference | undefined {
  const identifier: OrganizationIdentifier =
    mapped === undefined ? readOrganizationIdentifier(certificate) : parseOrganizationIdentifier(mapped);
  return identifier.kind === 'psd' ? identifier : undefined;
}
