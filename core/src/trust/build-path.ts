import type { Certificate, PublicKey } from '../certificate/certificate.js';
import { namesEqual } from '../certificate/compare-names.js';
import { renderName } from '../certificate/render-name.js';
import { verifySignature } from '../certificate/verify-signature.js';
import type { CertificationPath, PathFailure, PathProblem } from './certification-path.js';
import { judgePath } from './judge-path.js';
import { anchorsNamed, isSameEntity, type TrustAnchor, type TrustServiceIndex } from './trust-service-index.js';

const maximumLength = 6;
/** In checks of P-256. A path of six certificates with keys of P-384 fits, and one of four with keys of P-521. */
const maximumCheckCost = 32;

export interface PathOptions {
  readonly anchors: TrustServiceIndex;
  /** When the issuers on the path must be valid. */
  readonly at: Date;
}

/**
 * Finds a path from a certificate over some of those presented to the CA certificate of a trust service, and judges it (RFC 5280 clause 6).
 * Bounded: 6 certificates, 32 signature checks of the cost of P-256 and fewer of dearer ones. A failure is that of the candidate that came furthest.
 */
export function buildPath(
  leaf: Certificate,
  presented: readonly Certificate[],
  { anchors, at }: PathOptions,
): CertificationPath | PathFailure {
  const search: Search = { anchors, at, presented, costLeft: maximumCheckCost, closest: undefined };
  return extend(search, [leaf]) ?? search.closest ?? noIssuer(leaf);
}

interface Search {
  readonly anchors: TrustServiceIndex;
  readonly at: Date;
  readonly presented: readonly Certificate[];
  costLeft: number;
  closest: PathFailure | undefined;
}

/** Anchors come first, and a key that is an anchor's is one only as such: what a service signs is judged by that service. */
function extend(search: Search, below: readonly Certificate[]): CertificationPath | undefined {
  const top = below[below.length - 1] as Certificate;
  const anchors = anchorsNamed(search.anchors, top.issuer);
  for (const anchor of anchors) {
    const path = endAt(search, below, anchor);
    if (path !== undefined) return path;
  }
  if (below.length >= maximumLength - 1) {
    note(search, 'too-long', () => `no trust service within ${maximumLength} certificates`);
    return undefined;
  }
  for (const candidate of search.presented) {
    if (!mayBeIssuer(candidate, top) || below.some((certificate) => isSameEntity(certificate, candidate))) continue;
    if (anchorsNamed(search.anchors, candidate.subject).some((anchor) => isAnchorKey(anchor, candidate))) continue;
    const path = isSignedBy(search, top, candidate.publicKey) ? extend(search, [...below, candidate]) : undefined;
    if (path !== undefined) return path;
  }
  return undefined;
}

function endAt(search: Search, below: readonly Certificate[], anchor: TrustAnchor): CertificationPath | undefined {
  const top = below[below.length - 1] as Certificate;
  const [first] = anchor.certificates;
  if (first === undefined) return undefined;
  if (isSameEntity(first, top)) {
    note(search, 'no-issuer', () => 'the certificate is itself that of a trust service');
    return undefined;
  }
  if (!isSignedBy(search, top, first.publicKey)) return undefined;
  for (const certificate of anchor.certificates) {
    const certificates = [...below, certificate];
    const failure = judgePath(certificates, search.at);
    if (failure === undefined) return { certificates, services: anchor.services };
    note(search, failure.problem, () => failure.detail);
  }
  return undefined;
}

function isSignedBy(search: Search, certificate: Certificate, publicKey: PublicKey): boolean {
  const cost = costOf(publicKey);
  if (search.costLeft < cost) {
    note(search, 'too-long', () => 'more signatures to check than a path can need');
    return false;
  }
  search.costLeft -= cost;
  const verdict = verifySignature(certificate, publicKey);
  if (verdict.outcome === 'weak') {
    note(search, 'weak-algorithm', () => `${renderName(certificate.subject)}: ${verdict.detail}`);
  } else if (verdict.outcome === 'invalid') {
    const text = () =>
      `the signature on ${renderName(certificate.subject)} is not that of ${renderName(certificate.issuer)}`;
    note(search, 'signature', text);
  }
  return verdict.outcome === 'valid';
}

/**
 * What a signature check costs with its key made, in checks of P-256, as OpenSSL 3.5 does them: the presenter chooses the keys, and
 * must not buy time with them.
 */
function costOf({ kind, curve, modulusBits }: PublicKey): number {
  if (kind === 'rsa') return (modulusBits ?? 0) > 4096 ? 2 : 1;
  return kind === 'ec' ? (curveCosts.get(curve) ?? 1) : 1;
}

const curveCosts: ReadonlyMap<string | undefined, number> = new Map([
  ['1.3.132.0.34', 6],
  ['1.3.132.0.35', 10],
]);

/** Same name, and the same key identifier where both say one: what was presented may not cost more checks than that. */
function mayBeIssuer(candidate: Certificate, subject: Certificate): boolean {
  const wanted = subject.authorityKeyIdentifier;
  const own = candidate.subjectKeyIdentifier;
  if (wanted !== undefined && own !== undefined && Buffer.compare(wanted, own) !== 0) return false;
  return namesEqual(candidate.subject, subject.issuer);
}

function isAnchorKey(anchor: TrustAnchor, candidate: Certificate): boolean {
  return anchor.certificates.some((certificate) => isSameEntity(certificate, candidate));
}

function noIssuer(leaf: Certificate): PathFailure {
  return {
    problem: 'no-issuer',
    detail: `no trust service, and no certificate presented, is ${renderName(leaf.issuer)}`,
  };
}

const nearness: Readonly<Record<PathProblem, number>> = {
  'no-issuer': 0,
  signature: 1,
  'too-long': 2,
  validity: 3,
  'weak-algorithm': 4,
  'not-a-ca': 4,
  'path-length': 4,
  'key-usage': 4,
  'name-constraints': 4,
  'critical-extension': 4,
  'duplicate-extension': 4,
};

/** The words are made for a failure that is nearer than those before: many may fail, with names that somebody made long. */
function note(search: Search, problem: PathProblem, describe: () => string): void {
  if (search.closest === undefined || nearness[problem] > nearness[search.closest.problem]) {
    search.closest = { problem, detail: describe() };
  }
}
