import { Refusal } from '@postern/core/refusal/refusal.js';
import { accessTokenType } from '@postern/core/token/access-token-claims.js';
import { buildAccessToken } from '@postern/core/token/build-access-token.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { eachStore } from '../../../tests/material/each-store.js';
import { type OauthWorld, openOauthWorld, realm } from '../../../tests/material/oauth-world.js';
import type { Sql } from '../store/database.js';
import { endGrant, type Grant, insertGrant } from '../store/grants.js';
import { createUuid } from '../store/uuid.js';
import { type AccessCache, createAccessCache, type PsuAccess } from './access-cache.js';

let world: OauthWorld;
let cache: AccessCache;
let milliseconds: number;
let queries: number;
let down: boolean;
let asked: Promise<unknown>[];

async function grantAccess(): Promise<{ readonly grant: Grant; readonly token: string }> {
  const grant: Grant = {
    id: createUuid(world.now),
    clientId: 'c1',
    brand: realm.brand.id,
    environment: realm.environment,
    psu: 'camille',
    scope: ['aisp'],
    accounts: ['a1', 'a2'],
    authenticatedAt: world.now,
    expiresAt: new Date(world.now.getTime() + 86_400_000),
  };
  await insertGrant(world.database, grant);
  return { grant, token: tokenFor(grant.id) };
}

function tokenFor(grantId: string | undefined, scope: readonly ['aisp'] | readonly ['pisp'] = ['aisp']): string {
  const facts = {
    issuer: realm.issuer,
    subject: 's',
    clientId: 'c1',
    thumbprint: 'A'.repeat(43),
    tokenId: 't',
    lifetime: 900,
  };
  return world.signingKeys.issueJwt(accessTokenType, buildAccessToken({ ...facts, scope, grantId }, world.now));
}

async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work();
    return 'admitted';
  } catch (cause) {
    if (cause instanceof Refusal) return cause.code;
    throw cause;
  }
}

const end = (grant: Grant) => endGrant(world.database, { id: grant.id, reason: 'code-replayed', at: world.now });

/** Lets the cache read again, and waits until the store has answered what was asked before. */
async function readAgain(): Promise<void> {
  vi.advanceTimersByTime(400);
  await Promise.allSettled(asked);
  await new Promise((resolve) => setImmediate(resolve));
}

describe.each(eachStore)('the access cache on %s', (_kind, open) => {
  beforeAll(async () => {
    world = await openOauthWorld(open);
    await world.addClient({ clientId: 'c1', organization: 'PSDFR-ACPR-1' });
  }, 60_000);
  afterAll(() => world.close());

  beforeEach(() => {
    // Only the interval of the cache, so that the test says when it reads again.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    world.now = new Date('2026-11-22T10:00:00Z');
    milliseconds = 0;
    queries = 0;
    down = false;
    asked = [];
    const database: Sql = {
      query: <Row extends object>(text: string, values?: readonly unknown[]) => {
        queries += 1;
        const answer = down ? Promise.reject(new Error('down')) : world.database.query<Row>(text, values);
        asked.push(answer);
        return answer;
      },
    };
    cache = createAccessCache({
      database,
      signingKeys: world.signingKeys,
      clock: () => world.now,
      monotonic: () => milliseconds,
    });
  });
  afterEach(() => {
    cache.close();
    vi.useRealTimers();
  });

  it('tells what stands behind a token, keys ready', async () => {
    const { grant, token } = await grantAccess();
    const access = await cache.admitPsu(token);
    expect(access).toMatchObject({
      issuer: realm.issuer,
      clientId: 'c1',
      organizationIdentifier: 'PSDFR-ACPR-1',
      boundThumbprint: 'A'.repeat(43),
      grantId: grant.id,
      psu: 'camille',
      accounts: ['a1', 'a2'],
      expiresAt: new Date('2026-11-22T10:15:00Z'),
    });
    expect([...access.scope]).toEqual(['aisp']);
    expect(access.keys.map(({ publicKey }) => publicKey.type)).toEqual(['public']);
  });

  it('answers at once the second time, without the store, with the same value', async () => {
    const { token } = await grantAccess();
    const first = await cache.admitPsu(token);
    const before = queries;
    milliseconds = 1_000;
    expect(cache.admitPsu(token)).toBe(first);
    expect(queries).toBe(before);
  });

  it('knows within a second that a grant has ended', async () => {
    const { grant, token } = await grantAccess();
    await cache.admit(token);
    await end(grant);
    milliseconds = 1_001;
    expect(await codeOf(() => cache.admit(token))).toBe('TOKEN_INVALID');
  });

  it('reads all that is in use again, in one query, so that no call waits', async () => {
    const granted = [await grantAccess(), await grantAccess(), await grantAccess()];
    await Promise.all(granted.map(({ token }) => cache.admit(token)));
    const before = queries;
    milliseconds = 900;
    await readAgain();
    expect(queries).toBe(before + 1);
    milliseconds = 1_800;
    for (const { token } of granted) expect(cache.admit(token)).not.toBeInstanceOf(Promise);
    expect(queries).toBe(before + 1);
  });

  it('learns of an end by reading again', async () => {
    const { grant, token } = await grantAccess();
    await cache.admit(token);
    await end(grant);
    milliseconds = 400;
    await readAgain();
    expect(() => cache.admit(token)).toThrow(Refusal);
  });

  it('drops what was not used for ten seconds', async () => {
    const { token } = await grantAccess();
    await cache.admit(token);
    milliseconds = 10_001;
    const before = queries;
    await readAgain();
    expect(queries).toBe(before);
  });

  it('forgets at once what was changed here', async () => {
    const { grant, token } = await grantAccess();
    await cache.admit(token);
    await end(grant);
    cache.evict(grant.id);
    expect(await codeOf(() => cache.admit(token))).toBe('TOKEN_INVALID');
  });

  it('does not answer when the store cannot', async () => {
    const { token } = await grantAccess();
    await cache.admit(token);
    down = true;
    milliseconds = 900;
    await readAgain();
    expect(cache.admit(token)).not.toBeInstanceOf(Promise);
    milliseconds = 1_001;
    await expect(cache.admit(token)).rejects.toThrow('down');
    down = false;
    expect(await codeOf(() => cache.admit(token))).toBe('admitted');
  });

  it('refuses a token that has expired, whose client is none, and that is not ours', async () => {
    const { token } = await grantAccess();
    await cache.admit(token);
    world.now = new Date('2026-11-22T10:15:00Z');
    expect(await codeOf(() => cache.admit(token))).toBe('TOKEN_INVALID');
    expect(await codeOf(() => cache.admit(tokenFor('01938000-0000-7000-8000-000000000001')))).toBe('TOKEN_INVALID');
    expect(await codeOf(() => cache.admit('x.y.z'))).toBe('TOKEN_INVALID');
  });

  it('ends with the grant when that ends earlier than the token', async () => {
    const { grant, token } = await grantAccess();
    await world.database.query('update consent_grant set expires_at = $2 where id = $1', [
      grant.id,
      new Date('2026-11-22T10:05:00Z'),
    ]);
    expect((await cache.admit(token)).expiresAt).toEqual(new Date('2026-11-22T10:05:00Z'));
  });

  it('admits a token of the client itself, but not to resources of a PSU', async () => {
    const token = tokenFor(undefined, ['pisp']);
    expect((await cache.admit(token)).user).toBeUndefined();
    expect(await codeOf(() => cache.admitPsu(token))).toBe('SCOPE_INSUFFICIENT');
  });

  it('sees a client that ends and keys that change', async () => {
    await world.addClient({ clientId: 'c9', organization: 'PSDFR-ACPR-1' });
    const facts = {
      issuer: realm.issuer,
      subject: 'c9',
      clientId: 'c9',
      thumbprint: 'A'.repeat(43),
      tokenId: 't',
      lifetime: 900,
    };
    const token = world.signingKeys.issueJwt(
      accessTokenType,
      buildAccessToken({ ...facts, scope: ['pisp'], grantId: undefined }, world.now),
    );
    const access = (await cache.admit(token)) as Pick<PsuAccess, 'keys'>;
    await world.database.query("update client_key set x5u = 'https://tpp.example/seal' where client_id = 'c9'");
    cache.evict('c9');
    const changed = await cache.admit(token);
    expect(changed.keys[0]?.x5u).toBe('https://tpp.example/seal');
    expect(access.keys[0]?.x5u).toBeUndefined();
    await world.database.query("update client set ended_at = now() where client_id = 'c9'");
    milliseconds = 1_001;
    expect(await codeOf(() => cache.admit(token))).toBe('TOKEN_INVALID');
  });
});
