import { oid } from '@postern/core/certificate/object-identifiers.js';
import type { RegisterEntity } from '@postern/core/register/register-entity.js';
import { indexTrustServices } from '@postern/core/trust/trust-service-index.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerOcsp, createTestQtsp, issueQualified } from '../../../tests/material/issue-qualified-evidence.js';
import { type OauthWorld, openOauthWorld } from '../../../tests/material/oauth-world.js';
import {
  after,
  goodInstitution,
  goodList,
  goodService,
  now,
  policy,
} from '../../../tests/material/qualification-evidence.js';
import { decideAnew } from '../qualification/decide-anew.js';
import { type JudgeSources, stillHolds } from '../qualification/decision-basis.js';
import { createJudge, type WarmJudge } from '../qualification/judge-certificate.js';
import { insertUsedCertificate } from '../store/organization-standing-certificates.js';
import { heedLosses } from './heed-losses.js';
import { createRoundMemory, judgeKnown } from './judge-known.js';
import { createKnownLosses, type KnownLosses } from './known-losses.js';
import { collectUsedCertificates } from './used-certificates.js';
import { warnOfEnds } from './warn-of-ends.js';
import type { WatchSettings } from './watch-settings.js';

const organization = 'PSDFR-ACPR-12345';
const qtsp = createTestQtsp();
const services = [{ ...goodService, certificates: [qtsp.certificate.der] }];
const qwac = issueQualified(qtsp, { notAfter: after(40 * 86_400) });
const renewed = issueQualified(qtsp, { notAfter: after(300 * 86_400) });

/** One node: its own register and status answers, in front of the one store. */
function createNode(store: OauthWorld) {
  const node = {
    clock: now,
    publishedAt: now,
    registerVersion: 1,
    institution: goodInstitution as RegisterEntity | undefined,
    status: 'good' as 'good' | 'revoked' | 'unknown',
    statusVersion: 1,
    reachable: true,
    decisions: 0,
  };
  const sources: JudgeSources = {
    trust: {
      current: () => ({
        available: true,
        snapshot: { version: 't1', lists: [goodList], services },
        index: indexTrustServices(services),
      }),
    },
    register: {
      version: () => `r${node.registerVersion}`,
      lookup: () => ({
        available: true,
        version: `r${node.registerVersion}`,
        publishedAt: node.publishedAt,
        candidates: node.institution === undefined ? [] : [node.institution],
      }),
    },
    revocation: {
      versionOf: () => `s${node.statusVersion}`,
      statusOf: async ({ certificates: [certificate = qwac] }) => ({
        version: `s${node.statusVersion}`,
        answers: node.reachable
          ? [
              {
                source: 'ocsp',
                address: 'http://ocsp.example/',
                receivedAt: node.clock,
                bytes: answerOcsp(qtsp, certificate, node.status),
              },
            ]
          : [{ source: 'ocsp', address: 'http://ocsp.example/', receivedAt: node.clock, failure: 'time-out' }],
      }),
    },
  };
  const options = { ...sources, policy, clock: () => node.clock };
  const judge: WarmJudge = createJudge(options);
  const settings: WatchSettings = {
    database: store.database,
    judge: {
      decide: (presented, use) => {
        node.decisions += 1;
        return decideAnew(presented, use, options);
      },
      holds: (basis) => stillHolds(basis, sources, node.clock),
    },
    clock: () => node.clock,
    organizationActive: () => node.institution !== undefined,
    register: { publishedAt: () => node.publishedAt, refresh: async () => undefined },
    inputs: [],
    channels: ['webhook'],
    warningDays: [45, 30, 14, 7],
    onFault: (cause) => {
      throw cause;
    },
  };
  const memory = createRoundMemory();
  const look = (changed = true, newestRegister: Date | undefined = undefined) =>
    judgeKnown(settings, memory, { changed, newestRegister });
  /** A register of that day, with the institution or without. */
  const importRegister = (day: number, institution: RegisterEntity | undefined) => {
    Object.assign(node, { publishedAt: after(day), registerVersion: node.registerVersion + 1, institution });
  };
  const learnStatus = (seconds: number, status: typeof node.status) => {
    Object.assign(node, { clock: after(seconds), status, statusVersion: node.statusVersion + 1 });
  };
  return { node, judge, settings, memory, look, importRegister, learnStatus };
}

describe('the watch', () => {
  let store: OauthWorld;
  let losses: KnownLosses;

  beforeAll(async () => {
    store = await openOauthWorld();
    await store.addClient({ clientId: 'one', organization });
  }, 60_000);
  afterAll(() => store.close());
  beforeEach(async () => {
    for (const table of [
      'notice',
      'certificate_warning',
      'certificate_standing',
      'organization_standing',
      'audit_event',
    ])
      await store.database.query(`delete from ${table}`);
    await store.database.query('delete from certificate');
    await enter(qwac);
    losses = createKnownLosses(store.database);
  });

  async function enter({ thumbprint, der, notAfter }: typeof qwac): Promise<void> {
    const path = [Buffer.from(qtsp.certificate.der).toString('base64')];
    const used = { thumbprint, der, path, organizationIdentifier: organization, at: now, notAfter };
    await insertUsedCertificate(store.database, used);
  }

  const told = async () =>
    (await store.database.query<{ kind: string }>('select kind from notice order by written_at, id')).map(
      ({ kind }) => kind,
    );
  const events = async () =>
    (await store.database.query<{ kind: string }>('select kind from audit_event order by at, id')).map(
      ({ kind }) => kind,
    );

  it('suspends and restores an organisation with its register, each once', async () => {
    const { look, importRegister, judge, node } = createNode(store);
    await look();
    expect(await events()).toEqual([]);
    importRegister(10, undefined);
    await look();
    await look();
    await losses.read(now);
    expect(losses.suspensionOf(organization)).toContain('found none');
    await expect(heedLosses(judge, losses).judge([qwac.der, qtsp.certificate.der], 'website')).resolves.toMatchObject({
      qualification: { outcome: 'not-qualified' },
    });
    importRegister(20, goodInstitution);
    node.clock = after(20);
    await expect(heedLosses(judge, losses).judge([qwac.der, qtsp.certificate.der], 'website')).rejects.toMatchObject({
      code: 'CERTIFICATE_BLOCKED',
    });
    await look();
    await losses.read(now);
    expect(losses.suspensionOf(organization)).toBeUndefined();
    expect(await events()).toEqual(['organization-suspended', 'organization-restored']);
    expect(await told()).toEqual(['suspended', 'restored']);
  });

  it('a node with an older register neither suspends nor restores', async () => {
    const [ahead, behind] = [createNode(store), createNode(store)];
    behind.importRegister(-10, undefined);
    await behind.look(true, now);
    expect(await events()).toEqual([]);
    ahead.importRegister(10, undefined);
    await ahead.look();
    behind.importRegister(5, goodInstitution);
    await behind.look();
    expect(await events()).toEqual(['organization-suspended']);
  });

  it('C26: a revoked certificate ends alone, on every node, and for good', async () => {
    await enter(renewed);
    const [one, two] = [createNode(store), createNode(store)];
    await one.look();
    one.learnStatus(60, 'revoked');
    await one.look();
    await losses.read(now);
    expect(losses.endOf(qwac.thumbprint)?.code).toBe('CERTIFICATE_REVOKED');
    expect(losses.suspensionOf(organization)).toBeUndefined();
    await expect(
      heedLosses(two.judge, losses).judge([qwac.der, qtsp.certificate.der], 'website'),
    ).rejects.toMatchObject({
      code: 'CERTIFICATE_REVOKED',
    });
    two.learnStatus(120, 'good');
    await two.look();
    await losses.read(now);
    expect(losses.endOf(qwac.thumbprint)?.code).toBe('CERTIFICATE_REVOKED');
    expect((await events()).filter((kind) => kind !== 'certificate-ended')).toEqual([]);
  });

  it('an answer that does not come changes nothing by itself, and is asked for again before the verdict ends', async () => {
    const { look, node, memory } = createNode(store);
    await look();
    node.reachable = false;
    node.statusVersion += 1;
    node.clock = after(60);
    await look();
    expect(await events()).toEqual([]);
    node.reachable = true;
    node.statusVersion += 1;
    await look();
    expect(memory.due.get(qwac.thumbprint)).toBeGreaterThan(node.clock.getTime());
    expect(memory.due.get(qwac.thumbprint)).toBeLessThanOrEqual(after(3_600).getTime());
  });

  it('judges anew after a change only what the change is about, or what the store says otherwise of', async () => {
    const { look, node } = createNode(store);
    await look();
    await look();
    expect(node.decisions).toBe(1);
    node.statusVersion += 1;
    await look();
    expect(node.decisions).toBe(2);
    await store.database.query("update certificate_standing set good_until = good_until - interval '1 second'");
    await look();
    await look();
    expect(node.decisions).toBe(3);
    await store.database.query(
      `insert into organization_standing (organization_identifier, state, since, decision_id, register_published_at)
       values ('${organization}', 'suspended', '${now.toISOString()}', gen_random_uuid(), '${after(-10).toISOString()}')`,
    );
    await look();
    expect(await events()).toEqual(['organization-restored']);
  });

  it('judges anew after a change only what the change is about, or what the store says otherwise of', async () => {
    const { look, node } = createNode(store);
    await look();
    await look();
    expect(node.decisions).toBe(1);
    node.statusVersion += 1;
    await look();
    expect(node.decisions).toBe(2);
    await store.database.query("update certificate_standing set good_until = good_until - interval '1 second'");
    await look();
    await look();
    expect(node.decisions).toBe(3);
    await store.database.query(
      `insert into organization_standing (organization_identifier, state, since, decision_id, register_published_at)
       values ('${organization}', 'suspended', '${now.toISOString()}', gen_random_uuid(), '${after(-10).toISOString()}')`,
    );
    await look();
    expect(await events()).toEqual(['organization-restored']);
  });

  it('judges anew in time before a verdict ends, however often something else changes', async () => {
    const { look, node, memory } = createNode(store);
    await look();
    const due = ((memory.due.get(qwac.thumbprint) ?? 0) - now.getTime()) / 1_000;
    for (const part of [0.3, 0.6, 0.9]) {
      node.clock = after(part * due);
      await look();
    }
    expect(node.decisions).toBe(1);
    node.clock = after(due);
    await look();
    expect(node.decisions).toBe(2);
  });

  it('notes that a certificate has expired when its time comes, without any other change', async () => {
    const { look, node } = createNode(store);
    await look();
    node.clock = after(40 * 86_400 + 1);
    await look(false);
    expect(await told()).toContain('certificate-ended');
  });

  it('tells of the first use of a certificate, once, and of no registration', async () => {
    const { settings, judge } = createNode(store);
    const used = collectUsedCertificates(settings);
    for (const { der } of [qwac, renewed, renewed])
      used.note(await judge.judge([der, qtsp.certificate.der], 'website'));
    expect(await used.write()).toBe(true);
    expect(await used.write()).toBe(false);
    expect(await told()).toEqual(['certificate-first-used']);
  });

  it('takes note of no seal and of nothing that is not qualified', async () => {
    const { settings, judge } = createNode(store);
    const used = collectUsedCertificates(settings);
    const seal = issueQualified(qtsp, { qcType: oid.qcTypeEseal });
    used.note(await judge.judge([seal.der, qtsp.certificate.der], 'seal'));
    used.note(await judge.judge([seal.der, qtsp.certificate.der], 'website'));
    expect(await used.write()).toBe(false);
  });

  it('warns at 45, 30, 14 and 7 days, of the nearest only', async () => {
    const { settings, node, look } = createNode(store);
    await look();
    const daysTold = async () =>
      (
        await store.database.query<{ days: number }>(
          "select (content->'detail'->>'days')::int as days from notice where kind = 'certificate-ends' order by written_at",
        )
      ).map(({ days }) => days);
    await warnOfEnds(settings);
    await warnOfEnds(settings);
    expect(await daysTold()).toEqual([45]);
    node.clock = after(33 * 86_400 - 60);
    await warnOfEnds(settings);
    expect(await daysTold()).toEqual([45, 14]);
    node.clock = after(34 * 86_400);
    await warnOfEnds(settings);
    expect(await daysTold()).toEqual([45, 14, 7]);
  });
});
