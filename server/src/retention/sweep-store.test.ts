import { replayDecision } from '@postern/core/qualification/replay-decision.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eachStore } from '../../../tests/material/each-store.js';
import { type OauthWorld, openOauthWorld } from '../../../tests/material/oauth-world.js';
import { insertAuditEvents } from '../audit/audit-event.js';
import { insertDecision } from '../audit/insert-decision.js';
import { readDecision } from '../audit/read-decision.js';
import { configSchema } from '../config-schema.js';
import { createUuid } from '../store/uuid.js';
import { createRetention } from './retention.js';
import { daysBefore, type RetentionSettings } from './retention-settings.js';
import { type SweepOptions, sweepStore } from './sweep-store.js';

const organization = 'PSDFR-ACPR-1';
const retention: RetentionSettings = configSchema.shape.retention.parse(undefined);
const now = new Date('2026-11-22T10:00:00Z');
const ago = (days: number) => daysBefore(now, days);

describe.each(eachStore)('retention on %s', (_kind, open) => {
  let world: OauthWorld;
  let seal: string;
  let deleted: Record<string, number>;

  beforeAll(async () => {
    world = await openOauthWorld(open);
    const client = await world.addClient({ clientId: 'one', organization });
    seal = client.keys[0]?.kid ?? '';
  }, 60_000);
  afterAll(() => world.close());
  beforeEach(async () => {
    deleted = {};
    for (const table of [
      'notice',
      'registration_access_token',
      'registration_request',
      'authorization_request',
      'authorization_code',
      'refresh_token',
      'consent_grant',
      'quota',
      'simulated_message',
      'certificate_warning',
      'certificate_standing',
      'certificate',
      'audit_event',
      'decision',
      'evidence',
      'lease',
    ])
      await world.database.query(`delete from ${table}`);
  });

  const onDeleted = (kind: string, rows: number) => {
    deleted[kind] = (deleted[kind] ?? 0) + rows;
  };
  const sweep = (options: Partial<SweepOptions> = {}) =>
    sweepStore({
      database: world.database,
      retention,
      now,
      evidenceAfter: '',
      keepOn: async () => true,
      onDeleted,
      ...options,
    });
  const insert = (table: string, row: Record<string, unknown>) => {
    const values = Object.values(row);
    const places = values.map((_, at) => `$${at + 1}`);
    return world.database.query(`insert into ${table} (${Object.keys(row).join(', ')}) values (${places.join(', ')})`, [
      ...values,
    ]);
  };
  const left = async (table: string, column: string) =>
    (await world.database.query<{ name: string }>(`select ${column}::text as name from ${table} order by 1`)).map(
      ({ name }) => name,
    );

  const realm = { brand: 'demo-bank', environment: 'production' };
  const grant = async (days: { expires: number; ended?: number }) => {
    const id = createUuid(now);
    const times = { authenticated_at: ago(400), expires_at: ago(days.expires) };
    const ended = days.ended === undefined ? {} : { ended_at: ago(days.ended), end_reason: 'code-replayed' };
    await insert('consent_grant', {
      id,
      client_id: 'one',
      ...realm,
      psu: 'p',
      scope: 'aisp',
      accounts: '[]',
      ...times,
      ...ended,
    });
    return id;
  };
  const code = (name: string, grantId: string, expires: number) =>
    insert('authorization_code', {
      code_hash: name,
      grant_id: grantId,
      client_id: 'one',
      redirect_uri: 'x',
      code_challenge: 'x',
      issued_at: ago(expires),
      expires_at: ago(expires),
      used_at: ago(expires),
    });
  const refreshToken = (name: string, grantId: string, expires: number) =>
    insert('refresh_token', {
      token_hash: name,
      grant_id: grantId,
      client_id: 'one',
      issued_at: ago(300),
      rotated_at: ago(299),
      expires_at: ago(expires),
    });
  const notice = (kind: string, written: number, delivered?: number) =>
    insert('notice', {
      id: createUuid(now),
      client_id: 'one',
      kind,
      channel: 'webhook',
      content: '{}',
      written_at: ago(written),
      next_attempt_at: ago(written),
      ...(delivered === undefined ? {} : { delivered_at: ago(delivered) }),
    });
  const certificate = (thumbprint: string, notAfter: number) =>
    insert('certificate', {
      thumbprint,
      der: Buffer.from(thumbprint),
      organization_identifier: organization,
      first_seen_at: ago(800),
      not_after: ago(notAfter),
    });
  const decision = async (name: string, days: number) => {
    const made = world.decide(organization, name);
    const aged = { ...made, id: createUuid(ago(days)), qualification: { ...made.qualification, at: ago(days) } };
    await world.database.transaction((sql) => insertDecision(sql, aged));
    return aged;
  };
  const event = (decisionId: string, days: number) =>
    insertAuditEvents(world.database, [
      { at: ago(days), kind: 'api-called', outcome: 'done', correlationId: 'c', decisionId },
    ]);

  it('T16, T17: used codes and replaced refresh tokens stay as long as their grant could be misused by them', async () => {
    const [live, over] = [await grant({ expires: -1 }), await grant({ expires: 30 })];
    await code('of a live grant', live, 190);
    await code('of one that ended lately', over, 100);
    await code('of one that is over', over, 190);
    await refreshToken('of a live grant', live, -1);
    await refreshToken('expired lately', over, 5);
    await refreshToken('expired', over, 30);
    await sweep();
    expect(await left('authorization_code', 'code_hash')).toEqual(['of a live grant', 'of one that ended lately']);
    expect(await left('refresh_token', 'token_hash')).toEqual(['expired lately', 'of a live grant']);
    expect(await left('consent_grant', 'id')).toHaveLength(2);
  });

  it('delivered notices and those that nobody took go after their time, and no other', async () => {
    await notice('fresh', 1);
    await notice('delivered', 400, 390);
    await notice('old', 400, 399);
    await notice('never taken', 400);
    await sweep();
    expect(await left('notice', 'kind')).toEqual(['delivered', 'fresh']);
    expect(deleted).toEqual({ notice: 2 });
  });

  it('requests, tokens and failures past any use go', async () => {
    for (const days of [1, 30]) {
      const name = `${days}`;
      const request = { organization_identifier: organization, ...realm, request_key: name, body_hash: 'x' };
      await insert('registration_request', { ...request, client_id: 'one', received_at: ago(days) });
      const token = { token_hash: name, client_id: 'one', issued_at: ago(40), ended_at: ago(days) };
      await insert('registration_access_token', token);
      await insert('quota', { name: 'test', key: name, whole_at: ago(days - 2) });
    }
    await insert('registration_access_token', { token_hash: 'live', client_id: 'one', issued_at: ago(900) });
    await sweep();
    expect(await left('registration_request', 'request_key')).toEqual(['1']);
    expect(await left('registration_access_token', 'token_hash')).toEqual(['1', 'live']);
    expect(await left('quota', 'key')).toEqual(['1']);
  });

  it('certificates go after their end, but a seal of a living client and what the audit has nowhere else', async () => {
    const { evidence } = await decision('judged', 900);
    await certificate(evidence.certificate.thumbprint, 100);
    await certificate(seal, 100);
    await certificate('ended lately', 50);
    await certificate('in no decision', 100);
    await insert('certificate_warning', { thumbprint: evidence.certificate.thumbprint, days: 7, warned_at: ago(110) });
    await sweep();
    expect(new Set(await left('certificate', 'thumbprint'))).toEqual(new Set([seal, 'ended lately', 'in no decision']));
    expect(deleted).toEqual({ certificate: 1 });
  });

  it('keeps audit, decisions and grants for ever unless it is told for how long', async () => {
    const { id } = await decision('ancient', 9_000);
    await event(id, 9_000);
    await grant({ expires: 9_000 });
    await sweep();
    expect(deleted).toEqual({});
  });

  it('lets the audit expire whole, and keeps what an event that stays still names', async () => {
    const [gone, named] = [await decision('gone', 900), await decision('named', 900)];
    await event(gone.id, 900);
    await event(named.id, 100);
    const old = await grant({ expires: 600, ended: 700 });
    await code('old', old, 800);
    await refreshToken('old', old, 600);
    await grant({ expires: 100 });
    await sweep({ retention: { ...retention, auditDays: 500 } });
    expect(await left('decision', 'id')).toEqual([named.id]);
    expect(await left('consent_grant', 'id')).toHaveLength(1);
    expect(await left('audit_event', 'kind')).toEqual(['api-called', 'audit-expired']);
    const recorded = await readDecision(world.database, named.id);
    expect(replayDecision(recorded?.record, recorded?.parts).findings.length).toBeGreaterThan(0);
    expect(deleted['evidence']).toBeGreaterThan(0);
    const [row] = await world.database.query<{ idle: number }>(
      'select count(*)::int as idle from evidence where sha256 not in (select sha256 from decision_evidence)',
    );
    expect(row?.idle).toBe(0);
  });

  it('does a bounded part at a time, and the rest the next time', async () => {
    for (let n = 0; n < 10; n += 1) await notice(`${n}`, 500);
    await sweep({ most: 3, mostBatches: 2 });
    expect(deleted).toEqual({ notice: 6 });
    await sweep({ most: 3, mostBatches: 2 });
    expect(deleted).toEqual({ notice: 10 });
  });

  it('a node that dies in the middle leaves whole transactions behind, and another goes on', async () => {
    for (let n = 0; n < 10; n += 1) await notice(`${n}`, 500);
    let transactions = 0;
    const dying: SweepOptions['database'] = {
      ...world.database,
      transaction: (work) =>
        world.database.transaction(async (sql) => {
          const result = await work(sql);
          transactions += 1;
          if (transactions === 3) throw new Error('killed');
          return result;
        }),
    };
    await expect(sweep({ database: dying, most: 3 })).rejects.toThrow('killed');
    expect(deleted).toEqual({ notice: 6 });
    expect(await left('notice', 'id')).toHaveLength(4);
    await sweep({ most: 3 });
    expect(deleted).toEqual({ notice: 10 });
  });

  it('of two nodes one sweeps, and two at once delete nothing twice', async () => {
    for (let n = 0; n < 40; n += 1) await notice(`${n}`, 500);
    await Promise.all([sweep({ most: 3 }), sweep({ most: 3 })]);
    await sweep();
    expect(deleted).toEqual({ notice: 40 });

    await notice('one more', 500);
    const node = () =>
      createRetention({
        database: world.database,
        retention,
        clock: () => now,
        sweepStatusFiles: async () => 0,
        onDeleted,
        onFault: (cause) => {
          throw cause;
        },
      });
    const other = { name: 'retention', holder: createUuid(now) };
    await insert('lease', { ...other, until: new Date('2100-01-01T00:00:00Z') });
    await node().sweep();
    expect(deleted).toEqual({ notice: 40 });
    await world.database.query('delete from lease');
    await Promise.all([node().sweep(), node().sweep()]);
    expect(deleted).toEqual({ notice: 41 });
    expect(await left('lease', 'name')).toEqual([]);
  });

  it('never takes evidence from under a decision that is being written', async () => {
    const made = Array.from({ length: 12 }, (_, n) => world.decide(organization, `raced ${n}`));
    let writing = true;
    const sweeping = (async () => {
      while (writing) await sweep({ most: 5 });
    })();
    for (const one of made) {
      await world.database.transaction((sql) => insertDecision(sql, one));
      await world.database.query('delete from decision where id = $1', [one.id]);
    }
    await Promise.all(made.map((one) => world.database.transaction((sql) => insertDecision(sql, one))));
    writing = false;
    await sweeping;
    for (const { id, qualification } of made) {
      const recorded = await readDecision(world.database, id);
      expect(recorded?.parts.size).toBeGreaterThan(0);
      expect(replayDecision(recorded?.record, recorded?.parts).at).toEqual(qualification.at);
    }
  });
});
