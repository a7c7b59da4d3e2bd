import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertAuditEvents } from '../../server/src/audit/audit-event.js';
import { createAuditLog } from '../../server/src/audit/audit-log.js';
import type { Database } from '../../server/src/store/database.js';
import { migrate } from '../../server/src/store/migrate.js';
import { openEmbedded } from '../../server/src/store/open-embedded.js';
import { openPostgresql } from '../../server/src/store/open-postgresql.js';
import { insertApplicant, insertSandboxCertificate } from '../../server/src/store/sandbox.js';
import { findPostgresql, startPostgresql, type TemporaryPostgresql } from '../material/start-postgresql.js';

const at = new Date('2026-11-22T10:00:00Z');
let server: TemporaryPostgresql | undefined;

const kinds: readonly (readonly [string, () => Promise<Database>])[] = [
  ['embedded', () => openEmbedded(undefined)],
  ...(findPostgresql() === undefined
    ? []
    : [
        [
          'postgresql',
          async () => {
            server = await startPostgresql();
            // Idle connections report the stop of the server at the end; queries report their own faults.
            return openPostgresql(server.url, () => undefined);
          },
        ] as const,
      ]),
];

describe.each(kinds)('the store on %s', (_kind, open) => {
  let database: Database;

  beforeAll(async () => {
    database = await open();
    expect(await migrate(database)).not.toEqual([]);
  });

  afterAll(async () => {
    await database.close();
    await server?.stop();
  });

  const count = async () => (await database.query<{ n: number }>('select count(*)::int as n from organization'))[0]?.n;
  const insert = (sql: Pick<Database, 'query'>, identifier: string) =>
    sql.query('insert into organization (identifier, legal_name, first_seen_at) values ($1, $2, $3)', [
      identifier,
      'Nom',
      at,
    ]);

  it('applies each migration once', async () => {
    expect(await migrate(database)).toEqual([]);
  });

  it('keeps what a transaction committed and nothing of one that failed', async () => {
    await database.transaction((sql) => insert(sql, 'PSDFR-ACPR-1'));
    await expect(
      database.transaction(async (sql) => {
        await insert(sql, 'PSDFR-ACPR-2');
        throw new Error('stop');
      }),
    ).rejects.toThrow('stop');
    expect(await count()).toBe(1);
  });

  it('gives the same types on every engine', async () => {
    const [row] = await database.query<{ t: unknown; j: unknown; b: Uint8Array; n: unknown; i: unknown }>(
      'select $1::timestamptz as t, $2::jsonb as j, $3::bytea as b, null as n, 7::int as i',
      [at, JSON.stringify({ a: [1] }), Buffer.from([1, 2])],
    );
    expect(row?.t).toEqual(at);
    expect(row?.j).toEqual({ a: [1] });
    expect([...(row?.b ?? [])]).toEqual([1, 2]);
    expect(row?.n).toBeNull();
    expect(row?.i).toBe(7);
  });

  it('lets exactly one of many concurrent takers win', async () => {
    await database.query(`insert into simulated_message (id, brand, environment, psu, sent_at, text)
      values ('00000000-0000-7000-8000-000000000001', 'b', 'sandbox', 'p', now(), 'fresh')`);
    const takes = await Promise.all(
      Array.from({ length: 50 }, () =>
        database.transaction((sql) =>
          sql.query("update simulated_message set text = 'taken' where text = 'fresh' returning id"),
        ),
      ),
    );
    expect(takes.filter((rows) => rows.length === 1)).toHaveLength(1);
  });

  it('writes audit events with the transaction of what they record', async () => {
    const event = { at, kind: 'client-registered', outcome: 'done', correlationId: 'c-1' } as const;
    await expect(
      database.transaction(async (sql) => {
        await insertAuditEvents(sql, [event]);
        throw new Error('stop');
      }),
    ).rejects.toThrow();
    await database.transaction((sql) => insertAuditEvents(sql, [event, { ...event, detail: { scope: 'aisp' } }]));
    const rows = await database.query<{ detail: unknown }>(
      "select detail from audit_event where correlation_id = 'c-1' order by id",
    );
    expect(rows).toHaveLength(2);
  });

  it('the audit log loses nothing that was appended before it was closed', async () => {
    const log = createAuditLog({
      database,
      onFault: (cause) => {
        throw cause;
      },
    });
    for (let n = 0; n < 1_200; n += 1) log.append({ at, kind: 'api-called', outcome: 'done', correlationId: 'bulk' });
    await log.close();
    const [row] = await database.query<{ n: number }>(
      "select count(*)::int as n from audit_event where correlation_id = 'bulk'",
    );
    expect(row?.n).toBe(1_200);
  });

  it('C57 an entry that the store cannot take holds back no other, and hostile text is recorded', async () => {
    const faults: unknown[] = [];
    const log = createAuditLog({ database, onFault: (cause) => faults.push(cause) });
    const event = { at, kind: 'api-called', outcome: 'done' } as const;
    for (let n = 0; n < 20; n += 1)
      log.append({ ...event, correlationId: 'beside', detail: { name: `a\0b\ud800${n}` } });
    log.append({ ...event, correlationId: 'impossible', decisionId: 'no uuid' });
    await log.close();
    const [row] = await database.query<{ n: number; name: string }>(
      "select count(*)::int as n, min(detail->>'name') as name from audit_event where correlation_id = 'beside'",
    );
    expect(row).toEqual({ n: 20, name: 'a\ufffdb\ufffd0' });
    expect(faults.length).toBeGreaterThan(0);
  });

  it('K10: takes no second certificate of a serial number', async () => {
    const applicantId = '019abf3c-0000-7000-8000-00000000000a';
    await insertApplicant(database, {
      ...{ id: applicantId, brand: 'b', organizationIdentifier: 'PSDFR-TEST-1', organizationName: 'x', contact: 'x' },
      ...{ roles: [], secretHash: 'x', state: 'issued', registerState: 'active', requests: undefined },
      ...{ requestedAt: at, decidedAt: at, decidedBy: 'x', reason: undefined },
    });
    const insert = (thumbprint: string) =>
      insertSandboxCertificate(database, {
        ...{
          serialNumber: '4f00',
          applicantId,
          brand: 'b',
          kind: 'qwac',
          issuer: 'i',
          thumbprint,
          path: '',
          state: 'good',
        },
        ...{ issuedAt: at, notAfter: at, revokedAt: undefined, reason: undefined, defect: undefined },
      });
    await insert('one');
    await expect(insert('two')).rejects.toThrow(/unique|duplicate/i);
  });

  it('T41 takes hostile text as text', async () => {
    await insert(database, "x'); drop table client; --");
    expect((await database.query<{ n: number }>('select count(*)::int as n from client'))[0]?.n).toBe(0);
  });
});
