import { createHash } from 'node:crypto';
import type { Refusal } from '@postern/core/refusal/refusal.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eachStore } from '../../../tests/material/each-store.js';
import {
  createRegistrationDependencies,
  metadata,
  parties,
  realm,
  refusalOf,
  registeredKey,
  sandbox,
  unsigned,
  x5c,
} from '../../../tests/material/registration-world.js';
import type { AuditEvent } from '../audit/audit-event.js';
import type { Realm } from '../realm.js';
import { readClient } from '../store/clients.js';
import type { Database } from '../store/database.js';
import { migrate } from '../store/migrate.js';
import type { RegistrationDependencies } from './dependencies.js';
import { listRegistrations, readRegistration } from './read-registrations.js';
import { registerClient } from './register-client.js';
import { createRenderedRegistrations } from './rendered-registrations.js';

const { qwac, renewed, stranger, unqualified, seal, strangersSeal } = parties;

let clock = new Date('2026-06-01T00:00:00Z');

describe.each(eachStore)('registration on %s', (_kind, open) => {
  let database: Database;
  let dependencies: RegistrationDependencies;
  let events: AuditEvent[];

  beforeAll(async () => {
    database = await open();
    await migrate(database);
  }, 60_000);

  afterAll(async () => {
    await database.close();
  });

  beforeEach(() => {
    clock = new Date('2026-06-01T00:00:00Z');
    events = [];
    dependencies = createRegistrationDependencies(database, { clock: () => clock, events });
  });

  const post = (body: unknown, more: { key?: string; presented?: readonly Buffer[]; in?: Realm } = {}) =>
    registerClient(
      {
        presented: more.presented ?? [qwac],
        body: typeof body === 'string' ? Buffer.from(body) : Buffer.from(JSON.stringify(body)),
        ...unsigned,
        idempotencyKey: more.key,
        authorization: undefined,
        correlationId: 'c',
      },
      more.in ?? realm,
      dependencies,
    );
  const get = async (
    clientId: unknown,
    more: { authorization?: string; presented?: readonly Buffer[]; in?: Realm } = {},
  ) => {
    const at = more.in ?? realm;
    const call = {
      presented: more.presented ?? [qwac],
      clientId: String(clientId),
      authorization: more.authorization,
      correlationId: 'c',
    };
    const rendered = createRenderedRegistrations(database, at);
    const { text } = await readRegistration(call, at, { ...dependencies, rendered });
    return JSON.parse(text) as Record<string, unknown>;
  };
  const list = async (presented: readonly Buffer[], at: Realm = realm) => {
    const { registrations } = await listRegistrations({ presented, correlationId: 'c' }, at, dependencies);
    return (registrations as readonly { client_id: string }[]).map(({ client_id }) => client_id);
  };
  const count = async (table: string) =>
    Number((await database.query<{ n: string }>(`select count(*) as n from ${table}`))[0]?.n);

  it('answers a registration with all of it', async () => {
    const { status, body } = await post(metadata({ client_name: 'Caf\u00e9', contacts: ['dev@tpp.example'] }));
    expect(status).toBe(201);
    const clientId = String(body['client_id']);
    expect(body).toEqual({
      client_id: expect.stringMatching(/^[0-9a-f]{40}$/),
      client_id_issued_at: 1_780_272_000,
      client_name: 'Caf\u00e9',
      redirect_uris: ['https://tpp.example/cb'],
      scope: 'aisp',
      token_endpoint_auth_method: 'tls_client_auth',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      contacts: ['dev@tpp.example'],
      provider_legal_id: 'PSDFR-ACPR-1',
      tls_client_auth_subject_dn: '2.5.4.97=PSDFR-ACPR-1,CN=one',
      jwks: {
        keys: [
          expect.objectContaining({
            ...registeredKey.export({ format: 'jwk' }),
            kid: createHash('sha256').update(seal).digest('base64url'),
            x5c: x5c(seal),
          }),
        ],
      },
      registration_client_uri: `https://api.bank.example/demo-bank/oauth2/registrations/${clientId}`,
      registration_access_token: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
    });
    const client = await readClient(database, { brand: 'demo-bank', environment: 'production', clientId });
    expect(client).toMatchObject({
      clientId,
      organizationIdentifier: 'PSDFR-ACPR-1',
      legalName: 'Name of PSDFR-ACPR-1',
      issuedAt: clock,
      metadata: { client_name: 'Caf\u00e9' },
    });
    expect(client?.keys).toEqual([{ kid: expect.any(String), x5u: undefined, x5c: x5c(seal) }]);
  });

  it('records decisions, certificates and the event with the client, and no token', async () => {
    const { body } = await post(metadata());
    const rows = await database.query<{ decision_id: string; detail: { decisions: string[] } }>(
      "select decision_id, detail from audit_event where kind = 'client-registered' and client_id = $1",
      [body['client_id']],
    );
    expect(rows).toHaveLength(1);
    const ids = [rows[0]?.decision_id, ...(rows[0]?.detail.decisions ?? [])];
    expect(await database.query('select id from decision where id in ($1, $2)', ids)).toHaveLength(2);
    for (const der of [qwac, seal]) {
      const thumbprint = createHash('sha256').update(der).digest('base64url');
      expect(
        await database.query('select 1 as one from certificate where thumbprint = $1 and der = $2', [thumbprint, der]),
      ).toHaveLength(1);
    }
    const token = String(body['registration_access_token']);
    const dump = JSON.stringify(
      await Promise.all(
        ['client', 'registration_access_token', 'audit_event', 'registration_request'].map((table) =>
          database.query(`select * from ${table}`),
        ),
      ),
    );
    expect(dump).not.toContain(token);
  });

  it('R1: refuses without a certificate and with one that is not qualified, and stores no client', async () => {
    const before = await count('client');
    expect((await refusalOf(post(metadata(), { presented: [] }))).code).toBe('CERTIFICATE_MISSING');
    const refused = await refusalOf(post(metadata(), { presented: [unqualified] }));
    expect(refused.code).toBe('CERTIFICATE_UNKNOWN_ISSUER');
    expect(refused.decision).toMatch(/^[0-9a-f-]{36}$/);
    expect(await count('client')).toBe(before);
  });

  it('R3, R4, R5, R31: refuses what is not of this organisation, or beyond its roles, all at once, and stores no client', async () => {
    const before = await count('client');
    const refused = await refusalOf(
      post(
        metadata({
          provider_legal_id: 'PSDFR-ACPR-2',
          scope: 'aisp pisp',
          jwks: { keys: [{ x5c: x5c(strangersSeal) }, { x5c: x5c(unqualified) }] },
        }),
      ),
    );
    expect(refused.code).toBe('METADATA_INVALID');
    expect(refused.problems.map((text) => text.split(' ')[0])).toEqual([
      'provider_legal_id',
      'scope',
      'jwks.keys[0]',
      'jwks.keys[1]',
    ]);
    expect(refused.decision).toMatch(/^[0-9a-f-]{36}$/);
    expect(await count('client')).toBe(before);
    expect((await post(metadata({ scope: 'aisp pisp' }), { in: sandbox })).status).toBe(201);
  });

  it('R3, R23: keeps a foreign seal and an exposed key as events, and tells the clients that registered the key', async () => {
    const clientId = (await post(metadata())).body['client_id'];
    const keys = [{ x5c: x5c(seal), d: 'AQAB' }, { x5c: x5c(strangersSeal) }];
    expect((await refusalOf(post(metadata({ jwks: { keys } })))).problems).toHaveLength(2);
    const rows = await database.query<{ kind: string; outcome: string; detail: Record<string, string> }>(
      "select kind, outcome, detail from audit_event where kind in ('foreign-seal', 'key-exposed')",
    );
    const thumbprint = (der: Buffer) => createHash('sha256').update(der).digest('base64url');
    const foreign = { seal: thumbprint(strangersSeal), owner: 'PSDFR-ACPR-2' };
    expect(rows).toContainEqual({ kind: 'foreign-seal', outcome: 'refused', detail: foreign });
    expect(rows).toContainEqual({ kind: 'key-exposed', outcome: 'refused', detail: { seal: thumbprint(seal) } });
    const noticesOf = (organization: string) =>
      database.query<{ client_id: string }>(
        `select notice.client_id from notice join client using (client_id)
         where kind = 'key-exposed' and organization_identifier = $1`,
        [organization],
      );
    expect((await noticesOf('PSDFR-ACPR-1')).map((row) => row.client_id)).toContain(clientId);
    // Whoever sends another's certificate with a private member alarms nobody but itself.
    await refusalOf(post(metadata({ jwks: { keys: [keys[0]] } }), { presented: [stranger] }));
    expect(await noticesOf('PSDFR-ACPR-2')).toEqual([]);
  });

  it('R50: refuses a body that is not plain JSON', async () => {
    expect((await refusalOf(post('{"client_name":"a","client_name":"b"}'))).message).toContain('is there twice');
    expect((await refusalOf(post(''))).code).toBe('REQUEST_MALFORMED');
    expect((await refusalOf(post('[]'))).code).toBe('METADATA_INVALID');
  });

  it('R59: answers the same bytes again with the same client and a fresh token, and the older tokens still count', async () => {
    const body = metadata();
    const first = await post(body);
    clock = new Date('2026-06-01T23:00:00Z');
    const second = await post(body, { presented: [renewed] });
    expect(second.status).toBe(200);
    expect({ ...second.body, registration_access_token: 0 }).toEqual({ ...first.body, registration_access_token: 0 });
    for (const { body: answer } of [first, second]) {
      const token = String(answer['registration_access_token']);
      expect(await get(answer['client_id'], { authorization: `Bearer ${token}` })).toMatchObject({
        registration_access_token: token,
      });
    }
    clock = new Date('2026-06-02T00:30:00Z');
    expect((await post(body)).status).toBe(201);
  });

  it('R59: keeps an Idempotency-Key to one body', async () => {
    const body = metadata();
    const first = await post(body, { key: 'k1' });
    expect(await post(body, { key: 'k1' })).toMatchObject({
      status: 200,
      body: { client_id: first.body['client_id'] },
    });
    expect(await post(body, { key: 'k2' })).toMatchObject({
      status: 200,
      body: { client_id: first.body['client_id'] },
    });
    for (const key of ['k1', 'k2'])
      expect((await refusalOf(post(metadata(), { key }))).code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect((await post(metadata(), { key: 'k1', in: sandbox })).status).toBe(201);
    expect(
      (await post(metadata({ jwks: { keys: [{ x5c: x5c(strangersSeal) }] } }), { key: 'k1', presented: [stranger] }))
        .status,
    ).toBe(201);
    expect((await post(body, { in: sandbox })).body['client_id']).not.toBe(first.body['client_id']);
  });

  it('makes one client of requests that come at once', async () => {
    const before = await count('client');
    const body = metadata();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => post(body, n % 2 === 0 ? {} : { key: `at-once-${n}` })),
    );
    expect(new Set(answers.map((answer) => answer.body['client_id'])).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await count('client')).toBe(before + 1);
    const mixed = await Promise.allSettled([post(metadata(), { key: 'mixed' }), post(metadata(), { key: 'mixed' })]);
    expect(mixed.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await count('client')).toBe(before + 2);
  });

  it('keeps the five newest tokens alive', async () => {
    const body = metadata();
    const tokens: string[] = [];
    for (let n = 0; n < 7; n += 1) {
      clock = new Date(clock.getTime() + 1_000);
      tokens.push(String((await post(body)).body['registration_access_token']));
    }
    const { body: last } = await post(body);
    const states = await Promise.all(
      tokens.map((token) =>
        get(last['client_id'], { authorization: `Bearer ${token}` }).then(
          () => 'live',
          () => 'ended',
        ),
      ),
    );
    expect(states).toEqual(['ended', 'ended', 'ended', 'live', 'live', 'live', 'live']);
  });

  it('R61: stores nothing when a part of it cannot be stored', async () => {
    const before = await Promise.all(
      ['client', 'client_key', 'registration_request', 'registration_access_token'].map(count),
    );

    const failing: Database = {
      ...database,
      query: (text, values) => database.query(text, values),
      transaction: (work) =>
        database.transaction((sql) =>
          work({
            query: (text, values) =>
              text.includes('insert into audit_event')
                ? Promise.reject(new Error('disk full'))
                : sql.query(text, values),
          }),
        ),
    };
    await expect(
      registerClient(
        {
          presented: [qwac],
          body: Buffer.from(JSON.stringify(metadata())),
          ...unsigned,
          idempotencyKey: undefined,
          authorization: undefined,
          correlationId: 'c',
        },
        realm,
        { ...dependencies, database: failing },
      ),
    ).rejects.toThrow('disk full');
    expect(
      await Promise.all(['client', 'client_key', 'registration_request', 'registration_access_token'].map(count)),
    ).toEqual(before);
  });

  it('M26: finds a client by organisation: with a renewed certificate, in the list, without a token', async () => {
    const { body } = await post(metadata());
    const { registration_access_token: _token, ...rest } = body;
    expect(await get(body['client_id'], { presented: [renewed] })).toEqual(rest);
    expect(await list([renewed])).toContain(body['client_id']);
    expect(events.map(({ kind }) => kind)).toEqual(['registration-read', 'registration-read']);
  });

  it('M2, M3, M4, M7: refuses every token that is not of this client, and burns none', async () => {
    const [a, b] = [await post(metadata()), await post(metadata())];
    const tokenOfB = String(b.body['registration_access_token']);
    const wrong = [`Bearer ${tokenOfB}`, 'Bearer x', 'Bearer ', 'Basic eDp5', 'Bearer a b', ''];
    for (const authorization of wrong) {
      expect((await refusalOf(get(a.body['client_id'], { authorization }))).code, authorization).toBe(
        'REGISTRATION_TOKEN_INVALID',
      );
    }
    expect(
      (await refusalOf(get(b.body['client_id'], { authorization: `Bearer ${tokenOfB}`, presented: [stranger] }))).code,
    ).toBe('REGISTRATION_TOKEN_INVALID');
    expect(await get(b.body['client_id'], { authorization: `bearer ${tokenOfB}` })).toMatchObject({
      client_id: b.body['client_id'],
    });
  });

  it('M5: refuses a token without a certificate', async () => {
    const { body } = await post(metadata());
    const authorization = `Bearer ${String(body['registration_access_token'])}`;
    expect((await refusalOf(get(body['client_id'], { authorization, presented: [] }))).code).toBe(
      'CERTIFICATE_MISSING',
    );
    expect((await refusalOf(get(body['client_id'], { authorization, presented: [unqualified] }))).code).toBe(
      'CERTIFICATE_UNKNOWN_ISSUER',
    );
  });

  it('M8: tells an unknown client from none of another organisation, environment or brand', async () => {
    const { body } = await post(metadata());
    const authorization = `Bearer ${String(body['registration_access_token'])}`;
    const look = ({ code, message, problems }: Refusal) => ({ code, message, problems });
    const unknown = look(await refusalOf(get('0'.repeat(40))));
    expect(unknown.code).toBe('REGISTRATION_NOT_FOUND');
    expect(look(await refusalOf(get(body['client_id'], { presented: [stranger] })))).toEqual(unknown);
    expect(look(await refusalOf(get(body['client_id'], { in: sandbox })))).toEqual(unknown);
    expect(
      look(await refusalOf(get(body['client_id'], { in: { ...realm, brand: { ...realm.brand, id: 'second-bank' } } }))),
    ).toEqual(unknown);
    const wrong = look(await refusalOf(get(body['client_id'], { authorization: 'Bearer x' })));
    expect(look(await refusalOf(get('0'.repeat(40), { authorization })))).toEqual(wrong);
    expect(await list([stranger])).not.toContain(body['client_id']);
    expect(await list([qwac], sandbox)).not.toContain(body['client_id']);
  });
});
