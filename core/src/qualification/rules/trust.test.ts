import { describe, expect, it } from 'vitest';
import {
  after,
  goodEvidence,
  goodList,
  goodService,
  now,
  policy,
  withServices,
} from '../../../../tests/material/qualification-evidence.js';
import { oid } from '../../certificate/object-identifiers.js';
import type { ServiceStatus, TrustedListStatus } from '../../trust/trust-service.js';
import type { Evidence } from '../evidence.js';
import { encodeEvidence } from '../evidence-codec.js';
import { evidenceRecordSchema } from '../evidence-record.js';
import { qcCompliance } from './qc-compliance.js';
import { qcTypeMatchesUse } from './qc-type-matches-use.js';
import { trustListsAvailable } from './trust-lists-available.js';
import { trustListsFresh } from './trust-lists-fresh.js';
import { trustQualifiers } from './trust-qualifiers.js';
import { trustServiceCoversUse } from './trust-service-covers-use.js';
import { trustServiceGrantedAtIssuance } from './trust-service-granted-at-issuance.js';
import { trustServiceGrantedNow } from './trust-service-granted-now.js';
import { trustServiceQualified } from './trust-service-qualified.js';
import { trustServicesAgree } from './trust-services-agree.js';

const withoutTrust: Evidence = { ...goodEvidence, trust: { available: false, reason: 'not fetched yet' } };

function withLists(...lists: readonly TrustedListStatus[]): Evidence {
  return { ...goodEvidence, trust: { available: true, version: 'v1', lists } };
}

describe('trust.lists-available', () => {
  it('holds with lists', () => {
    expect(trustListsAvailable.judge(goodEvidence, policy, now).outcome).toBe('pass');
  });

  it('is open without', () => {
    expect(trustListsAvailable.judge(withoutTrust, policy, now)).toMatchObject({
      outcome: 'indeterminate',
      found: 'not fetched yet',
    });
  });
});

describe('trust.lists-fresh', () => {
  it.each([
    ['fresh', [goodList], 'pass'],
    ['at its last second', [{ ...goodList, nextUpdate: now }], 'pass'],
    ['within the grace', [{ ...goodList, nextUpdate: after(-3600) }], 'warn'],
    ['past the grace', [{ ...goodList, nextUpdate: after(-3601) }], 'indeterminate'],
    ['closed', [{ ...goodList, nextUpdate: undefined }], 'indeterminate'],
    [
      'fresh beside a stale list of lists',
      [goodList, { ...goodList, territory: 'EU', nextUpdate: after(-3601) }],
      'indeterminate',
    ],
    ['of another territory', [{ ...goodList, territory: 'BE' }], 'indeterminate'],
    ['none', [], 'indeterminate'],
  ])('a list %s', (_, lists, outcome) => {
    expect(trustListsFresh.judge(withLists(...lists), policy, now).outcome).toBe(outcome);
  });

  it('is left to availability without lists', () => {
    expect(trustListsFresh.judge(withoutTrust, policy, now).outcome).toBe('not-applicable');
  });
});

const rules = {
  qualified: trustServiceQualified,
  agree: trustServicesAgree,
  covers: trustServiceCoversUse,
  atIssuance: trustServiceGrantedAtIssuance,
  now: trustServiceGrantedNow,
};

function outcomes(evidence: Evidence) {
  return Object.fromEntries(
    Object.entries(rules).map(([name, rule]) => [name, rule.judge(evidence, policy, now).outcome]),
  );
}

const granted = goodService.statuses[0] as ServiceStatus;
const withdrawn: ServiceStatus = { ...granted, status: granted.status.replace('granted', 'withdrawn') };
const allPass = { qualified: 'pass', agree: 'pass', covers: 'pass', atIssuance: 'pass', now: 'pass' };

describe('rules on the trust service', () => {
  it('hold for a granted service', () => {
    expect(outcomes(goodEvidence)).toEqual(allPass);
    expect(outcomes({ ...goodEvidence, use: 'seal' })).toEqual(allPass);
  });

  it('a service of another type is none (C40)', () => {
    const pkc = { ...goodService, serviceType: 'http://uri.etsi.org/TrstSvc/Svctype/CA/PKC' };
    expect(outcomes(withServices([pkc]))).toEqual({
      qualified: 'fail',
      agree: 'not-applicable',
      covers: 'not-applicable',
      atIssuance: 'not-applicable',
      now: 'not-applicable',
    });
  });

  it('withdrawn since issuance: granted then, not now (C41)', () => {
    const statuses = [{ ...withdrawn, startingAt: after(-60) }, granted];
    expect(outcomes(withServices([{ ...goodService, statuses }]))).toEqual({ ...allPass, now: 'fail' });
  });

  it('withdrawn at issuance and granted again since', () => {
    const statuses = [
      { ...granted, startingAt: after(-60) },
      { ...withdrawn, startingAt: new Date('2025-01-01') },
      granted,
    ];
    expect(outcomes(withServices([{ ...goodService, statuses }]))).toEqual({ ...allPass, atIssuance: 'fail' });
  });

  it('listed only after issuance', () => {
    const statuses = [{ ...granted, startingAt: after(-60) }];
    expect(outcomes(withServices([{ ...goodService, statuses }]))).toEqual({ ...allPass, atIssuance: 'fail' });
  });

  it('a withdrawal announced for later changes nothing yet', () => {
    const statuses = [{ ...withdrawn, startingAt: after(60) }, granted];
    expect(outcomes(withServices([{ ...goodService, statuses }]))).toEqual(allPass);
  });

  it('listed for signatures of persons only', () => {
    const statuses = [{ ...granted, uses: ['signature'] as const }];
    expect(outcomes(withServices([{ ...goodService, statuses }]))).toEqual({
      ...allPass,
      covers: 'fail',
      atIssuance: 'not-applicable',
      now: 'not-applicable',
    });
  });

  it('two services that contradict each other leave it open, once', () => {
    const services = [goodService, { ...goodService, statuses: [withdrawn] }];
    expect(outcomes(withServices(services))).toEqual({
      ...allPass,
      agree: 'indeterminate',
      atIssuance: 'not-applicable',
      now: 'not-applicable',
    });
  });

  it('a critical extension that is not understood leaves it open', () => {
    const statuses = [{ ...granted, unknownCriticalExtension: true }];
    expect(outcomes(withServices([{ ...goodService, statuses }]))).toMatchObject({
      agree: 'indeterminate',
      now: 'not-applicable',
    });
  });

  it('have nothing to say without a path', () => {
    const evidence = { ...goodEvidence, path: { problem: 'no-issuer', detail: '' } } as const;
    expect(new Set(Object.values(outcomes(evidence)))).toEqual(new Set(['not-applicable']));
  });
});

describe('what the list says of the certificate itself (TS 119 615)', () => {
  const base = 'http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/';
  const always = { kind: 'list', assert: 'all', criteria: [] } as const;

  function evidenceWith(names: readonly string[], types: readonly string[], compliant = true): Evidence {
    const qualifications = [{ qualifiers: names.map((name) => base + name), criterion: always }];
    const evidence = withServices([{ ...goodService, statuses: [{ ...granted, qualifications }] }]);
    const identifiers = compliant ? [oid.qcCompliance] : [];
    const qcStatements = { ...evidence.certificate.qcStatements, identifiers, types };
    return { ...evidence, certificate: { ...evidence.certificate, qcStatements } };
  }

  it.each<[string, Evidence, string, string, string]>([
    ['nothing', evidenceWith([], [oid.qcTypeWeb]), 'pass', 'pass', 'pass'],
    ['NotQualified', evidenceWith(['NotQualified'], [oid.qcTypeWeb]), 'fail', 'pass', 'pass'],
    ['QCForWSA over another type', evidenceWith(['QCForWSA'], [oid.qcTypeEsign]), 'pass', 'pass', 'pass'],
    ['QCForWSA for none', evidenceWith(['QCForWSA'], []), 'pass', 'pass', 'pass'],
    ['QCForESeal', evidenceWith(['QCForESeal'], [oid.qcTypeWeb]), 'fail', 'pass', 'pass'],
    ['QCStatement', evidenceWith(['QCStatement', 'QCForWSA'], [], false), 'pass', 'pass', 'pass'],
    ['QCForWSA alone', evidenceWith(['QCForWSA'], [], false), 'pass', 'fail', 'pass'],
    ['devices', evidenceWith(['QCWithQSCD'], [oid.qcTypeEsign]), 'pass', 'pass', 'fail'],
  ])('%s', (_name, evidence, qualifiers, compliance, type) => {
    expect(trustQualifiers.judge(evidence, policy, now).outcome).toBe(qualifiers);
    expect(qcCompliance.judge(evidence, policy, now).outcome).toBe(compliance);
    expect(qcTypeMatchesUse.judge(evidence, policy, now).outcome).toBe(type);
  });

  it('leaves it open where a criterion is not known', () => {
    const criterion = { kind: 'unknown', name: 'Moon' } as const;
    const qualifications = [{ qualifiers: [`${base}QCForWSA`], criterion }];
    const evidence = withServices([{ ...goodService, statuses: [{ ...granted, qualifications }] }]);
    expect(trustServicesAgree.judge(evidence, policy, now).outcome).toBe('indeterminate');
    expect(trustQualifiers.judge(evidence, policy, now).outcome).toBe('not-applicable');
  });

  it('is replayed from its record', () => {
    const evidence = evidenceWith(['QCForWSA'], []);
    const record = JSON.parse(JSON.stringify(encodeEvidence(evidence)));
    expect(record.path.services[0].statuses[0].qualifications).toEqual([
      { qualifiers: [`${base}QCForWSA`], criterion: always },
    ]);
    expect(evidenceRecordSchema.shape.path.safeParse(record.path).success).toBe(true);
  });
});
