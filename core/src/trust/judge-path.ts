import type { Certificate } from '../certificate/certificate.js';
import { namesEqual } from '../certificate/compare-names.js';
import { keyWeakness } from '../certificate/key-weakness.js';
import { oid } from '../certificate/object-identifiers.js';
import { renderName } from '../certificate/render-name.js';
import { verificationKeyOf } from '../certificate/verification-key.js';
import { Refusal } from '../refusal/refusal.js';
import type { PathFailure, PathProblem } from './certification-path.js';
import { extensionOid, understoodWhenCritical } from './extension-oid.js';
import { judgeNames } from './judge-names.js';
import { judgePolicies } from './judge-policies.js';
import { parseNameConstraints } from './parse-name-constraints.js';

const maximumNameComparisons = 65_536;

/**
 * Judges a path whose signatures are verified, end entity first and anchor last, after RFC 5280 clause 6.1; undefined if it holds.
 * The anchor is judged like any CA. The end entity's own validity is left to the rules of qualification.
 */
export function judgePath(path: readonly Certificate[], at: Date): PathFailure | undefined {
  for (const [index, certificate] of [...path.entries()].reverse()) {
    const failure =
      judgeAnywhere(certificate) ??
      (index < path.length - 1 ? judgeAuthorityKey(certificate) : undefined) ??
      (index === 0 ? judgeEndEntity(certificate) : judgeIssuer(path, index, at));
    if (failure !== undefined) {
      return { problem: failure.problem, detail: `${renderName(certificate.subject)}: ${failure.detail}` };
    }
  }
  return (
    attempt('name-constraints', () => judgeNameConstraints(path)) ??
    attempt('critical-extension', () => judgePolicies(path))
  );
}

/** Extensions that confine what is below them: one that a reader may pass over confines nothing (RFC 5280 clauses 4.2.1.11 and 14). */
const alwaysCritical: ReadonlySet<string> = new Set(Object.values(extensionOid));

function judgeAnywhere({ extensions, publicKey, keyUsage, basicConstraints }: Certificate): PathFailure | undefined {
  const unknown = extensions.find((extension) => extension.critical && !understoodWhenCritical.has(extension.oid));
  if (unknown !== undefined) {
    return failure('critical-extension', `the critical extension ${unknown.oid} is not understood`);
  }
  const careless = extensions.find((extension) => !extension.critical && alwaysCritical.has(extension.oid));
  if (careless !== undefined) {
    return failure('critical-extension', `the extension ${careless.oid} is not marked critical`);
  }
  if (extensions.some((extension) => extension.oid === oid.ctPoison)) {
    return failure('critical-extension', 'it is a precertificate of Certificate Transparency');
  }
  const weakness = keyWeakness(publicKey);
  if (weakness !== undefined) return failure('weak-algorithm', weakness);
  if (verificationKeyOf(publicKey) === undefined) return failure('weak-algorithm', 'its public key is not a key');
  if (keyUsage?.includes('keyCertSign') && basicConstraints?.ca !== true) {
    return failure('key-usage', 'keyCertSign is set, and cA is not');
  }
  return undefined;
}

/** Mandatory in everything that a CA issues (RFC 5280 clause 4.2.1.1). */
function judgeAuthorityKey({ authorityKeyIdentifier }: Certificate): PathFailure | undefined {
  return authorityKeyIdentifier === undefined
    ? failure('no-issuer', 'the authorityKeyIdentifier is missing')
    : undefined;
}

function judgeEndEntity({ extensions }: Certificate): PathFailure | undefined {
  if (extensions.some((extension) => extension.oid === oid.nameConstraints)) {
    return failure('name-constraints', 'nameConstraints stand in the certificate of an end entity');
  }
  return undefined;
}

function judgeIssuer(path: readonly Certificate[], index: number, at: Date): PathFailure | undefined {
  const issuer = path[index] as Certificate;
  const { basicConstraints, keyUsage, subject, subjectKeyIdentifier, notBefore, notAfter } = issuer;
  if (basicConstraints?.ca !== true || !isCritical(issuer, oid.basicConstraints)) {
    return failure('not-a-ca', 'basicConstraints do not say, as critical, that it is a CA');
  }
  if (subject.rdns.length === 0 || subjectKeyIdentifier === undefined) {
    return failure('not-a-ca', 'a CA has a name and a subjectKeyIdentifier');
  }
  if (keyUsage !== undefined && !keyUsage.includes('keyCertSign')) {
    return failure('key-usage', 'it may not sign certificates (keyCertSign)');
  }
  // Validity counts in whole seconds: an end of 12:00:00 lasts until that second is over.
  if (at < notBefore || Math.floor(at.getTime() / 1000) * 1000 > notAfter.getTime()) {
    return failure('validity', `it is valid from ${notBefore.toISOString()} to ${notAfter.toISOString()}`);
  }
  const below = path
    .slice(1, index)
    .filter((certificate) => !namesEqual(certificate.issuer, certificate.subject)).length;
  if (basicConstraints.pathLength !== undefined && below > basicConstraints.pathLength) {
    return failure('path-length', `${below} CAs follow where ${basicConstraints.pathLength} may`);
  }
  return undefined;
}

/** Self-issued CAs are exempt, the end entity never is (RFC 5280 clause 6.1.3 b). */
function judgeNameConstraints(path: readonly Certificate[]): string | undefined {
  const budget = { left: maximumNameComparisons };
  for (const [index, issuer] of path.entries()) {
    const extension = issuer.extensions.find((candidate) => candidate.oid === oid.nameConstraints);
    if (extension === undefined) continue;
    const constraints = parseNameConstraints(extension.value);
    for (const [position, certificate] of path.slice(0, index).entries()) {
      if (position > 0 && namesEqual(certificate.issuer, certificate.subject)) continue;
      const problem = judgeNames(certificate, constraints, budget);
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

function attempt(problem: PathProblem, judge: () => string | undefined): PathFailure | undefined {
  try {
    const detail = judge();
    return detail === undefined ? undefined : failure(problem, detail);
  } catch (error) {
    if (error instanceof Refusal) return failure(problem, error.message);
    throw error;
  }
}

function isCritical({ extensions }: Certificate, id: string): boolean {
  return extensions.some((extension) => extension.oid === id && extension.critical);
}

function failure(problem: PathProblem, detail: string): PathFailure {
  return { problem, detail };
}
