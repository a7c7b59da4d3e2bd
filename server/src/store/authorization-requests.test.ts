import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eachStore } from '../../../tests/material/each-store.js';
import { type OauthWorld, openOauthWorld } from '../../../tests/material/oauth-world.js';
import { insertAuthorizationRequest } from './authorization-requests.js';
import { createUuid } from './uuid.js';

const start = new Date('2026-11-22T10:00:00Z');

describe.each(eachStore)('authorizations that nobody has signed in to, on %s', (_kind, open) => {
  let world: OauthWorld;

  beforeAll(async () => {
    world = await openOauthWorld(open);
    for (const clientId of ['one', 'two']) await world.addClient({ clientId, organization: 'PSDFR-ACPR-1' });
  }, 60_000);
  afterAll(() => world.close());

  const begin = async (clientId: string, second: number, end = '1', source = '192.0.2.1') => {
    const createdAt = new Date(start.getTime() + second * 1_000);
    const id = createUuid(createdAt).replace(/.$/, end);
    await insertAuthorizationRequest(
      world.database,
      {
        id,
        clientId,
        brand: 'demo-bank',
        environment: 'production',
        redirectUri: 'https://tpp.example/cb',
        scope: ['aisp'],
        state: undefined,
        codeChallenge: 'x',
        browserHash: 'x',
        createdAt,
        expiresAt: new Date(createdAt.getTime() + 1_800_000),
        source,
      },
      { ofClient: 5, inAll: 7 },
    );
    return id;
  };
  const left = async (clientId: string) =>
    (
      await world.database.query<{ id: string }>(
        'select id from authorization_request where client_id = $1 order by created_at',
        [clientId],
      )
    ).map(({ id }) => id);

  it('D9 are as many of a client as it may have, and the oldest go first; those with a PSU stay', async () => {
    const signedIn = await begin('one', 0);
    await world.database.query("update authorization_request set psu = 'p', stage = 'second-factor' where id = $1", [
      signedIn,
    ]);
    const begun: string[] = [];
    for (let second = 1; second <= 9; second += 1) begun.push(await begin('one', second));
    expect(await left('one')).toEqual([signedIn, ...begun.slice(-5)]);
    const other = await begin('two', 20);
    expect(await left('one')).toEqual([signedIn, ...begun.slice(-5)]);
    const more = [await begin('two', 21), await begin('two', 22), await begin('two', 23, '0')];
    expect(await left('one')).toEqual([signedIn, ...begun.slice(-3)]);
    expect(await left('two')).toEqual([other, ...more]);
  });

  it('D9 go first where most come from: one address does not throw out who came before from another', async () => {
    await world.database.query('delete from authorization_request');
    const early = [await begin('one', 0, '1', '192.0.2.8'), await begin('one', 1, '1', '192.0.2.9')];
    const flood: string[] = [];
    for (let second = 2; second <= 12; second += 1) flood.push(await begin('one', second));
    expect(await left('one')).toEqual([...early, ...flood.slice(-3)]);
  });
});
