import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eachStore } from '../../../tests/material/each-store.js';
import {
  createRegistrationDependencies,
  metadata,
  parties,
  realm,
  refusalOf,
  sandbox,
  unsigned,
  x5c,
} from '../../../tests/material/registration-world.js';
import { type AuditEvent, insertAuditEvents } from '../audit/audit-event.js';
import type { BrandRegistrationPolicy } from '../config-schema.js';
import type { Realm } from '../realm.js';
import { insertAuthorizationRequest } from '../store/authorization-requests.js';
import { readClient } from '../store/clients.js';
import type { Database } from '../store/database.js';
import { type Grant, insertGrant, readGrant } from '../store/grants.js';
import { readLiveAccess } from '../store/live-access.js';
import { migrate } from '../store/migrate.js';
import { insertRefreshToken } from '../store/refresh-tokens.js';
import { createUuid } from '../store/uuid.js';
import { decideSuspension } from './decide-suspension.js';
import type { RegistrationDependencies } from './dependencies.js';
import { endRegistration } from './end-registration.js';
import { readRegistration } from './read-registrations.js';
import { registerClient } from './register-client.js';
import { createRenderedRegistrations, type RenderedRegistrations } from './rendered-registrations.js';
import { renewToken } from './renew-token.js';
import { updateRegistration } from './update-registration.js';

type Body = Readonly<Record<string, unknown>>;
interface More {
  readonly token?: unknown;
  readonly presented?: readonly Buffer[];
  readonly in?: Realm;
  readonly ifMatch?: string;
}

let clock = new Date('2026-06-01T00:00:00Z');

describe.each(eachStore)('management of registrations on %s', (_kind, open) => {
  let database: Database;
  let dependencies: RegistrationDependencies;
  let events: AuditEvent[];
  let changed: string[];

  beforeAll(async () => {
    database = await open();
    await migrate(database);
  }, 60_000);

  afterAll(() => database.close());

  beforeEach(async () => {
    clock = new Date('2026-06-01T00:00:00Z');
    events = [];
    changed = [];
    await database.query('delete from quota');
    dependencies = {
      ...createRegistrationDependencies(database, { clock: () => clock, events }),
      onClientChanged: (id) => void changed.push(id),
    };
  });

  const withPolicy = (policy: Partial<BrandRegistrationPolicy>) => {
    dependencies = { ...dependencies, policy: { ...dependencies.policy, ...policy } };
  };
  const callOf = (clientId: unknown, more: More) => ({
    presented: more.presented ?? [parties.qwac],
    clientId: String(clientId),
    authorization: more.token === undefined ? undefined : `Bearer ${String(more.token)}`,
    ifMatch: more.ifMatch,
    correlationId: 'c',
  });
  const register = async (change: object = {}) => {
    const presented = [parties.qwac];
    const body = Buffer.from(JSON.stringify(metadata(change)));
    return registerClient(
      { ...unsigned, presented, body, idempotencyKey: undefined, authorization: undefined, correlationId: 'c' },
      realm,
      dependencies,
    );
  };
  const renderedIn = new Map<Realm, RenderedRegistrations>();
  const get = async (clientId: unknown, more: More = {}) => {
    const at = more.in ?? realm;
    const rendered = renderedIn.get(at) ?? createRenderedRegistrations(database, at);
    renderedIn.set(at, rendered);
    const { text, etag } = await readRegistration(callOf(clientId, more), at, { ...dependencies, rendered });
    return { body: JSON.parse(text) as Record<string, unknown>, etag };
  };
  const put = (clientId: unknown, body: unknown, more: More = {}) =>
    updateRegistration(
      { ...unsigned, ...callOf(clientId, more), body: Buffer.from(JSON.stringify(body)) },
      more.in ?? realm,
      dependencies,
    );
  const del = (clientId: unknown, more: More = {}) =>
    endRegistration(callOf(clientId, more), more.in ?? realm, dependencies);
  const auditOf = (clientId: unknown) =>
    database.query<{ kind: string; detail: Record<string, unknown> }>(
      'select kind, detail from audit_event where client_id = $1 order by id',
      [clientId],
    );
  const grantTo = async (clientId: unknown): Promise<Grant> => {
    const grant: Grant = {
      id: createUuid(clock),
      clientId: String(clientId),
      brand: 'demo-bank',
      environment: 'production',
      psu: 'camille',
      scope: ['aisp'],
      accounts: ['a'],
      authenticatedAt: clock,
      expiresAt: new Date(clock.getTime() + 86_400_000),
    };
    await insertGrant(database, grant);
    return grant;
  };

  it('takes back exactly what it answered, with and without the token, and changes nothing by it', async () => {
    const { body, etag } = await register({ contacts: ['dev@tpp.example'] });
    const read = await get(body['client_id']);
    const updated = await put(body['client_id'], read.body);
    expect(updated).toEqual(read);
    const token = body['registration_access_token'];
    const withToken = await get(body['client_id'], { token });
    expect(withToken).toEqual({ body, etag });
    expect(await put(body['client_id'], withToken.body, { token })).toEqual(withToken);
    expect(JSON.stringify(withToken.body)).toBe(JSON.stringify(body));
    expect(changed).toEqual([body['client_id'], body['client_id']]);
  });

  it('M13: replaces the whole: what is left out or null is gone', async () => {
    const { body } = await register({ contacts: ['dev@tpp.example'], client_uri: 'https://tpp.example/' });
    const id = body['client_id'];
    const { body: updated } = await put(id, { ...metadata({ client_name: 'New' }), client_id: id, contacts: null });
    expect(updated).toMatchObject({
      client_id: id,
      client_name: 'New',
      client_id_issued_at: body['client_id_issued_at'],
    });
    expect(updated).not.toHaveProperty('contacts');
    expect(updated).not.toHaveProperty('client_uri');
    expect((await get(id)).body).toEqual(updated);
  });

  it('M10, M11, M14, M15, M16: names everything wrong at once and changes nothing', async () => {
    const { body } = await register();
    const id = body['client_id'];
    const before = await get(id);
    const refused = await refusalOf(
      put(id, {
        ...metadata({
          provider_legal_id: 'PSDFR-ACPR-2',
          scope: 'aisp pisp',
          jwks: { keys: [{ x5c: x5c(parties.strangersSeal) }, { x5c: x5c(parties.seal), d: 'AQAB' }] },
        }),
        client_id: 'other',
        registration_access_token: 'x',
        registration_client_uri: 'https://evil.example/',
        client_id_issued_at: 1,
        client_secret: 's',
        client_secret_expires_at: 0,
      }),
    );
    expect(refused.code).toBe('METADATA_INVALID');
    expect(new Set(refused.problems.map((text) => text.split(' ')[0]))).toEqual(
      new Set([
        'client_id',
        'registration_client_uri',
        'client_id_issued_at',
        'registration_access_token',
        'client_secret',
        'client_secret_expires_at',
        'provider_legal_id',
        'scope',
        'jwks.keys[0]',
        'jwks.keys[1]',
      ]),
    );
    expect((await refusalOf(put(id, metadata()))).problems).toEqual([
      'client_id must be given, and be that of the registration that is updated.',
    ]);
    expect((await refusalOf(put(id, []))).code).toBe('METADATA_INVALID');
    expect(await get(id)).toEqual(before);
  });

  it('rotates keys side by side, and ends those that are left out', async () => {
    const { body } = await register();
    const id = String(body['client_id']);
    const kidsOf = (answer: Body) => (answer['jwks'] as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
    const keys = (body['jwks'] as { keys: object[] }).keys;
    const both = await put(id, {
      ...body,
      jwks: { keys: [...keys, { kty: 'RSA', kid: null, x5c: x5c(parties.secondSeal) }] },
    });
    expect(kidsOf(both.body)).toHaveLength(2);
    const second = (both.body['jwks'] as { keys: object[] }).keys[1];
    const { body: one } = await put(id, { ...both.body, jwks: { keys: [second] } });
    expect(kidsOf(one)).toEqual([kidsOf(both.body)[1]]);
    const [access] = await readLiveAccess(database, [{ clientId: id, grantId: undefined }]);
    expect(access?.keyVersion).not.toContain(kidsOf(body)[0]);
    const update = (await auditOf(id)).filter(({ kind }) => kind === 'registration-updated');
    expect(update.map(({ detail }) => detail['kids'])).toEqual(
      expect.arrayContaining([kidsOf(both.body), kidsOf(one)]),
    );
  });

  it('takes the last key away only when nobody can act by the client', async () => {
    const { body } = await register();
    const id = body['client_id'];
    const empty = { ...body, jwks: { keys: [] } };
    const grant = await grantTo(id);
    expect((await refusalOf(put(id, { ...empty, client_name: '' }))).problems).toHaveLength(2);
    expect((await refusalOf(put(id, empty))).problems).toEqual([expect.stringContaining('as long as a user')]);
    await database.query('update consent_grant set ended_at = now() where id = $1', [grant.id]);
    const own = { at: clock, kind: 'token-issued', outcome: 'done', correlationId: 'c' } as const;
    await insertAuditEvents(database, [{ ...own, organizationIdentifier: 'PSDFR-ACPR-1', clientId: String(id) }]);
    expect((await refusalOf(put(id, empty))).code).toBe('METADATA_INVALID');
    clock = new Date(clock.getTime() + 901_000);
    expect((await put(id, empty)).body['jwks']).toEqual({ keys: [] });
    const { jwks: _jwks, ...without } = body;
    expect((await refusalOf(put(id, without))).problems).toEqual([expect.stringContaining('jwks must be given')]);
  });

  it('M17: If-Match lets one of two through; without it the last whole update stands, and both are on record', async () => {
    const { body, etag } = await register();
    const id = body['client_id'];
    const answers = await Promise.allSettled(
      ['One', 'Two', 'Three'].map((name) => put(id, { ...body, client_name: name }, { ifMatch: etag })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    const failed = await refusalOf(put(id, body, { ifMatch: etag }));
    expect(failed.code).toBe('PRECONDITION_FAILED');
    expect((await refusalOf(del(id, { ifMatch: etag }))).code).toBe('PRECONDITION_FAILED');
    for (const ifMatch of ['abc', '"a" "b"', 'W/x']) {
      expect((await refusalOf(put(id, body, { ifMatch }))).code).toBe('REQUEST_MALFORMED');
    }
    const now = await get(id);
    expect((await refusalOf(put(id, now.body, { ifMatch: `W/${now.etag}` }))).code).toBe('PRECONDITION_FAILED');
    await put(id, now.body, { ifMatch: `"x", ${now.etag}` });
    await put(id, now.body, { ifMatch: '*' });
    const before = (await auditOf(id)).length;
    await Promise.all(['Four', 'Five'].map((name) => put(id, { ...now.body, client_name: name })));
    expect(await auditOf(id)).toHaveLength(before + 2);
    expect(['Four', 'Five']).toContain((await get(id)).body['client_name']);
  });

  it('M20, M21: ends grants, tokens, codes and pending authorizations with the client, once, and keeps the audit', async () => {
    const { body } = await register();
    const id = String(body['client_id']);
    const grant = await grantTo(id);
    await insertRefreshToken(database, {
      tokenHash: id,
      grantId: grant.id,
      clientId: id,
      issuedAt: clock,
      expiresAt: grant.expiresAt,
    });
    const request = {
      id: createUuid(clock),
      clientId: id,
      brand: 'demo-bank',
      environment: 'production',
      redirectUri: 'https://tpp.example/cb',
      scope: ['aisp'],
      state: undefined,
      codeChallenge: 'c',
      browserHash: 'b',
      createdAt: clock,
      expiresAt: grant.expiresAt,
      source: '192.0.2.1',
    } as const;
    await insertAuthorizationRequest(database, request);
    const ends = await Promise.allSettled([del(id), del(id), del(id)]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await readClient(database, { brand: 'demo-bank', environment: 'production', clientId: id })).toBeUndefined();
    expect((await readGrant(database, grant.id))?.endedAt).toEqual(clock);
    expect(await readLiveAccess(database, [{ clientId: id, grantId: grant.id }])).toEqual([]);
    expect(await database.query('select stage from authorization_request where id = $1', [request.id])).toEqual([
      { stage: 'finished' },
    ]);
    const [ended, ...others] = (await auditOf(id)).filter(({ kind }) => kind === 'registration-ended');
    expect(others).toEqual([]);
    expect(ended?.detail).toMatchObject({ grants: 1, authorizations: 1, scope: 'aisp' });
    const token = body['registration_access_token'];
    for (const work of [() => get(id), () => put(id, body), () => del(id)])
      expect((await refusalOf(work())).code).toBe('REGISTRATION_NOT_FOUND');
    expect((await refusalOf(get(id, { token }))).code).toBe('REGISTRATION_TOKEN_INVALID');
    expect(events.at(-1)).toMatchObject({ kind: 'registration-token-misused', detail: { reason: 'ended' } });
    expect((await register()).status).toBe(201);
  });

  it('M3, M8, M9: a client of another organisation, environment or brand cannot be changed, and is not there', async () => {
    const { body } = await register();
    const id = body['client_id'];
    const places: More[] = [
      { presented: [parties.stranger] },
      { in: sandbox },
      { in: { ...realm, brand: { ...realm.brand, id: 'second-bank' } } },
    ];
    for (const more of places) {
      for (const work of [() => put(id, body, more), () => del(id, more)])
        expect((await refusalOf(work())).code).toBe('REGISTRATION_NOT_FOUND');
    }
    const other = await register();
    const token = other.body['registration_access_token'];
    expect((await refusalOf(put(id, body, { token }))).code).toBe('REGISTRATION_TOKEN_INVALID');
    expect((await refusalOf(del(id, { token }))).code).toBe('REGISTRATION_TOKEN_INVALID');
    expect(events.map(({ detail }) => detail?.['reason'])).toContain('of-another-client');
  });

  it('M4: a token with the certificate of another organisation is an event, and is not burnt', async () => {
    const { body } = await register();
    const [id, token] = [body['client_id'], body['registration_access_token']];
    const refused = await refusalOf(get(id, { token, presented: [parties.stranger] }));
    expect(refused.code).toBe('REGISTRATION_TOKEN_INVALID');
    expect(events.at(-1)).toMatchObject({
      kind: 'registration-token-misused',
      organizationIdentifier: 'PSDFR-ACPR-2',
      clientId: id,
      detail: { reason: 'of-another-organisation', owner: 'PSDFR-ACPR-1' },
    });
    expect((await get(id, { token })).body).toEqual(body);
  });

  it('M22: a brand may rotate the token at each update; the old one is then a sign of theft', async () => {
    withPolicy({ tokenRotation: 'on-update' });
    const { body } = await register();
    const [id, token] = [body['client_id'], body['registration_access_token']];
    const { body: updated } = await put(id, body, { token });
    const successor = updated['registration_access_token'];
    expect(successor).not.toBe(token);
    expect((await refusalOf(put(id, body, { token }))).code).toBe('REGISTRATION_TOKEN_INVALID');
    expect(events.at(-1)).toMatchObject({ kind: 'registration-token-misused', detail: { reason: 'ended' } });
    expect((await get(id, { token: successor })).body).toEqual(updated);
    expect((await put(id, { ...updated, client_name: 'By certificate alone' })).body['client_name']).toContain('alone');
  });

  it('M1: a brand may ask for the token, and nobody who lost it is locked out', async () => {
    withPolicy({ requireToken: true });
    const { body } = await register();
    const id = body['client_id'];
    for (const work of [() => get(id), () => put(id, body), () => del(id), () => get('0'.repeat(40))])
      expect((await refusalOf(work())).code).toBe('REGISTRATION_TOKEN_MISSING');
    const renewed = await renewToken(callOf(id, { presented: [parties.renewed] }), realm, dependencies);
    const token = renewed['registration_access_token'];
    expect((await get(id, { token })).body).toMatchObject({ client_id: id });
    expect((await refusalOf(renewToken(callOf(id, { presented: [parties.stranger] }), realm, dependencies))).code).toBe(
      'REGISTRATION_NOT_FOUND',
    );
  });

  it('M23: guesses of a token are limited by organisation, its certificates are not', async () => {
    withPolicy({ wrongTokensPerMinute: 3 });
    const { body } = await register();
    const [id, token] = [body['client_id'], body['registration_access_token']];
    const codes: string[] = [];
    for (let n = 0; n < 5; n += 1) codes.push((await refusalOf(get(id, { token: `guess-${n}` }))).code);
    expect(codes.slice(0, 3)).toEqual(Array.from({ length: 3 }, () => 'REGISTRATION_TOKEN_INVALID'));
    expect(codes.slice(3)).toEqual(['RATE_LIMITED', 'RATE_LIMITED']);
    const limited = await refusalOf(get(id, { token }));
    expect([limited.code, limited.retryAfterSeconds]).toEqual(['RATE_LIMITED', 20]);
    expect((await get(id)).body['client_id']).toBe(id);
    clock = new Date(clock.getTime() + 60_000);
    expect((await get(id, { token })).body).toEqual(body);
  });

  it('R58: counts registrations, updates and live clients of an organisation', async () => {
    withPolicy({ registrationsPerMinute: 3, updatesPerMinute: 2 });
    const { body } = await register();
    await register();
    expect((await refusalOf(register({ scope: 'none' }))).code).toBe('METADATA_INVALID');
    const limited = await refusalOf(register());
    expect([limited.code, limited.retryAfterSeconds]).toEqual(['RATE_LIMITED', 20]);
    const id = body['client_id'];
    await put(id, body);
    expect((await refusalOf(put(id, {}))).code).toBe('METADATA_INVALID');
    expect((await refusalOf(del(id))).code).toBe('RATE_LIMITED');
    clock = new Date(clock.getTime() + 61_000);
    const [{ live } = { live: 0 }] = await database.query<{ live: number }>(
      `select count(*)::int as live from client
       where organization_identifier = 'PSDFR-ACPR-1' and environment = 'production' and ended_at is null`,
    );
    withPolicy({ clientsPerOrganization: live });
    const full = await refusalOf(register());
    expect([full.code, full.retryAfterSeconds]).toEqual(['REGISTRATION_QUOTA_REACHED', 3_600]);
    await del(id);
    expect((await register()).status).toBe(201);
  });

  it('R58: keeps the number of live clients also for those who register at once', async () => {
    const [{ live } = { live: 0 }] = await database.query<{ live: number }>(
      `select count(*)::int as live from client
       where organization_identifier = 'PSDFR-ACPR-1' and environment = 'production' and ended_at is null`,
    );
    withPolicy({ clientsPerOrganization: live + 3 });
    const answers = await Promise.allSettled(Array.from({ length: 12 }, () => register()));
    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason.code] : []));
    expect(refused).toEqual(Array.from({ length: 9 }, () => 'REGISTRATION_QUOTA_REACHED'));
    expect((await refusalOf(register())).code).toBe('REGISTRATION_QUOTA_REACHED');
  });

  it('R65: decides on a registration that lives, once; its organisation has no room for another meanwhile', async () => {
    const { body } = await register();
    const clientId = String(body['client_id']);
    const decide = (state: 'suspended' | 'restored', sought = clientId) => {
      const decision = {
        clientId: sought,
        state,
        by: { subject: 'ada-1', name: 'Ada' },
        reason: 'r',
        at: clock,
        correlationId: 'c',
      };
      return decideSuspension(database, decision, ['webhook']);
    };
    expect(await decide('restored')).toBeUndefined();
    expect(await decide('suspended', 'unknown')).toBeUndefined();
    const both = await Promise.all([decide('suspended'), decide('suspended')]);
    expect(both.filter((found) => found !== undefined)).toHaveLength(1);
    for (const ask of [register, () => put(clientId, body), () => del(clientId)]) {
      const { code, message } = await refusalOf(ask());
      expect([code, message]).toEqual(['CLIENT_SUSPENDED', 'The bank has suspended this registration: r']);
    }
    expect((await get(clientId)).body['warnings']).toEqual(['The bank has suspended this registration: r']);
    clock = new Date(clock.getTime() + 1_000);
    expect(await decide('restored')).toMatchObject({ clientId, suspendedAt: undefined });
    expect((await put(clientId, body)).body['warnings']).toBeUndefined();
    await del(clientId);
    expect(await decide('suspended')).toBeUndefined();
    const told = await database.query<{ kind: string }>(
      'select kind from notice where client_id = $1 order by written_at, id',
      [clientId],
    );
    expect(told.map(({ kind }) => kind).filter((kind) => kind.startsWith('client-'))).toEqual([
      'client-suspended',
      'client-restored',
    ]);
  });
});
