import { encodeDecision } from '@postern/core/qualification/evidence-codec.js';
import { qualify } from '@postern/core/qualification/qualify.js';
import { replayDecision } from '@postern/core/qualification/replay-decision.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eachStore } from '../../../tests/material/each-store.js';
import {
  createTestQtsp,
  gatherEvidence,
  issueCrl,
  issueQualified,
} from '../../../tests/material/issue-qualified-evidence.js';
import { now, policy } from '../../../tests/material/qualification-evidence.js';
import type { Decision } from '../decision.js';
import type { Database, Sql } from '../store/database.js';
import { migrate } from '../store/migrate.js';
import { createUuid } from '../store/uuid.js';
import { insertDecision, insertDecisions } from './insert-decision.js';
import { readDecision } from './read-decision.js';

const qtsp = createTestQtsp();
const crl = { source: 'crl', address: 'http://crl.example/', receivedAt: now, bytes: issueCrl(qtsp) } as const;

function decide(recipe: Parameters<typeof issueQualified>[1] = {}): Decision {
  const gathered = gatherEvidence(qtsp, issueQualified(qtsp, recipe));
  const evidence = { ...gathered, revocation: [...gathered.revocation, crl] };
  return { id: createUuid(now), evidence, policy, qualification: qualify(evidence, policy, now) };
}

describe.each(eachStore)('decisions and their evidence on %s', (_kind, open) => {
  let database: Database;

  beforeAll(async () => {
    database = await open();
    await migrate(database);
  }, 60_000);
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.query('delete from decision');
    await database.query('delete from evidence');
  });

  const count = async (table: 'decision' | 'evidence' | 'decision_evidence') =>
    (await database.query<{ n: number }>(`select count(*)::int as n from ${table}`))[0]?.n;
  const replay = async ({ id }: Decision) => {
    const recorded = await readDecision(database, id);
    return replayDecision(recorded?.record, recorded?.parts);
  };

  it('replays to the findings that were recorded', async () => {
    const decision = decide();
    await database.transaction((sql) => insertDecision(sql, decision));
    expect(await replay(decision)).toEqual(decision.qualification);
  });

  it('keeps what decisions have in common once', async () => {
    const decisions = [decide(), decide({ flatRoles: true }), decide({ organizationIdentifier: 'PSDFR-ACPR-2' })];
    for (const decision of decisions) await database.transaction((sql) => insertDecision(sql, decision));
    const kept = await database.query<{ bytes: Uint8Array }>('select bytes from evidence');
    for (const shared of [crl.bytes, qtsp.certificate.der])
      expect(kept.filter(({ bytes }) => Buffer.from(bytes).equals(shared))).toHaveLength(1);
    for (const decision of decisions) expect(await replay(decision)).toEqual(decision.qualification);
  });

  it('a record of before, with everything in itself, still replays', async () => {
    const decision = decide();
    const whole = encodeDecision(decision);
    await database.query(
      `insert into decision (id, at, thumbprint, intended_use, outcome, record)
       values ($1, $2, 'thumbprint', 'website', $3, $4)`,
      [decision.id, now, whole.outcome, JSON.stringify(whole)],
    );
    expect(await replay(decision)).toEqual(decision.qualification);
  });

  it('says what is missing or altered, and decides nothing on it', async () => {
    const decision = decide();
    await database.transaction((sql) => insertDecision(sql, decision));
    const [part] = await database.query<{ sha256: string }>('select sha256 from evidence where bytes = $1', [
      Buffer.from(crl.bytes),
    ]);
    await database.query("update evidence set bytes = bytes || '\\x00'::bytea where sha256 = $1", [part?.sha256]);
    await expect(replay(decision)).rejects.toThrow(`Evidence sha256:${part?.sha256} has been altered`);
    await database.query('delete from decision_evidence where sha256 = $1', [part?.sha256]);
    await expect(replay(decision)).rejects.toThrow(`Evidence sha256:${part?.sha256} is missing.`);
  });

  it('a decision that is there costs one look, and is neither hashed nor written again', async () => {
    const decision = decide();
    await database.transaction((sql) => insertDecision(sql, decision));
    const asked: string[] = [];
    const sql: Sql = {
      query: (text, values) => {
        asked.push(text);
        return database.query(text, values);
      },
    };
    await insertDecision(sql, decision);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatch(/^select id from decision/);
  });

  it('a transaction that fails leaves neither decision nor evidence', async () => {
    await expect(
      database.transaction(async (sql) => {
        await insertDecision(sql, decide());
        throw new Error('stop');
      }),
    ).rejects.toThrow('stop');
    expect([await count('decision'), await count('evidence'), await count('decision_evidence')]).toEqual([0, 0, 0]);
  });

  it('many transactions at once with the same evidence, in any order, wait for nobody in a circle', async () => {
    const decisions = Array.from({ length: 6 }, (_, at) => decide({ organizationIdentifier: `PSDFR-ACPR-${at}` }));
    const deadlocks: unknown[] = [];
    await Promise.all(
      // As many as there are connections: who waits longer than a moment for one is refused.
      Array.from({ length: 10 }, async (_, turn) => {
        const mine = decisions.map((__, at) => decisions[(at * (turn % 2 === 0 ? 1 : 5) + turn) % 6] as Decision);
        // Counted here: the store tries again by itself after a deadlock.
        await database.transaction((sql) =>
          insertDecisions(sql, [...mine, decide({ ncaId: `FR-${turn}` })]).catch((cause: unknown) => {
            deadlocks.push(cause);
            throw cause;
          }),
        );
      }),
    );
    expect(deadlocks).toEqual([]);
    expect(await count('decision')).toBe(16);
    for (const decision of decisions) expect(await replay(decision)).toEqual(decision.qualification);
  });
});
