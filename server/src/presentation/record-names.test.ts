import type { RegisteredMetadata } from '@postern/core/registration/client-metadata.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eachStore } from '../../../tests/material/each-store.js';
import { upsertOrganization } from '../store/client-organizations.js';
import { insertClient, readClient } from '../store/clients.js';
import type { Database } from '../store/database.js';
import { migrate } from '../store/migrate.js';
import { listNameReviews } from '../store/name-reviews.js';
import { readDueNotices } from '../store/notices.js';
import { decideNames } from './decide-names.js';
import { type PresentedClient, recordNames } from './record-names.js';

const at = new Date('2026-06-01T00:00:00Z');
const call = { bankNames: ['Demo Bank'], channels: ['webhook'] as const, at, correlationId: 'c' };

describe.each(eachStore)('names on %s', (_kind, open) => {
  let database: Database;
  let number = 0;

  beforeAll(async () => {
    database = await open();
    await migrate(database);
  }, 60_000);
  afterAll(() => database.close());

  /** Registers an application of an organisation. */
  const register = (organization: string, legalName: string, names: object) =>
    database.transaction((sql) => enter(sql, organization, { legalName, names }));

  async function enter(
    sql: Parameters<typeof insertClient>[0],
    organization: string,
    given: { legalName: string; names: object },
  ) {
    const client = clientOf(`client-${++number}`, organization, given);
    const roles = { certificateRoles: [], registerRoles: [] };
    await upsertOrganization(sql, { identifier: organization, legalName: given.legalName, ...roles }, at);
    const keys = [{ kid: client.clientId, x5u: undefined, x5c: ['AA=='] }];
    await insertClient(sql, { ...client, keys, issuedAt: at }, 'thumbprint');
    return { client, standing: await recordNames(sql, client, call) };
  }

  const again = (client: PresentedClient, names: object) =>
    database.transaction((sql) => recordNames(sql, { ...client, metadata: { ...client.metadata, ...names } }, call));
  const standingOf = async ({ clientId }: PresentedClient) =>
    (await readClient(database, { brand: 'demo-bank', environment: 'production', clientId }))?.nameStanding?.state;
  const kindsOf = ({ doubts }: { doubts: readonly { kind: string }[] }) => doubts.map(({ kind }) => kind);

  it('R47: shows what is like nobody, and holds what is like the bank or another third party', async () => {
    expect((await register('A', 'Alpha SAS', { client_name: 'Comptes Alpha' })).standing).toMatchObject({
      state: 'clear',
      doubts: [],
    });
    expect((await register('A', 'Alpha SAS', { client_name: 'Comptes Alpha' })).standing.state).toBe('clear');
    const same = await register('B', 'Beta SAS', { client_name: 'C\u043emptes Alpha' });
    expect(kindsOf(same.standing)).toEqual(['scripts', 'third-party']);
    expect(kindsOf((await register('B', 'Beta SAS', { client_name: 'ALPHA' })).standing)).toEqual(['third-party']);
    expect(kindsOf((await register('B', 'Beta SAS', { client_name: 'Beta' })).standing)).toEqual([]);
    const localized = await register('B', 'Beta SAS', { client_name: 'Beta 2', 'client_name#fr': 'Demo Bank Budget' });
    expect(kindsOf(localized.standing)).toEqual(['bank']);
    expect(await standingOf(localized.client)).toBe('held');
  });

  it('R47: of two that come at once, one is held', async () => {
    const both = await Promise.all([
      register('C', 'Gamma SAS', { client_name: 'Twin' }),
      register('D', 'Delta SAS', { client_name: 'TWIN' }),
    ]);
    expect(both.map(({ standing }) => standing.state).sort()).toEqual(['clear', 'held']);
  });

  it('R47: holds an application that goes by the legal name of whom comes later, and tells its third party', async () => {
    const early = await register('E', 'Epsilon SAS', { client_name: 'Zeta' });
    expect(early.standing.state).toBe('clear');
    await register('F', 'Zeta S.A.', { client_name: 'Zeta' });
    expect(await standingOf(early.client)).toBe('held');
    const notices = await readDueNotices(database, at, 100);
    expect(notices.map(({ clientId, kind }) => ({ clientId, kind }))).toContainEqual({
      clientId: early.client.clientId,
      kind: 'name-held',
    });
  });

  it('keeps what an operator decided until the names change, and decides on what was seen only', async () => {
    const { client } = await register('G', 'Eta SAS', { client_name: 'Demo Bank' });
    const seen = (await listNameReviews(database, { state: 'held' })).find(
      ({ clientId }) => clientId === client.clientId,
    );
    const decide = (state: 'released' | 'refused', reviewId = seen?.reviewId ?? '') =>
      decideNames(database, { reviewId, state, reason: 'agreed by contract', at, correlationId: 'c-7' }, ['webhook']);
    expect(await decide('released')).toMatchObject({ clientId: client.clientId, state: 'released' });
    expect(await decide('released')).toBeUndefined();
    expect((await again(client, {})).state).toBe('released');
    expect((await again(client, { 'client_name#fr': 'Banque D\u00e9mo' })).state).toBe('held');
    expect(await decide('released')).toBeUndefined();
    expect(await standingOf(client)).toBe('held');
    expect((await again(client, { client_name: 'Eta' })).state).toBe('clear');
    const events = await database.query('select kind from audit_event where client_id = $1 order by id', [
      client.clientId,
    ]);
    const kinds = events.map((event) => (event as { kind: string }).kind);
    expect(kinds.sort()).toEqual(['name-held', 'name-held', 'name-released']);
    const decided = await database.query(
      `select correlation_id, detail->>'review' as review from audit_event where client_id = $1 and kind = 'name-released'`,
      [client.clientId],
    );
    expect(decided).toEqual([{ correlation_id: 'c-7', review: seen?.reviewId }]);
    const told = (await readDueNotices(database, at, 100)).filter(({ clientId }) => clientId === client.clientId);
    expect(told).toEqual([
      expect.objectContaining({
        kind: 'name-released',
        content: expect.objectContaining({ organizationIdentifier: 'G' }),
      }),
    ]);
  });

  it('lets go of a name that its third party gave up', async () => {
    const { client } = await register('H', 'Theta SAS', { client_name: 'Given up' });
    await again(client, { client_name: 'Kept' });
    expect((await register('I', 'Iota SAS', { client_name: 'Given up' })).standing.state).toBe('clear');
    expect((await register('I', 'Iota SAS', { client_name: 'Theta' })).standing.state).toBe('held');
  });
});

function clientOf(
  clientId: string,
  organization: string,
  given: { legalName: string; names: object },
): PresentedClient & { environment: 'production' } {
  return {
    clientId,
    brand: 'demo-bank',
    environment: 'production',
    organizationIdentifier: organization,
    legalName: given.legalName,
    metadata: { contacts: [], ...given.names } as unknown as RegisteredMetadata,
  };
}
