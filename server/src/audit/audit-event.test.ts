import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../store/database.js';
import { migrate } from '../store/migrate.js';
import { openEmbedded } from '../store/open-embedded.js';
import { type AuditEvent, insertAuditEvents } from './audit-event.js';

let database: Database;
beforeAll(async () => {
  database = await openEmbedded(undefined);
  await migrate(database);
}, 60_000);
afterAll(() => database.close());

const at = new Date('2026-03-04T05:06:07.089Z');
const full: AuditEvent = {
  at,
  kind: 'api-called',
  outcome: 'done',
  brand: 'demo-bank',
  environment: 'production',
  organizationIdentifier: 'PSDFR-ACPR-12345',
  clientId: 'client "é" \\ 1',
  thumbprint: 'thumbprint',
  decisionId: '01890a5d-ac96-774b-bcce-b302099a8057',
  correlationId: 'full',
  detail: { method: 'GET', accounts: 2, blocked: false, scopes: ['aisp', 'pisp'] },
};
const bare: AuditEvent = { at, kind: 'request-refused', outcome: 'refused', code: 'NOT_FOUND', correlationId: 'bare' };

function readEvents() {
  return database.query<Record<string, unknown>>('select * from audit_event order by correlation_id, id');
}

it('writes every member of an event, and null for what is left out', async () => {
  await insertAuditEvents(database, [full, bare]);
  const [second, first] = await readEvents();
  expect(first).toMatchObject({
    at,
    kind: 'api-called',
    outcome: 'done',
    code: null,
    brand: 'demo-bank',
    environment: 'production',
    organization_identifier: 'PSDFR-ACPR-12345',
    client_id: 'client "é" \\ 1',
    thumbprint: 'thumbprint',
    decision_id: '01890a5d-ac96-774b-bcce-b302099a8057',
    correlation_id: 'full',
    detail: full.detail,
  });
  expect(second).toMatchObject({ at, code: 'NOT_FOUND', brand: null, decision_id: null, detail: {} });
});

it('writes a full batch in one statement', async () => {
  await insertAuditEvents(
    database,
    Array.from({ length: 500 }, (_, position) => ({ ...bare, correlationId: `batch ${position}` })),
  );
  const rows = (await readEvents()).filter(({ correlation_id }) => String(correlation_id).startsWith('batch'));
  expect(new Set(rows.map(({ id }) => id)).size).toBe(500);
});

it('writes nothing for no events', async () => {
  const before = (await readEvents()).length;
  await insertAuditEvents(database, []);
  expect(await readEvents()).toHaveLength(before);
});
