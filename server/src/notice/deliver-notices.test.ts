import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eachStore } from '../../../tests/material/each-store.js';
import { startLoopbackSource } from '../../../tests/material/loopback-source.js';
import { type OauthWorld, openOauthWorld, realm } from '../../../tests/material/oauth-world.js';
import { createGuardedFetch } from '../fetch/guarded-fetch.js';
import { createSigningKeys } from '../keys/signing-keys.js';
import { insertNotice, type NoticeChannel, type NoticeKind } from '../store/notices.js';
import { deliverNotices, type NoticeAdapter } from './deliver-notices.js';
import { createWebhook } from './post-security-event.js';

const organization = 'PSDFR-ACPR-1';

describe.each(eachStore)('the outbox on %s', (_kind, open) => {
  let world: OauthWorld;
  let taken: string[];
  let failures: string[];

  beforeAll(async () => {
    world = await openOauthWorld(open);
    await world.addClient({ clientId: 'one', organization, change: { contacts: ['ops@tpp.example'] } });
    await world.addClient({ clientId: 'two', organization });
    await world.addClient({ clientId: 'foreign', organization: 'PSDFR-ACPR-2' });
  }, 60_000);
  afterAll(() => world.close());
  beforeEach(async () => {
    await world.database.query('delete from notice');
    taken = [];
    failures = [];
  });

  const take: NoticeAdapter = async ({ clientId, kind }) => {
    taken.push(`${clientId} ${kind}`);
    return undefined;
  };
  const refuse: NoticeAdapter = async () => 'no';

  async function tell(
    kind: NoticeKind,
    channels: readonly NoticeChannel[] = ['webhook'],
    seal?: string,
  ): Promise<void> {
    world.advance(1);
    const notice = { organizationIdentifier: organization, kind, at: world.now, detail: { reason: 'x' } };
    await insertNotice(world.database, seal === undefined ? notice : { ...notice, seal }, channels);
  }

  const deliver = (adapters: Parameters<typeof deliverNotices>[0]['adapters']) =>
    deliverNotices({
      database: world.database,
      adapters,
      clock: () => world.now,
      onFailure: (notice, failure, givenUp) =>
        failures.push(`${notice.clientId} ${failure}${givenUp ? ', given up' : ''}`),
    });

  it('is delivered to every client of the organisation and to no other, once', async () => {
    await tell('suspended');
    await deliver({ webhook: take });
    expect(taken.sort()).toEqual(['one suspended', 'two suspended']);
    await deliver({ webhook: take });
    expect(taken).toHaveLength(2);
  });

  it('holds nothing where no channel is configured, and no e-mail for a client without contacts', async () => {
    await tell('suspended', []);
    await tell('suspended', ['email']);
    await deliver({ email: take });
    expect(taken).toEqual(['one suspended']);
  });

  it('is for the owner of a seal alone where a seal is meant', async () => {
    const [row] = await world.database.query<{ kid: string }>("select kid from client_key where client_id = 'two'");
    await tell('certificate-ended', ['webhook'], row?.kid);
    await deliver({ webhook: take });
    expect(taken).toEqual(['two certificate-ended']);
  });

  it('keeps the order of each client while the other side fails, and waits longer each time', async () => {
    await tell('suspended');
    await tell('restored');
    await deliver({ webhook: async (notice) => (notice.clientId === 'one' ? 'no' : take(notice)) });
    expect(taken).toEqual(['two suspended', 'two restored']);
    expect(failures).toEqual(['one no']);
    world.advance(4);
    await deliver({ webhook: take });
    expect(taken).toHaveLength(2);
    world.advance(1);
    await deliver({ webhook: refuse });
    world.advance(9);
    await deliver({ webhook: take });
    expect(taken).toHaveLength(2);
    world.advance(1);
    await deliver({ webhook: take });
    expect(taken.slice(2)).toEqual(['one suspended', 'one restored']);
  });

  it('a throwing adapter is a failure like any other', async () => {
    await tell('suspended');
    await deliver({
      webhook: async () => {
        throw new Error('broken');
      },
    });
    expect(failures.sort()).toEqual(['one broken', 'two broken']);
  });

  it('is given up after three days, so that what comes after it gets through', async () => {
    await tell('suspended');
    world.advance(3 * 86_400);
    await deliver({ webhook: refuse });
    expect(failures).toContain('one no, given up');
    await tell('restored');
    await deliver({ webhook: take });
    expect(taken.sort()).toEqual(['one restored', 'two restored']);
  });

  it('goes out as a signed security event token (RFC 8417, 8935) and comes again under the same jti', async () => {
    const receiver = await startLoopbackSource();
    const bodies: string[] = [];
    const types: (string | undefined)[] = [];
    receiver.answers.set('/events', (request, body) => {
      bodies.push(Buffer.from(body).toString());
      types.push(request.headers['content-type']);
      return bodies.length === 1 ? 500 : 202;
    });
    const signingKeys = createSigningKeys([generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey]);
    const webhook = createWebhook({
      url: `${receiver.url}/events`,
      fetch: createGuardedFetch({ allowPrivateAddresses: true, allowPlainHttp: true }),
      signingKeys,
      realms: [realm],
      clock: () => world.now,
    });
    const [row] = await world.database.query<{ kid: string }>("select kid from client_key where client_id = 'one'");
    await tell('suspended', ['webhook'], row?.kid);
    await deliver({ webhook });
    world.advance(5);
    await deliver({ webhook });
    await receiver.stop();
    expect(types).toEqual(['application/secevent+jwt', 'application/secevent+jwt']);
    const [first, second] = bodies.map((token) => signingKeys.verifyJwt('secevent+jwt', token)) as { jti: string }[];
    expect(first?.jti).toBe(second?.jti);
    expect(second).toMatchObject({
      iss: realm.issuer,
      aud: `${receiver.url}/events`,
      sub_id: { format: 'opaque', id: 'one' },
      events: {
        'urn:postern:notice:suspended': {
          client_id: 'one',
          organization_identifier: organization,
          contacts: ['ops@tpp.example'],
          reason: 'x',
        },
      },
    });
    expect(failures).toEqual(['one the answer has the status 500']);
  });
});
