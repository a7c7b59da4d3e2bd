import { describe, expect, it } from 'vitest';
import { rsaKeys } from '../../../../tests/material/issue.js';
import {
  goodCertificate,
  goodEvidence,
  goodIssuer,
  goodService,
  now,
  policy,
  withCertificate,
} from '../../../../tests/material/qualification-evidence.js';
import { oid } from '../../certificate/object-identifiers.js';
import type { PathProblem } from '../../trust/certification-path.js';
import type { Evidence } from '../evidence.js';
import { pathStrongAlgorithms } from './path-strong-algorithms.js';
import { pathTrustedIssuer } from './path-trusted-issuer.js';
import { pathWellBuilt } from './path-well-built.js';

const rules = { trustedIssuer: pathTrustedIssuer, wellBuilt: pathWellBuilt, strongAlgorithms: pathStrongAlgorithms };

function outcomes(evidence: Evidence) {
  return Object.fromEntries(
    Object.entries(rules).map(([name, rule]) => [name, rule.judge(evidence, policy, now).outcome]),
  );
}

function withProblem(problem: PathProblem): Evidence {
  return { ...goodEvidence, path: { problem, detail: 'what went wrong' } };
}

describe('rules on the path', () => {
  it('hold for a path to a trust service', () => {
    expect(outcomes(goodEvidence)).toEqual({ trustedIssuer: 'pass', wellBuilt: 'pass', strongAlgorithms: 'pass' });
  });

  it.each(['no-issuer', 'signature'] as const)('%s: no trusted issuer (C39, C40, C43)', (problem) => {
    expect(outcomes(withProblem(problem))).toMatchObject({ trustedIssuer: 'fail', wellBuilt: 'not-applicable' });
  });

  it.each([
    'not-a-ca',
    'path-length',
    'key-usage',
    'name-constraints',
    'critical-extension',
    'duplicate-extension',
    'validity',
    'too-long',
  ] as const)('%s: the path is not well built (C44 to C49, C55)', (problem) => {
    expect(outcomes(withProblem(problem))).toMatchObject({ trustedIssuer: 'not-applicable', wellBuilt: 'fail' });
  });

  it('weak algorithms on the way are named as such (C51)', () => {
    expect(outcomes(withProblem('weak-algorithm'))).toEqual({
      trustedIssuer: 'not-applicable',
      wellBuilt: 'not-applicable',
      strongAlgorithms: 'fail',
    });
  });

  it('without trusted lists nobody is called untrusted', () => {
    const evidence: Evidence = { ...withProblem('no-issuer'), trust: { available: false, reason: 'not fetched yet' } };
    expect(outcomes(evidence)).toMatchObject({ trustedIssuer: 'not-applicable', wellBuilt: 'not-applicable' });
  });

  it('leaves a precertificate to its own rule', () => {
    const poisoned = withCertificate({ extensions: [{ oid: oid.ctPoison, critical: true, value: new Uint8Array() }] });
    const evidence = { ...poisoned, path: { problem: 'critical-extension', detail: 'poison' } } as const;
    expect(outcomes(evidence)).toMatchObject({ wellBuilt: 'not-applicable' });
  });

  const rsa = {
    ...goodCertificate.publicKey,
    spki: rsaKeys().spki,
    kind: 'rsa',
    curve: undefined,
    exponent: 65537,
  } as const;
  it.each([
    ['RSA 2048', 'pass', { publicKey: { ...rsa, modulusBits: 2048 } }],
    ['RSA 2047', 'fail', { publicKey: { ...rsa, modulusBits: 2047 } }],
    ['RSA 16384', 'fail', { publicKey: { ...rsa, modulusBits: 16_384 } }],
    ['RSA e=3', 'fail', { publicKey: { ...rsa, modulusBits: 2048, exponent: 3 } }],
    ['P-384', 'pass', { publicKey: { ...goodCertificate.publicKey, curve: '1.3.132.0.34' } }],
    ['secp256k1', 'fail', { publicKey: { ...goodCertificate.publicKey, curve: '1.3.132.0.10' } }],
    ['explicit curve', 'fail', { publicKey: { ...goodCertificate.publicKey, curve: undefined } }],
    ['SHA-1 with RSA', 'fail', { signatureAlgorithm: { oid: '1.2.840.113549.1.1.5', parameters: undefined } }],
    ['SHA-384 with ECDSA', 'pass', { signatureAlgorithm: { oid: '1.2.840.10045.4.3.3', parameters: undefined } }],
  ] as const)('%s: %s (C51)', (_, outcome, change) => {
    expect(pathStrongAlgorithms.judge(withCertificate(change), policy, now).outcome).toBe(outcome);
  });

  it('does not judge how the anchor was signed, but judges its key', () => {
    const anchor = { ...goodIssuer, signatureAlgorithm: { oid: '1.2.840.113549.1.1.5', parameters: undefined } };
    const evidence = { ...goodEvidence, path: { certificates: [goodCertificate, anchor], services: [goodService] } };
    expect(pathStrongAlgorithms.judge(evidence, policy, now).outcome).toBe('pass');
    const weakKey = { ...anchor, publicKey: { ...rsa, modulusBits: 1024 } };
    const weak = { ...goodEvidence, path: { certificates: [goodCertificate, weakKey], services: [goodService] } };
    expect(pathStrongAlgorithms.judge(weak, policy, now).outcome).toBe('fail');
  });
});
