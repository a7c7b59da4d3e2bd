import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertAuditEvents } from '../../server/src/audit/audit-event.js';
import { migrateAtStart } from '../../server/src/commands/open-database.js';
import { configSchema } from '../../server/src/config-schema.js';
import { sweepStore } from '../../server/src/retention/sweep-store.js';
import type { Database } from '../../server/src/store/database.js';
import { grantToServer } from '../../server/src/store/grant-to-server.js';
import { migrate } from '../../server/src/store/migrate.js';
import { openPostgresql } from '../../server/src/store/open-postgresql.js';
import { enroll, openTppWorld, type TppWorld } from '../material/enroll.js';
import { type RunningNodes, startNodes } from '../material/start-nodes.js';
import { findPostgresql, startPostgresql, type TemporaryPostgresql } from '../material/start-postgresql.js';

const role = 'postern_server';
/** Runs `postern migrate --grant-to` on the store of a URL. */
function runMigrate(configFile: string, url: string, grantTo: string) {
  const program = fileURLToPath(new URL('../../server/bin/postern.mjs', import.meta.url));
  const config = {
    ...JSON.parse(readFileSync(configFile, 'utf8')),
    store: { kind: 'postgresql', url: { env: 'OWNER' } },
  };
  const file = `${configFile}.owner.json`;
  writeFileSync(file, JSON.stringify(config));
  return promisify(execFile)(process.execPath, [program, 'migrate', '--config', file, '--grant-to', grantTo], {
    env: { ...process.env, OWNER: url },
  });
}

const retention = configSchema.shape.retention.parse(undefined);
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

describe.runIf(findPostgresql() !== undefined)('O14 a server whose role may only add to the audit', () => {
  let postgresql: TemporaryPostgresql;
  let owner: Database;
  let server: Database;
  let bank: RunningNodes;
  let world: TppWorld;

  beforeAll(async () => {
    postgresql = await startPostgresql();
    owner = openPostgresql(postgresql.url, () => undefined);
    await owner.query(`create role ${role} login`);
    await migrate(owner);
    await grantToServer(owner, role);
    const url = postgresql.url.replace('postern@', `${role}@`);
    server = openPostgresql(url, () => undefined);
    bank = await startNodes({ count: 1, databaseUrl: url });
    world = openTppWorld(bank);
    await enroll(world);
  });
  afterAll(async () => {
    world?.close();
    await bank?.stop();
    await server?.close();
    await owner?.close();
    await postgresql?.stop();
  });

  const insert = (correlationId: string, at: Date) =>
    insertAuditEvents(server, [{ at, kind: 'api-called', outcome: 'done', correlationId }]);
  const left = async (table: string) =>
    (await owner.query<{ n: number }>(`select count(*)::int as n from ${table}`))[0]?.n ?? 0;

  it('serves, and records what it does', async () => {
    const kinds = await owner.query<{ kind: string }>("select kind from audit_event where kind = 'client-registered'");
    expect(kinds).toHaveLength(1);
    expect(await left('decision')).toBeGreaterThan(0);
  });

  it.each([
    "update audit_event set outcome = 'refused'",
    'delete from audit_event',
    'truncate audit_event',
    'delete from decision',
    "update decision set outcome = 'qualified'",
    'delete from evidence',
    "update evidence set bytes = ''",
    'delete from decision_evidence',
    'alter table audit_event disable trigger all',
    'drop table audit_event',
    'create table of_its_own (id integer)',
    'delete from migration',
  ])('cannot: %s', async (statement) => {
    await expect(server.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  it('lets go of what is past its time, and of nothing younger, whatever it is asked', async () => {
    await insert('old', daysAgo(450));
    await insert('young', daysAgo(300));
    const [all] = await server.query<{ n: number }>("select expire_audit_events('infinity', 1000)::int as n");
    expect(all?.n).toBe(1);
    await insert('old', daysAgo(450));
    const deleted: string[] = [];
    await sweepStore({
      database: server,
      retention: { ...retention, auditDays: 396 },
      now: new Date(),
      evidenceAfter: '',
      keepOn: async () => true,
      onDeleted: (kind) => void deleted.push(kind),
    });
    expect(deleted).toContain('audit-event');
    const events = await owner.query<{ correlation_id: string }>(
      "select correlation_id from audit_event where kind = 'api-called'",
    );
    expect(events.map(({ correlation_id }) => correlation_id)).toEqual(['young']);
  });

  it('drops no evidence that a decision needs', async () => {
    const before = await left('evidence');
    await server.query('select drop_idle_evidence(array(select sha256 from evidence))');
    expect(await left('evidence')).toBe(before);
  });

  it('is set up by postern migrate --grant-to, by the owner', async () => {
    for (const name of ['postern_other', 'postern_third']) await owner.query(`create role ${name} login`);
    const run = (role: string) => runMigrate(bank.configFile, postgresql.url, role);
    const { stdout } = await run('postern_other');
    expect(stdout).toContain('postern_other may serve');
    const [may] = await owner.query(
      `select has_table_privilege('postern_other', 'audit_event', 'insert') as add,
         has_table_privilege('postern_other', 'audit_event', 'delete') as remove`,
    );
    expect(may).toEqual({ add: true, remove: false });
    // The owner itself is bound by no grant.
    await expect(run('postern')).rejects.toMatchObject({ code: 78 });
    const asServer = postgresql.url.replace('postern@', `${role}@`);
    await expect(runMigrate(bank.configFile, asServer, 'postern_third')).rejects.toMatchObject({ code: 78 });
  });

  it('says what to do where the store is behind', async () => {
    const late = openPostgresql(postgresql.url.replace('postern@', `${role}@`), () => undefined);
    await owner.query("delete from migration where name like '0019%'");
    await expect(migrateAtStart(late)).rejects.toThrow('run postern migrate as its owner');
  });
});
