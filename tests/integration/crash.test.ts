import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgresql } from '../../server/src/store/open-postgresql.js';
import { runJourney } from '../../tpp/src/journey/run-journey.js';
import { type RunningDemo, startDemo } from '../material/start-demo.js';
import { findPostgresql, startPostgresql, type TemporaryPostgresql } from '../material/start-postgresql.js';

describe.runIf(findPostgresql() !== undefined)(
  'on PostgreSQL, with the server killed between registration and the first call',
  () => {
    let postgresql: TemporaryPostgresql;
    let demo: RunningDemo;

    beforeAll(async () => {
      postgresql = await startPostgresql();
      demo = await startDemo({ DATABASE_URL: postgresql.url });
    });

    afterAll(async () => {
      await demo?.stop();
      await postgresql?.stop();
    });

    it.each(['first', 'second'])('the %s journey holds and nothing acknowledged is lost', async () => {
      const { ok, steps } = await runJourney({
        readyFile: demo.readyFile,
        brand: 'demo-bank',
        environment: 'production',
        onStep: async (step) => {
          if (step.id === 'register') await demo.crashAndRestart();
        },
      });
      expect(steps.filter((step) => !step.ok)).toEqual([]);
      expect(ok).toBe(true);
    });

    it('R61 kept each registration with its keys, its decision and its audit event', async () => {
      const database = openPostgresql(postgresql.url, () => undefined);
      const [row] = await database.query<{ clients: number; keys: number; events: number; decisions: number }>(
        `select (select count(*)::int from client) as clients,
         (select count(distinct client_id)::int from client_key) as keys,
         (select count(*)::int from audit_event where kind = 'client-registered') as events,
         (select count(*)::int from audit_event join decision on decision.id = decision_id where kind = 'client-registered') as decisions`,
      );
      await database.close();
      expect(row?.clients).toBeGreaterThanOrEqual(2);
      expect(row).toEqual({ clients: row?.clients, keys: row?.clients, events: row?.clients, decisions: row?.clients });
    });

    it('recorded the evidence of every decision that an event names', async () => {
      const database = openPostgresql(postgresql.url, () => undefined);
      const [row] = await database.query<{ named: number; lost: number }>(
        `select count(*)::int as named, (count(*) filter (where decision.id is null))::int as lost
       from audit_event left join decision on decision.id = decision_id where decision_id is not null`,
      );
      await database.close();
      expect(row?.named).toBeGreaterThan(10);
      expect(row?.lost).toBe(0);
    });

    it('replays every recorded decision to the findings it had', async () => {
      const database = openPostgresql(postgresql.url, () => undefined);
      const decisions = await database.query<{ id: string; outcome: string }>(
        'select id, outcome from decision order by at limit 5',
      );
      await database.close();
      expect(decisions.length).toBeGreaterThan(0);
      for (const { id, outcome } of decisions) {
        const config = `${demo.dataDirectory}/demo/postern.yaml`;
        process.env['DATABASE_URL'] = postgresql.url;
        const { stdout } = await demo
          .run('postern', ['qualify', '--replay', id, '--config', config, '--json'])
          .finally(() => {
            delete process.env['DATABASE_URL'];
          });
        expect((JSON.parse(stdout) as { outcome: string }).outcome).toBe(outcome);
      }
    });

    it('replays nothing on evidence that was altered, and says so', async () => {
      const database = openPostgresql(postgresql.url, () => undefined);
      const [part] = await database.query<{ decision_id: string; sha256: string }>(
        'select decision_id, sha256 from decision_evidence limit 1',
      );
      await database.query("update evidence set bytes = bytes || '\\x00'::bytea where sha256 = $1", [part?.sha256]);
      await database.close();
      const config = `${demo.dataDirectory}/demo/postern.yaml`;
      process.env['DATABASE_URL'] = postgresql.url;
      const { code, stdout, stderr } = await demo
        .run('postern', ['qualify', '--replay', part?.decision_id ?? '', '--config', config, '--json'])
        .finally(() => {
          delete process.env['DATABASE_URL'];
        });
      expect([code, stdout]).toEqual([65, '']);
      expect(stderr).toContain(`Evidence sha256:${part?.sha256} has been altered`);
    });
  },
);
