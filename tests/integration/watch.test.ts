import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../server/src/store/database.js';
import { openPostgresql } from '../../server/src/store/open-postgresql.js';
import { fetchServerMetadata } from '../../tpp/src/oauth/server-metadata.js';
import { type Enrolled, enroll, obtainTokens, openTppWorld, type TppWorld } from '../material/enroll.js';
import { expectRefusal } from '../material/expect-refusal.js';
import { type LoopbackSource, startLoopbackSource } from '../material/loopback-source.js';
import { callAccounts, codeOf, type SignedCaller } from '../material/send-signed.js';
import { type RunningNodes, startNodes } from '../material/start-nodes.js';
import { findPostgresql, startPostgresql, type TemporaryPostgresql } from '../material/start-postgresql.js';

interface Told {
  readonly jti: string;
  readonly clientId: string;
  readonly kind: string;
  readonly event: Readonly<Record<string, unknown>>;
}

describe.runIf(findPostgresql() !== undefined)('the watch over one organisation', () => {
  let postgresql: TemporaryPostgresql;
  let database: Database;
  let bank: RunningNodes;
  let world: TppWorld;
  let receiver: LoopbackSource;
  let client: Enrolled;
  let caller: SignedCaller;
  const told: Told[] = [];
  let receiving = true;

  beforeAll(async () => {
    postgresql = await startPostgresql();
    database = openPostgresql(postgresql.url, () => undefined);
    receiver = await startLoopbackSource();
    receiver.answers.set('/notices', (_request, body) => {
      if (!receiving) return 503;
      told.push(readEvent(Buffer.from(body).toString()));
      return 202;
    });
    bank = await startNodes({
      count: 1,
      databaseUrl: postgresql.url,
      change: (config) => ({ ...config, notices: { webhook: { url: `${receiver.url}/notices` } } }),
    });
    world = openTppWorld(bank);
    client = await enroll(world);
    const { accessToken } = await obtainTokens(world, client);
    caller = { qwac: client.qwac, seal: client.seal, accessToken };
  });

  afterAll(async () => {
    world?.close();
    await bank?.stop();
    await receiver?.stop();
    await database?.close();
    await postgresql?.stop();
  });

  const call = () => callAccounts(caller, { url: bank.addresses.api, publicUrl: bank.addresses.api, ca: bank.ca });
  const ofClient = (kind: string) => told.filter((each) => each.clientId === client.clientId && each.kind === kind);

  it('suspends when the register withdraws the authorisation, and keeps everything', async () => {
    expect((await call()).status).toBe(200);
    receiving = false;
    await bank.change('/demo/withdraw', { organizationIdentifier: client.party.organizationIdentifier });
    await until(async () => codeOf(await call()) === 'CERTIFICATE_BLOCKED');
    const [standing] = await untilRows(
      database,
      `select standing.state, standing.code, standing.reason, event.detail, decision.outcome, decision.record
       from organization_standing as standing
       join audit_event as event on event.decision_id = standing.decision_id and event.kind = 'organization-suspended'
       join decision on decision.id = standing.decision_id where standing.state = 'suspended'`,
    );
    expect(standing).toMatchObject({
      state: 'suspended',
      code: 'CERTIFICATE_BLOCKED',
      reason: expect.stringContaining('withdrawn'),
      detail: { clients: [client.clientId], grants: 1 },
      outcome: 'not-qualified',
    });
    const [kept] = await database.query<{ clients: number; grants: number }>(
      `select (select count(*)::int from client where ended_at is null) as clients,
       (select count(*)::int from consent_grant where ended_at is null) as grants`,
    );
    expect(kept).toEqual({ clients: 1, grants: 1 });
  });

  it('issues no token meanwhile', async () => {
    const metadata = await fetchServerMetadata(client.connection, world.bank);
    const answer = await client.connection.send({
      method: 'POST',
      url: metadata.tokenEndpoint,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `grant_type=client_credentials&scope=pisp&client_id=${client.clientId}`,
    });
    expect(answer.status).toBe(401);
    expect(String(answer.body)).toContain('CERTIFICATE_BLOCKED');
  });

  it('restores by itself when the authorisation is back: same token, nothing asked of anyone', async () => {
    await bank.change('/demo/reinstate', { organizationIdentifier: client.party.organizationIdentifier });
    await until(async () => (await call()).status === 200);
    const events = await database.query<{ kind: string }>(
      "select kind from audit_event where kind like 'organization-%' order by at",
    );
    expect(events.map(({ kind }) => kind)).toEqual(['organization-suspended', 'organization-restored']);
  });

  it('tells in order, again and again until it is taken', async () => {
    const [waiting] = await untilRows(
      database,
      'select attempts from notice where attempts > 0 and delivered_at is null',
    );
    expect(waiting).toBeDefined();
    receiving = true;
    await until(async () => ofClient('restored').length > 0, 20_000);
    const kinds = told.filter(({ clientId }) => clientId === client.clientId).map(({ kind }) => kind);
    expect(kinds).toEqual(['suspended', 'restored']);
    expect(ofClient('suspended')[0]?.event).toMatchObject({
      client_id: client.clientId,
      organization_identifier: client.party.organizationIdentifier,
      code: 'CERTIFICATE_BLOCKED',
    });
  });

  it('S23: a seal that is revoked signs nothing any more; its client lives', async () => {
    await bank.change('/demo/revoke', { serialNumber: client.party.seal?.serialNumber });
    await until(async () => (await call()).status !== 200);
    const answer = await call();
    expectRefusal(answer, 401, 'SIGNATURE_KEY_UNUSABLE');
    expect(answer.text).toContain(client.seal.keyId);
    await until(async () => ofClient('certificate-ended').length > 0);
    expect(ofClient('certificate-ended')[0]?.event).toMatchObject({
      thumbprint: client.seal.keyId,
      use: 'seal',
      code: 'CERTIFICATE_REVOKED',
    });
    const [row] = await database.query("select * from organization_standing where state = 'suspended'");
    expect(row).toBeUndefined();
  });

  it('C26: a revoked QWAC ends its own use, not the organisation', async () => {
    const second = await enroll(world);
    await bank.change('/demo/revoke', { serialNumber: new X509Certificate(second.qwac.path).serialNumber });
    await untilRows(
      database,
      `select 1 as ended from certificate_standing where state = 'ended' and code = 'CERTIFICATE_REVOKED'
       and thumbprint in (select registered_with from client where client_id = $1)`,
      [second.clientId],
    );
    const [row] = await database.query("select * from organization_standing where state = 'suspended'");
    expect(row).toBeUndefined();
  });

  it('has judged every certificate that it knows of', async () => {
    const judged = await database.query<{ thumbprint: string }>('select thumbprint from certificate_standing');
    const known = await database.query<{ thumbprint: string }>('select thumbprint from certificate');
    expect(new Set(judged.map(({ thumbprint }) => thumbprint))).toEqual(
      new Set(known.map(({ thumbprint }) => thumbprint)),
    );
  });
});

/** A security event token; its signature is verified where tokens are. */
function readEvent(token: string): Told {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
    jti: string;
    sub_id: { id: string };
    events: Record<string, Record<string, unknown>>;
  };
  const [[name, event] = ['', {}]] = Object.entries(claims.events);
  return { jti: claims.jti, clientId: claims.sub_id.id, kind: name.replace('urn:postern:notice:', ''), event };
}

async function until(holds: () => Promise<boolean>, milliseconds = 10_000): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`it did not come to hold within ${milliseconds} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function untilRows(
  database: Database,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Record<string, unknown>[]> {
  let rows: readonly Record<string, unknown>[] = [];
  await until(async () => {
    rows = await database.query<Record<string, unknown>>(text, values);
    return rows.length > 0;
  });
  return rows;
}
