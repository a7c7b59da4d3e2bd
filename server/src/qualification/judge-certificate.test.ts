import { oid } from '@postern/core/certificate/object-identifiers.js';
import { decodeEvidence, encodeDecision, encodeEvidence } from '@postern/core/qualification/evidence-codec.js';
import { qualify } from '@postern/core/qualification/qualify.js';
import { replayDecision } from '@postern/core/qualification/replay-decision.js';
import { indexTrustServices } from '@postern/core/trust/trust-service-index.js';
import { describe, expect, test } from 'vitest';
import { answerOcsp, createTestQtsp, issueQualified } from '../../../tests/material/issue-qualified-evidence.js';
import {
  after,
  goodInstitution,
  goodList,
  goodService,
  now,
  policy,
} from '../../../tests/material/qualification-evidence.js';
import type { PathStatus, TrustView } from './gather-evidence.js';
import { createJudge, type JudgeOptions } from './judge-certificate.js';

const qtsp = createTestQtsp();
const leaf = issueQualified(qtsp);
const presented = [leaf.der, qtsp.certificate.der];
const services = [{ ...goodService, certificates: [qtsp.certificate.der] }];

/** Sources in memory, whose answers and versions a test may change. */
function createWorld(more: Pick<JudgeOptions, 'identifierMappings'> & { policy?: JudgeOptions['policy'] } = {}) {
  const world = {
    clock: now,
    trust: {
      available: true,
      snapshot: {
        version: 't1',
        lists: [{ ...goodList, territory: 'EU' }, { ...goodList, territory: 'DE' }, goodList],
        services,
      },
      index: indexTrustServices(services),
    } as TrustView,
    registerVersion: 'r1',
    institution: goodInstitution,
    status: 'good' as 'good' | 'revoked' | 'unknown',
    statusVersion: 's1',
    asked: 0,
    recorded: [] as string[],
    lookedUp: [] as unknown[],
  };
  const options: JudgeOptions = {
    trust: { current: () => world.trust },
    register: {
      version: () => world.registerVersion,
      lookup: (reference) => {
        world.lookedUp.push(reference);
        return { available: true, version: world.registerVersion, publishedAt: now, candidates: [world.institution] };
      },
    },
    revocation: {
      versionOf: () => world.statusVersion,
      statusOf: async (path): Promise<PathStatus> => {
        world.asked += 1;
        const [certificate = leaf] = path.certificates;
        const bytes = answerOcsp(qtsp, certificate, world.status);
        return {
          answers: [{ source: 'ocsp', address: 'http://ocsp.example/', receivedAt: world.clock, bytes }],
          version: world.statusVersion,
        };
      },
    },
    policy,
    clock: () => world.clock,
    onDecision: ({ id }) => void world.recorded.push(id),
    ...more,
  };
  return { world, judge: createJudge(options) };
}

function codeOf({ qualification }: { qualification: { outcome: string; code?: string } }) {
  return qualification.code ?? qualification.outcome;
}

describe('the judge', () => {
  test('has each new decision recorded, and a kept one not again', async () => {
    const { world, judge } = createWorld();
    const first = await judge.judge(presented, 'website');
    await judge.judge(presented, 'website');
    world.status = 'revoked';
    world.statusVersion = 's2';
    const second = await judge.judge(presented, 'website');
    expect(world.recorded).toEqual([first.id, second.id]);
  });

  test('gathers evidence from all sources and lets the rules decide', async () => {
    const { world, judge } = createWorld();
    const decision = await judge.judge(presented, 'website');
    expect(
      decision.qualification.findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'indeterminate'),
    ).toEqual([]);
    expect(decision).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      policy,
      qualification: { outcome: 'qualified', at: now, organization: { identifier: 'PSDFR-ACPR-12345' } },
      evidence: { use: 'website', trust: { available: true, version: 't1' }, register: { version: 'r1' } },
    });
    expect(
      decision.evidence.trust.available && decision.evidence.trust.lists.map(({ territory }) => territory),
    ).toEqual(['EU', 'FR']);
    expect(world.lookedUp).toEqual([expect.objectContaining({ country: 'FR', authority: 'ACPR', number: '12345' })]);
  });

  test('lets reads go on by the grace of their policy, registration and tokens not; the record replays (C29)', async () => {
    const { world, judge } = createWorld();
    const reads = createWorld({ policy: { ...policy, statusGraceSeconds: 600 } });
    for (const each of [world, reads.world]) each.clock = after(3_601);
    expect(codeOf(await judge.judge(presented, 'website'))).toBe('CERTIFICATE_STATUS_UNKNOWN');
    const decision = await reads.judge.judge(presented, 'website');
    const { qualification } = decision;
    expect(qualification).toMatchObject({ outcome: 'qualified', validUntil: after(4_200) });
    expect(qualification.findings.filter(({ outcome }) => outcome === 'warn')).toMatchObject([
      { rule: 'revocation.status-known', found: expect.stringContaining('counts until') },
    ]);
    const replayed = replayDecision(JSON.parse(JSON.stringify(encodeDecision(decision))));
    expect(replayed.findings).toEqual(qualification.findings);
    reads.world.clock = after(4_200);
    expect(codeOf(await reads.judge.judge(presented, 'website'))).toBe('CERTIFICATE_STATUS_UNKNOWN');
  });

  test.each([
    ['mapped', { 'VATFR-12345678901': 'PSDFR-ACPR-12345' }, 'qualified', '12345'],
    ['mapped to a foreign authority', { 'VATFR-12345678901': 'PSDDE-BAFIN-1' }, 'not-qualified', '1'],
    ['another one mapped', { 'VATFR-12345678902': 'PSDFR-ACPR-12345' }, 'not-qualified', undefined],
    ['not mapped', undefined, 'not-qualified', undefined],
  ])('an identifier of another form: %s (C20)', async (_, identifierMappings, outcome, number) => {
    const { world, judge } = createWorld(identifierMappings === undefined ? {} : { identifierMappings });
    const certificate = issueQualified(qtsp, { organizationIdentifier: 'VATFR-12345678901' });
    const { qualification, evidence } = await judge.explain([certificate.der, qtsp.certificate.der], 'website');
    expect(qualification.outcome).toBe(outcome);
    expect((world.lookedUp[0] as { number: string } | undefined)?.number).toBe(number);
    if (qualification.outcome === 'qualified') expect(qualification.organization.identifier).toBe('PSDFR-ACPR-12345');
    const replayed = qualify(decodeEvidence(encodeEvidence(evidence)), policy, qualification.at);
    expect(replayed.findings).toEqual(qualification.findings);
  });

  test('refuses nothing, and what cannot be read, by its own code', async () => {
    const { judge } = createWorld();
    await expect(judge.judge([], 'website')).rejects.toMatchObject({ name: 'Refusal', code: 'CERTIFICATE_MISSING' });
    await expect(judge.judge([Buffer.from('nonsense')], 'website')).rejects.toMatchObject({
      name: 'Refusal',
      code: 'CERTIFICATE_INVALID',
    });
  });

  test('leaves out what cannot be read beside the end entity', async () => {
    const { judge } = createWorld();
    const { evidence, qualification } = await judge.judge(
      [leaf.der, Buffer.from('nonsense'), qtsp.certificate.der],
      'website',
    );
    expect(evidence.presented).toHaveLength(1);
    expect(qualification.outcome).toBe('qualified');
  });

  test('asks no revocation source before a path has verified [C35]', async () => {
    const { world, judge } = createWorld();
    const stranger = createTestQtsp('Exemple QTSP');
    const decision = await judge.judge([issueQualified(stranger).der, stranger.certificate.der], 'website');
    expect(codeOf(decision)).toBe('CERTIFICATE_UNKNOWN_ISSUER');
    expect(world.asked).toBe(0);
  });

  test('does not decide without trusted lists', async () => {
    const { world, judge } = createWorld();
    world.trust = { available: false, reason: 'not loaded' };
    expect(await judge.judge(presented, 'website')).toMatchObject({
      qualification: { outcome: 'indeterminate', code: 'TRUST_DATA_UNAVAILABLE' },
    });
    expect(world.asked).toBe(0);
  });

  test('tells uses apart', async () => {
    const { judge } = createWorld();
    expect(codeOf(await judge.judge(presented, 'website'))).toBe('qualified');
    expect(codeOf(await judge.judge(presented, 'seal'))).toBe('CERTIFICATE_WRONG_TYPE');
    const seal = issueQualified(qtsp, { qcType: oid.qcTypeEseal });
    expect(codeOf(await judge.judge([seal.der], 'website'))).toBe('CERTIFICATE_WRONG_TYPE');
  });
});

describe('a positive decision', () => {
  test('is given again as the same object, at once, to whoever shows the same certificate', async () => {
    const { world, judge } = createWorld();
    expect(judge.peek(leaf.thumbprint, 'website')).toBeUndefined();
    const decision = await judge.judge(presented, 'website');
    expect(judge.peek(leaf.thumbprint, 'website')).toBe(decision);
    expect(await judge.judge([leaf.der], 'website')).toBe(decision);
    expect(judge.peek(leaf.thumbprint, 'seal')).toBeUndefined();
    expect(world.asked).toBe(1);
  });

  test('is made anew for an inspection', async () => {
    const { judge } = createWorld();
    const decision = await judge.judge(presented, 'website');
    const explained = await judge.explain(presented, 'website');
    expect(explained.id).not.toBe(decision.id);
    expect(explained.qualification.findings).toEqual(decision.qualification.findings);
  });

  type World = ReturnType<typeof createWorld>['world'];
  test.each<[string, (world: World) => void, string]>([
    [
      'the trusted lists change',
      (world) => {
        world.trust = {
          available: true,
          snapshot: { version: 't2', lists: [goodList], services: [] },
          index: indexTrustServices([]),
        };
      },
      'CERTIFICATE_UNKNOWN_ISSUER',
    ],
    [
      'the trusted lists are gone',
      (world) => {
        world.trust = { available: false, reason: 'gone' };
      },
      'TRUST_DATA_UNAVAILABLE',
    ],
    [
      'the register withdraws the authorisation',
      (world) => {
        world.registerVersion = 'r2';
        world.institution = { ...goodInstitution, authorisationDates: ['2019-03-01', '2026-02-01'] };
      },
      'CERTIFICATE_BLOCKED',
    ],
    [
      'the certificate is revoked [C26]',
      (world) => {
        world.statusVersion = 's2';
        world.status = 'revoked';
      },
      'CERTIFICATE_REVOKED',
    ],
    [
      'the status answer has ended',
      (world) => {
        world.clock = after(3700);
      },
      'CERTIFICATE_STATUS_UNKNOWN',
    ],
    [
      'the clock goes back',
      (world) => {
        world.clock = after(-86_400 * 2);
      },
      'CERTIFICATE_INVALID',
    ],
  ])('ends when %s', async (_name, change, code) => {
    const { world, judge } = createWorld();
    await judge.judge(presented, 'website');
    change(world);
    expect(judge.peek(leaf.thumbprint, 'website')).toBeUndefined();
    expect(codeOf(await judge.judge(presented, 'website'))).toBe(code);
  });

  test('comes back by itself when it is regained', async () => {
    const { world, judge } = createWorld();
    const withdrawn = { ...goodInstitution, authorisationDates: ['2019-03-01', '2026-02-01'] };
    world.institution = withdrawn;
    expect(codeOf(await judge.judge(presented, 'website'))).toBe('CERTIFICATE_BLOCKED');
    world.institution = goodInstitution;
    world.registerVersion = 'r2';
    expect(codeOf(await judge.judge(presented, 'website'))).toBe('qualified');
  });

  test('gives way to newer ones when there are too many', async () => {
    const { world } = createWorld();
    const judge = createJudge({
      trust: { current: () => world.trust },
      register: {
        version: () => 'r1',
        lookup: () => ({ available: true, version: 'r1', publishedAt: now, candidates: [goodInstitution] }),
      },
      revocation: {
        versionOf: () => '',
        statusOf: async ({ certificates: [certificate = leaf] }) => ({
          answers: [{ source: 'ocsp', address: '', receivedAt: now, bytes: answerOcsp(qtsp, certificate) }],
          version: '',
        }),
      },
      policy,
      clock: () => now,
      maxDecisions: 1,
    });
    const other = issueQualified(qtsp);
    await judge.judge(presented, 'website');
    await judge.judge([other.der], 'website');
    expect(judge.peek(leaf.thumbprint, 'website')).toBeUndefined();
    expect(judge.peek(other.thumbprint, 'website')).toBeDefined();
  });
});
