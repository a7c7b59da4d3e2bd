import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Certificate } from '@postern/core/certificate/certificate.js';
import { oid } from '@postern/core/certificate/object-identifiers.js';
import { parseCertificate } from '@postern/core/certificate/parse-certificate.js';
import { parseCertificationRequest } from '@postern/core/certificate/parse-certification-request.js';
import { ruleCatalogue } from '@postern/core/qualification/rule-catalogue.js';
import { indexTrustServices } from '@postern/core/trust/trust-service-index.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rulesOfPkilint, rulesOfZlint } from '../../../tests/conformance/lint-rules.js';
import {
  type Lint,
  lintsOfEveryCertificate,
  lintsOfSeals,
  lintsOfWebsites,
  lintsThatDoNotApply,
} from '../../../tests/material/certificate-lints.js';
import { type KeyPair, newRsa, requestText } from '../../../tests/material/certification-request.js';
import { goodList, now, policy } from '../../../tests/material/qualification-evidence.js';
import type { Decision } from '../decision.js';
import { createJudge } from '../qualification/judge-certificate.js';
import type { SandboxApplicant, SandboxCertificate } from '../store/sandbox.js';
import { openSandboxAuthority, type SandboxAuthority } from './open-authority.js';
import { overlaySources } from './overlay-sources.js';
import { issueTestCertificate } from './sandbox-profile.js';
import type { SandboxState } from './sandbox-state.js';
import { createStatusAnswers } from './status-answers.js';

const place = {
  brand: 'bank',
  brandName: 'Bank',
  webUrl: 'https://www.bank.example',
  authority: 'FR-TEST',
};
const organizationIdentifier = 'PSDFR-TEST-182715960374';
let directory: string;
let authority: SandboxAuthority;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sandbox-'));
  authority = await openSandboxAuthority({ directory, place, certificateDays: 397 }, now);
});
afterAll(() => rmSync(directory, { recursive: true }));

const rsa = newRsa();
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const all = ['PSP_AI', 'PSP_PI', 'PSP_IC'] as const;

const kinds: readonly Kind[] = [
  { title: 'a QWAC over RSA', kind: 'qwac', key: rsa, roles: ['PSP_AI'], organizationName: 'Jeune Pousse SAS' },
  { title: 'a QWAC over P-256', kind: 'qwac', key: ec, roles: all, organizationName: 'Société d’Essai & Fils «Ü»' },
  { title: 'a QWAC of a long name', kind: 'qwac', key: ec, roles: ['PSP_PI'], organizationName: 'É'.repeat(64) },
  { title: 'a QSealC', kind: 'qsealc', key: rsa, roles: ['PSP_IC'], organizationName: 'Jeune Pousse SAS' },
  { title: 'a QSealC of a long name', kind: 'qsealc', key: rsa, roles: all, organizationName: 'É'.repeat(64) },
];

interface Kind extends Pick<SandboxApplicant, 'roles' | 'organizationName'> {
  readonly title: string;
  readonly kind: 'qwac' | 'qsealc';
  readonly key: KeyPair;
}

describe.each(kinds)('$title of the sandbox', (kind) => {
  let certificate: Certificate;
  let decision: Decision;

  beforeAll(async () => {
    certificate = issue(kind);
    const judge = createJudge({
      ...overlaySources(nothing, evidenceOf(kind, certificate)),
      policy: { ...policy, testAuthority: place.authority },
      clock: () => now,
    });
    const presented = [certificate.der, authority.issuers[0].credential.certificate.der];
    decision = await judge.judge(presented, kind.kind === 'qwac' ? 'website' : 'seal');
  });

  it('passes every rule that applies, with no warning', () => {
    const { findings, outcome } = decision.qualification;
    expect(findings.filter((each) => each.outcome !== 'pass' && each.outcome !== 'not-applicable')).toEqual([]);
    expect(findings).toHaveLength(ruleCatalogue.length);
    expect(outcome).toBe('qualified');
  });

  const lints = { ...rulesOfZlint, ...rulesOfPkilint };
  it.each(Object.keys(lints).filter((lint) => lints[lint]?.length !== 0))('is what %s asks for', (lint) => {
    const rules = (lints[lint] ?? []).map((id) => ruleCatalogue.find((rule) => rule.id === id));
    const verdicts = rules.map((rule) => rule?.judge(decision.evidence, policy, now).outcome);
    const applies = lintsThatDoNotApply[lint] === undefined;
    expect(verdicts.every((verdict) => verdict === 'pass' || verdict === 'not-applicable')).toBe(applies);
  });

  const structural: Readonly<Record<string, Lint>> = {
    ...lintsOfEveryCertificate,
    ...(kind.kind === 'qwac' ? lintsOfWebsites : lintsOfSeals),
  };
  it.each(Object.entries(structural))('holds before %s', (_name, holds) => {
    expect(holds(certificate)).toBe(true);
  });

  it('K9: is qualified by no judge of production, and its CAs are no anchors there, whoever lists them', async () => {
    const inProduction = createJudge({ ...nothing, policy, clock: () => now });
    const presented = [
      certificate.der,
      authority.issuers[0].credential.certificate.der,
      authority.root.certificate.der,
    ];
    const use = kind.kind === 'qwac' ? 'website' : 'seal';
    expect((await inProduction.judge(presented, use)).qualification).toMatchObject({
      code: 'CERTIFICATE_UNKNOWN_ISSUER',
    });
  });
});

describe('the lints', () => {
  it('find something wrong with the root of the sandbox, which is no certificate of a third party', () => {
    const { certificate } = authority.root;
    const wrong = Object.entries(lintsOfEveryCertificate).filter(([, holds]) => !holds(certificate));
    expect(wrong.map(([name]) => name)).toEqual(
      expect.arrayContaining(['e_sub_cert_not_is_ca', 'e_qcstatem_mandatory_etsi_statems']),
    );
  });
});

describe('K9: the authority of a sandbox', () => {
  it('bears the mark by which production knows it, in every certificate of a CA', () => {
    for (const { certificate } of [authority.root, ...authority.issuers.map(({ credential }) => credential)])
      expect(certificate.certificatePolicies).toContain(oid.policyTestsOnly);
  });

  it('is no anchor of an index but that of a sandbox', () => {
    const services = [authority.root, authority.issuers[0].credential].map(({ certificate }) => ({
      territory: 'FR',
      listSequence: 1,
      providerName: 'x',
      serviceName: 'x',
      serviceType: 'http://uri.etsi.org/TrstSvc/Svctype/CA/QC',
      certificates: [certificate.der],
      statuses: [],
    }));
    const production = indexTrustServices(services);
    expect([production.anchors.size, production.unreadable.length]).toEqual([0, 2]);
    expect(indexTrustServices(services, { forTests: true }).anchors.size).toBe(2);
  });
});

/** Sources of production that know nobody. */
const nothing: Parameters<typeof overlaySources>[0] = {
  trust: {
    current: () => ({
      available: true,
      snapshot: { version: 'v', lists: [{ ...goodList, territory: 'EU' }, goodList], services: [] },
      index: indexTrustServices([]),
    }),
  },
  register: {
    version: () => 'r',
    lookup: () => ({ available: true, version: 'r', publishedAt: now, candidates: [] }),
  },
  revocation: { versionOf: () => 's', statusOf: async () => ({ answers: [], version: 's' }) },
};

function issue({ kind, key, roles, organizationName }: Kind): Certificate {
  const { publicKey } = parseCertificationRequest(requestText(key));
  const order = { kind, publicKey, organizationIdentifier, organizationName, roles };
  const issuance = { place, issuer: authority.issuers[0], certificateDays: 397 };
  return parseCertificate(issueTestCertificate(order, issuance, now));
}

function evidenceOf({ kind, roles, organizationName }: Kind, certificate: Certificate) {
  const applicant: SandboxApplicant = {
    ...{ id: '', brand: place.brand, organizationIdentifier, organizationName, contact: '', roles, secretHash: '' },
    ...{ state: 'issued', registerState: 'active', requests: undefined, requestedAt: now },
    ...{ decidedAt: now, decidedBy: 'policy', reason: undefined },
  };
  const row: SandboxCertificate = {
    ...{ applicantId: '', brand: place.brand, kind, path: '', issuedAt: now, defect: undefined, state: 'good' },
    ...{ revokedAt: undefined, reason: undefined },
    serialNumber: certificate.serialNumber,
    issuer: authority.issuers[0].credential.certificate.thumbprint,
    thumbprint: certificate.thumbprint,
    notAfter: certificate.notAfter,
  };
  const state: Pick<SandboxState, 'version' | 'readAt' | 'applicant' | 'certificate' | 'revokedBy'> = {
    version: () => 1,
    readAt: () => now,
    applicant: (identifier) => (identifier === organizationIdentifier ? applicant : undefined),
    certificate: (serial) => (serial === row.serialNumber ? row : undefined),
    revokedBy: () => [],
  };
  return {
    place,
    authority: () => authority,
    state: state as SandboxState,
    answers: createStatusAnswers(() => authority, state),
  };
}
