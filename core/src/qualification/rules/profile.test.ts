import { describe, expect, it } from 'vitest';
import {
  goodEvidence,
  now,
  policy,
  withCertificate,
  withStatements,
} from '../../../../tests/material/qualification-evidence.js';
import { oid } from '../../certificate/object-identifiers.js';
import type { Evidence } from '../evidence.js';
import type { Rule } from '../rule.js';
import { certificateEndEntity } from './certificate-end-entity.js';
import { certificateNotPrecertificate } from './certificate-not-precertificate.js';
import { qcCompliance } from './qc-compliance.js';
import { qcEuLegislation } from './qc-eu-legislation.js';
import { qcStatementsOnce } from './qc-statements-once.js';
import { qcStatementsWellFormed } from './qc-statements-well-formed.js';
import { qcTypeMatchesUse } from './qc-type-matches-use.js';
import { usageClientAuth } from './usage-client-auth.js';
import { usageKeyUsage } from './usage-key-usage.js';

function judge(rule: Rule, evidence: Evidence) {
  return rule.judge(evidence, policy, now).outcome;
}

const forSeal: Evidence = { ...withStatements({ types: [oid.qcTypeEseal] }), use: 'seal' };
const noStatements = withStatements({ present: false, identifiers: [], types: [], psd2: [] });
const unreadable = withStatements({ malformed: 'it is not a SEQUENCE', identifiers: [], types: [], psd2: [] });

describe('certificate.end-entity', () => {
  it.each([
    ['an end entity', {}, 'pass'],
    ['with cA false', { basicConstraints: { ca: false, pathLength: undefined } }, 'pass'],
    ['a CA', { basicConstraints: { ca: true, pathLength: 0 } }, 'fail'],
    ['with keyCertSign', { keyUsage: ['digitalSignature', 'keyCertSign'] as const }, 'fail'],
  ])('%s', (_, change, outcome) => {
    expect(judge(certificateEndEntity, withCertificate(change))).toBe(outcome);
  });
});

describe('certificate.not-precertificate', () => {
  it('refuses the CT poison', () => {
    const extensions = [{ oid: oid.ctPoison, critical: true, value: new Uint8Array() }];
    expect(judge(certificateNotPrecertificate, withCertificate({ extensions }))).toBe('fail');
    expect(judge(certificateNotPrecertificate, goodEvidence)).toBe('pass');
  });
});

describe('qc.statements-well-formed', () => {
  it.each([
    ['well-formed', goodEvidence, 'pass'],
    ['unreadable', unreadable, 'fail'],
    ['absent', noStatements, 'not-applicable'],
  ])('%s', (_, evidence, outcome) => {
    expect(judge(qcStatementsWellFormed, evidence)).toBe(outcome);
  });
});

describe('qc.compliance', () => {
  it.each([
    ['present', goodEvidence, 'pass'],
    ['no qcStatements at all (C7)', noStatements, 'fail'],
    ['not among the statements', withStatements({ identifiers: [oid.qcType, oid.psd2Statement] }), 'fail'],
    ['unreadable statements', unreadable, 'not-applicable'],
  ])('%s', (_, evidence, outcome) => {
    expect(judge(qcCompliance, evidence)).toBe(outcome);
  });
});

describe('qc.eu-legislation', () => {
  it.each([
    ['EU', goodEvidence, 'pass'],
    ['another country', withStatements({ identifiers: [oid.qcCompliance, oid.qcLegislation] }), 'fail'],
    ['no statements', noStatements, 'not-applicable'],
  ])('%s', (_, evidence, outcome) => {
    expect(judge(qcEuLegislation, evidence)).toBe(outcome);
  });
});

describe('qc.statements-once', () => {
  it.each([
    ['once', goodEvidence, 'pass'],
    ['QcType twice', withStatements({ identifiers: [oid.qcCompliance, oid.qcType, oid.qcType] }), 'fail'],
    ['no statements', noStatements, 'not-applicable'],
  ])('%s', (_, evidence, outcome) => {
    expect(judge(qcStatementsOnce, evidence)).toBe(outcome);
  });
});

describe('qc.type-matches-use', () => {
  it.each([
    ['web for a website', goodEvidence, 'pass'],
    ['eseal for a seal', forSeal, 'pass'],
    ['eseal in TLS (C9)', withStatements({ types: [oid.qcTypeEseal] }), 'fail'],
    ['web for a signature (C10)', { ...goodEvidence, use: 'seal' } as const, 'fail'],
    ['esign (C11)', withStatements({ types: [oid.qcTypeEsign] }), 'fail'],
    ['both types', withStatements({ types: [oid.qcTypeWeb, oid.qcTypeEseal] }), 'fail'],
    ['the same type twice', withStatements({ types: [oid.qcTypeWeb, oid.qcTypeWeb] }), 'fail'],
    ['no type', withStatements({ types: [] }), 'fail'],
    ['a certificate that is not qualified (C7)', noStatements, 'not-applicable'],
  ])('%s', (_, evidence, outcome) => {
    expect(judge(qcTypeMatchesUse, evidence)).toBe(outcome);
  });
});

describe('usage.client-auth', () => {
  it.each([
    ['clientAuth', { extendedKeyUsage: [oid.clientAuth] }, 'pass'],
    ['no extKeyUsage', { extendedKeyUsage: undefined }, 'pass'],
    ['serverAuth only', { extendedKeyUsage: [oid.serverAuth] }, 'fail'],
    ['anyExtendedKeyUsage only (C8)', { extendedKeyUsage: [oid.anyExtendedKeyUsage] }, 'fail'],
    ['an empty extKeyUsage', { extendedKeyUsage: [] }, 'fail'],
  ])('%s', (_, change, outcome) => {
    expect(judge(usageClientAuth, withCertificate(change))).toBe(outcome);
  });

  it('does not concern seals', () => {
    expect(judge(usageClientAuth, { ...forSeal, use: 'seal' })).toBe('not-applicable');
  });
});

describe('usage.key-usage', () => {
  it.each([
    ['website', ['digitalSignature'] as const, 'pass'],
    ['website', ['keyEncipherment'] as const, 'fail'],
    ['website', undefined, 'pass'],
    ['seal', ['nonRepudiation'] as const, 'pass'],
    ['seal', ['digitalSignature'] as const, 'pass'],
    ['seal', ['keyEncipherment'] as const, 'fail'],
    ['seal', undefined, 'fail'],
  ] as const)('%s with %j: %s', (use, keyUsage, outcome) => {
    expect(judge(usageKeyUsage, { ...withCertificate({ keyUsage }), use })).toBe(outcome);
  });
});
