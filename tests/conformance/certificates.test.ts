import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Certificate } from '../../core/src/certificate/certificate.js';
import { parseCertificateText } from '../../core/src/certificate/parse-certificate-text.js';
import type { Evidence, QualificationPolicy } from '../../core/src/qualification/evidence.js';
import { detectIntendedUse } from '../../core/src/qualification/intended-use.js';
import type { Qualification } from '../../core/src/qualification/qualification.js';
import { qualify } from '../../core/src/qualification/qualify.js';
import type { Verdict } from '../../core/src/qualification/rule.js';
import { ruleCatalogue } from '../../core/src/qualification/rule-catalogue.js';
import { buildPath } from '../../core/src/trust/build-path.js';
import { exceptions, rulesOfPkilint, rulesOfZlint } from './lint-rules.js';
import { type RealLists, readRealLists, realListsPresent, sharedMaterial } from './real-lists.js';

/** Certificates that others published with their verdicts on them; none is committed here. */
const folder = join(sharedMaterial, 'certificates');
const present = existsSync(folder);
if (!present) console.log(`skipped: ${folder} is absent, the published certificates are not judged`);
if (!realListsPresent) console.log('skipped: the real trusted lists are absent, nothing is judged against them');

const policy: QualificationPolicy = {
  clockSkewSeconds: 0,
  staleListGraceSeconds: 0,
  statusMaxAgeSeconds: 3600,
  hostCountry: 'FR',
};

function filesOf(set: string): string[] {
  return present ? readdirSync(join(folder, set)).filter((name) => name.endsWith('.pem')) : [];
}

function read(set: string, name: string): Certificate {
  const [certificate] = parseCertificateText(readFileSync(join(folder, set, name)));
  if (certificate === undefined) throw new Error(`${name} holds no certificate`);
  return certificate;
}

function expectationsOf<T>(set: string): Readonly<Record<string, T>> {
  return present ? JSON.parse(readFileSync(join(folder, set, 'expected.json'), 'utf8')) : {};
}

/** Evidence on a certificate of which nothing is known but itself. */
function alone(certificate: Certificate, mappedIdentifier?: string): Evidence {
  return {
    use: detectIntendedUse(certificate),
    certificate,
    ...(mappedIdentifier === undefined ? {} : { mappedIdentifier }),
    presented: [],
    path: { problem: 'no-issuer', detail: 'not looked for' },
    trust: { available: false, reason: 'not asked' },
    revocation: [],
    register: { available: false, reason: 'not asked' },
  };
}

function verdictsOf(ids: readonly string[], evidence: Evidence): Verdict[] {
  return ids.map((id) => {
    const rule = ruleCatalogue.find((candidate) => candidate.id === id);
    if (rule === undefined) throw new Error(`there is no rule ${id}`);
    return rule.judge(evidence, policy, evidence.certificate.notBefore);
  });
}

const refused = ({ outcome }: Verdict): boolean => outcome === 'fail' || outcome === 'indeterminate';
const told = (verdict: Verdict): boolean => refused(verdict) || verdict.outcome === 'warn';

/** The agreements with third parties that lawful identifiers of other forms need (C20). */
const mappings: Readonly<Record<string, string>> = {
  'VATBE-0876866142': 'PSDBE-NBB-0876866142',
  'LEIXG-1234-1234': 'PSDES-BE-1234',
  'NTRDE-A 1234556': 'PSDDE-BAFIN-1234556',
};

describe.skipIf(!present)('zlint', () => {
  const expected = expectationsOf<{ readonly lints: Readonly<Record<string, string>> }>('zlint-psd2');
  const claims = Object.entries(expected).flatMap(([file, { lints }]) =>
    Object.entries(lints).flatMap(([lint, verdict]) => (verdict === 'NA' ? [] : [{ file, lint, verdict }])),
  );

  test.each(claims.length === 0 ? [{ file: '', lint: '', verdict: '' }] : claims)('$file $lint: $verdict', ({
    file,
    lint,
    verdict,
  }) => {
    const certificate = read('zlint-psd2', file);
    const text = certificate.subject.rdns.flat().find(({ type }) => type === '2.5.4.97')?.value ?? '';
    const verdicts = verdictsOf(rulesOfZlint[lint] ?? [], alone(certificate, mappings[text]));
    expect(verdicts).not.toEqual([]);
    expect(agrees(verdict, verdicts)).toBe(exceptions[`${file} ${lint}`] === undefined);
  });

  test('every file is judged or makes no claim', () => {
    expect(Object.keys(expected).toSorted()).toEqual(filesOf('zlint-psd2').toSorted());
  });

  test('identifiers of other forms are refused where nobody mapped them (C20)', () => {
    for (const name of ['QcStmtPsd2Cert40Valid.pem', 'QcStmtPsd2Cert41ValidLei.pem', 'QcStmtPsd2Cert44ValidNtr.pem']) {
      expect(verdictsOf(['organization.identifier-format'], alone(read('zlint-psd2', name)))).toMatchObject([
        { outcome: 'fail' },
      ]);
    }
  });

  test.each([
    ['PspCb-NA-valid.pem', 'pass'],
    ['PspPa-NcaNameNotNA.pem', 'fail'],
  ])('v1.8.1: %s', (name, outcome) => {
    const ids = ['psd2.nca-not-applicable', 'psd2.role-name-matches-oid', 'psd2.roles-known'];
    const [notApplicable, roleNames, known] = verdictsOf(ids, alone(read('zlint-2026-v181', name)));
    expect([notApplicable?.outcome, roleNames?.outcome, known?.outcome]).toEqual([outcome, 'pass', 'pass']);
    expect(verdictsOf(['psd2.nca-id-format'], alone(read('zlint-2026-v181', name))).some(refused)).toBe(false);
  });

  afterAll(() => {
    const argued = claims.filter(({ file, lint }) => exceptions[`${file} ${lint}`] !== undefined).length;
    console.log(
      `zlint: ${claims.length} verdicts on ${Object.keys(expected).length} certificates, ` +
        `${claims.length - argued} agree, ${argued} argued exceptions; 2 of v1.8.1 agree`,
    );
  });
});

/** An error is one that refuses, a warning may be told as either; what passes may still be told. */
function agrees(verdict: string, verdicts: readonly Verdict[]): boolean {
  if (verdict === 'Error') return verdicts.some(refused);
  return verdict === 'Warn' ? verdicts.some(told) : !verdicts.some(refused);
}

describe.skipIf(!present)('pkilint', () => {
  const expected = expectationsOf<{ readonly errors: readonly string[] }>('pkilint');
  const claims = Object.entries(expected).flatMap(([name, { errors }]) =>
    errors.map((error) => ({ file: `${name}.pem`, code: codeOf(error) })),
  );
  const ours = claims.filter(({ code }) => rulesOfPkilint[code]?.length !== 0);

  test.each(ours.length === 0 ? [{ file: '', code: '' }] : ours)('$file: $code', ({ file, code }) => {
    const verdicts = verdictsOf(rulesOfPkilint[code] ?? [], alone(read('pkilint', file)));
    expect(verdicts).not.toEqual([]);
    expect(verdicts.some(refused)).toBe(exceptions[`${file} ${code}`] === undefined);
  });

  test('what pkilint finds nothing wrong with in statement and identifier, our rules do not refuse', () => {
    for (const [name, { errors }] of Object.entries(expected)) {
      if (errors.some((error) => error.startsWith('etsi.ts_119_495'))) continue;
      const rules = ruleCatalogue.filter(({ id }) => /^(psd2|organization|qc)\./.test(id)).map(({ id }) => id);
      expect([name, verdictsOf(rules, alone(read('pkilint', `${name}.pem`))).filter(refused)]).toEqual([name, []]);
    }
  });

  afterAll(() => {
    const argued = ours.filter(({ file, code }) => exceptions[`${file} ${code}`] !== undefined).length;
    console.log(
      `pkilint: ${claims.length} findings on ${Object.keys(expected).length} certificates, ${ours.length} about statement and ` +
        `identifier: ${ours.length - argued} agree, ${argued} argued exceptions`,
    );
  });
});

function codeOf(error: string): string {
  return Object.keys(rulesOfPkilint).find((code) => error.startsWith(code)) ?? error;
}

/**
 * The rules of the profile that do not hold, in their order; where a test CA got everything right, none: no list knows the CA.
 * All lack a path to a trust service.
 */
const sandbox: Readonly<Record<string, readonly string[]>> = {
  ...each(
    [
      'financial-services-accelerator__CommonTestUtil__c9b7aa68.pem',
      'reference-implementation-nextgenpsd2__GatewayTestUtils__91c68e96.pem',
      'reference-implementation-nextgenpsd2__W_TcnQVcHAy20q8zCMcdByrootw-obseal-signing__0f8199f8.pem',
      'reference-implementation-nextgenpsd2__mzgfrh9u9Mqj6Icca2DKBtQP9g8-obwac-transport__4f63eb8b.pem',
      'reference-implementation-nextgenpsd2__qseal__30bcd674.pem',
      'reference-implementation-nextgenpsd2__qseal__c4e6fab6.pem',
      'reference-implementation-nextgenpsd2__qwac__af52de46.pem',
      'reference-implementation-nextgenpsd2__qwac__e24fe0c5.pem',
    ],
    ['qc.compliance', 'psd2.statement-well-formed', 'psd2.nca-known'],
  ),
  ...each(
    [
      'conformance-suite__ValidateIdTokenSignature_UnitTest__153c3c0d.pem',
      'conformance-suite__ValidateIdTokenSignature_UnitTest__223e035d.pem',
      'conformance-suite__ValidateIdTokenSignature_UnitTest__f36b47dd.pem',
    ],
    ['qc.compliance', 'psd2.tpp-role-present'],
  ),
  ...each(
    ['tppVerifier__cert__b943432e.pem', 'tppVerifier__verify_test__ef2527a4.pem'],
    ['psd2.role-name-matches-oid', 'organization.identifier-format'],
  ),
  'Indice.Psd2__HttpTokenIntegrationTests__9d648e1d.pem': [
    'qc.statements-well-formed',
    'organization.identifier-format',
  ],
  'bespoke-providers__fake-certificate__bd846177.pem': ['qc.policies-match-type'],
  'bespoke-providers__registration-create__fa86b11f.pem': [],
  'bespoke-providers__yolt_certificate__389a7108.pem': [],
  'eidas-psd2-sdk__dev-transport__73490970.pem': ['psd2.role-name-matches-oid', 'psd2.nca-known'],
  'eidas-psd2-sdk__ob-transport__41d50eff.pem': ['qc.compliance', 'psd2.nca-matches-organization', 'psd2.nca-known'],
  'financial-services-accelerator__CommonTestUtil__3329b0ed.pem': ['qc.compliance'],
  'financial-services-accelerator__transport_revoked_VMGtZe0pwBpP8I2QgqoLvK1TMo4__443a00a1.pem': [
    'qc.compliance',
    'psd2.nca-matches-organization',
    'psd2.nca-known',
  ],
};

function each(names: readonly string[], rules: readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries(names.map((name) => [name, rules]));
}

describe.skipIf(!present || !realListsPresent)('against the real trusted lists', () => {
  let lists: RealLists;
  beforeAll(() => {
    lists = readRealLists();
  });

  function judge(certificate: Certificate, at: Date): Qualification {
    const evidence: Evidence = {
      ...alone(certificate),
      path: buildPath(certificate, [], { anchors: lists.index, at }),
      trust: lists.trust,
    };
    return qualify({ ...evidence, trust: listsOf(evidence, lists) }, policy, at);
  }

  const failing = (qualification: Qualification, layers: readonly string[]): string[] =>
    qualification.findings
      .filter(({ layer, outcome }) => layers.includes(layer) && (outcome === 'fail' || outcome === 'indeterminate'))
      .map(({ rule }) => rule);

  test.each([
    ['eidas-psd2-sdk__multicert-psd2-eidas__e6a46847.pem', '2020-06-01T12:00:00Z', [], ['register.authority-in-eea']],
    ['dss__CertificateExtensionUtilsTest__9b775b8b.pem', '2020-06-01T12:00:00Z', [], []],
    ['dss_qwac__harica.pem', '2025-11-07T12:00:00Z', ['psd2.statement-present', 'organization.identifier-format'], []],
  ])('real: %s', (name, at, profile, register) => {
    const qualification = judge(read('real', name), new Date(at));
    expect(failing(qualification, ['path', 'time', 'trust'])).toEqual([]);
    expect(failing(qualification, ['profile'])).toEqual(profile);
    const ofRegister = failing(qualification, ['register']).filter((rule) => rule !== 'register.available');
    expect(ofRegister).toEqual(register);
    expect(qualification.outcome).not.toBe('qualified');
  });

  test('the CA certificate of every service that is granted for websites or seals can be read', () => {
    const lost = lists.index.unreadable.filter(({ service: { statuses } }) => {
      const [current] = statuses;
      return current?.status.endsWith('/granted') && current.uses.some((use) => use !== 'signature');
    });
    expect(lost).toEqual([]);
  });

  test('real: a CA is no third party', () => {
    const qualification = judge(read('real', 'dss_qwac__harica_ca.pem'), new Date('2025-11-07T12:00:00Z'));
    expect(failing(qualification, ['profile'])[0]).toBe('certificate.end-entity');
  });

  test.each(filesOf('pkilint').map((name) => [name]))('pkilint, altered after signing: %s has no path', (name) => {
    const certificate = read('pkilint', name);
    const path = buildPath(certificate, [], { anchors: lists.index, at: certificate.notBefore });
    expect(path).toHaveProperty('problem');
  });

  test.each(Object.entries(sandbox))('sandbox: %s fails %s', (name, rules) => {
    const certificate = read('sandbox', name);
    const qualification = judge(certificate, new Date(certificate.notBefore.getTime() + 86_400_000));
    expect(qualification.outcome).toBe('not-qualified');
    expect(failing(qualification, ['path'])[0]).toBe('path.trusted-issuer');
    expect(failing(qualification, ['profile'])).toEqual(rules);
  });

  test('sandbox: every certificate has its reason', () => {
    expect(Object.keys(sandbox).toSorted()).toEqual(filesOf('sandbox').toSorted());
  });

  afterAll(() => {
    console.log(
      `real certificates: 4 judged as expected at their clocks; sandbox: ${Object.keys(sandbox).length} not qualified, each for its reason`,
    );
  });
});

/** The list of lists and those that the path ends on. */
function listsOf({ path }: Evidence, { trust }: RealLists): Evidence['trust'] {
  if (!trust.available) return trust;
  const territories = 'services' in path ? path.services.map(({ territory }) => territory) : [];
  return {
    ...trust,
    lists: trust.lists.filter(({ territory }) => territory === 'EU' || territories.includes(territory)),
  };
}
