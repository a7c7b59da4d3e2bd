import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../server/src/store/database.js';
import { openPostgresql } from '../../server/src/store/open-postgresql.js';
import { type Identity, toIdentity } from '../material/demo-authority.js';
import { enroll, openTppWorld, type TppWorld } from '../material/enroll.js';
import { caExtensions, commonName, ecKeys, issueCertificate } from '../material/issue.js';
import { sendOverTls } from '../material/send-over-tls.js';
import { type RunningNodes, startNodes } from '../material/start-nodes.js';
import { findPostgresql, startPostgresql, type TemporaryPostgresql } from '../material/start-postgresql.js';

const keys = ecKeys();
const hour = 3_600_000;

/** A certificate that nobody has seen before and nobody vouches for, with a kilobyte of what is on its mind. */
function strangerIdentity(): Identity {
  const subject = commonName(`${randomBytes(400).toString('hex')}`);
  const certificate = issueCertificate({
    subject,
    keys,
    issuer: { name: subject, keys },
    serial: BigInt(`0x1${randomBytes(8).toString('hex')}`),
    notBefore: new Date(Date.now() - hour),
    notAfter: new Date(Date.now() + hour),
    extensions: caExtensions(),
  });
  return toIdentity(certificate, { keys, above: [] });
}

interface Count {
  readonly subject: string;
  readonly reason: string;
  readonly count: string;
  readonly first_event: string | null;
}

describe.runIf(findPostgresql() !== undefined)('what strangers leave in the store', () => {
  let postgresql: TemporaryPostgresql;
  let database: Database;
  let bank: RunningNodes;
  let world: TppWorld;

  beforeAll(async () => {
    postgresql = await startPostgresql();
    database = openPostgresql(postgresql.url, () => undefined);
    bank = await startNodes({ count: 2, databaseUrl: postgresql.url });
    world = openTppWorld(bank);
  });
  afterAll(async () => {
    world?.close();
    await bank?.stop();
    await database?.close();
    await postgresql?.stop();
  });

  const ask = (path: string, given: { identity?: Pick<Identity, 'path' | 'key'>; from?: number; node?: number }) =>
    sendOverTls({
      method: 'GET',
      url: `${bank.nodes[given.node ?? 0]?.api}${path}`,
      headers: { host: new URL(bank.addresses.api).host },
      ca: bank.ca,
      identity: given.identity,
      from: `127.0.1.${given.from ?? 1}`,
    });
  const accounts = '/demo-bank/stet-psd2-api/v1/accounts';
  const check = '/demo-bank/certificate-check';
  const octets = async () => {
    const [row] = await database.query<{ octets: string }>(
      `select (select coalesce(sum(pg_column_size(audit_event)), 0) from audit_event)
         + (select coalesce(sum(octet_length(record::text)), 0) from decision)
         + (select coalesce(sum(octet_length(bytes)), 0) from evidence) as octets`,
    );
    return Number(row?.octets);
  };
  const counts = async () => database.query<Count>('select subject, reason, count, first_event from refusal_count');
  const told = async (reason: string) =>
    (await counts()).filter((each) => each.reason === reason).reduce((sum, { count }) => sum + Number(count), 0);
  const until = (reason: string, least: number) =>
    expect.poll(() => told(reason), { timeout: 20_000 }).toBeGreaterThanOrEqual(least);

  it('D9 D10 keep the first of a certificate and reason with its evidence, on all nodes together, and count the rest', async () => {
    const identity = strangerIdentity();
    for (let turn = 0; turn < 6; turn += 1)
      expect((await ask(accounts, { identity, node: turn % 2 })).status).toBe(401);
    await until('CERTIFICATE_UNKNOWN_ISSUER', 6);
    const [row, ...others] = (await counts()).filter(({ reason }) => reason === 'CERTIFICATE_UNKNOWN_ISSUER');
    expect(others).toEqual([]);
    expect(row?.count).toBe('6');
    const events = await database.query<{ id: string; findings: readonly unknown[] }>(
      `select audit_event.id, record->'findings' as findings from audit_event join decision on decision.id = decision_id
       where audit_event.thumbprint = $1 and audit_event.kind = 'request-refused'`,
      [row?.subject],
    );
    expect(events.map(({ id }) => id)).toEqual([row?.first_event]);
    expect(events[0]?.findings.length).toBeGreaterThan(20);
  });

  it('D10 ever new certificates of one source leave evidence of ten, and repeats none', async () => {
    const before = await told('CERTIFICATE_UNKNOWN_ISSUER');
    const begin = await octets();
    for (let turn = 0; turn < 12; turn += 1) await ask(accounts, { identity: strangerIdentity(), from: 2 });
    await until('CERTIFICATE_UNKNOWN_ISSUER', before + 12);
    const ten = await octets();
    for (let turn = 0; turn < 12; turn += 1) await ask(accounts, { identity: strangerIdentity(), from: 2 });
    await until('CERTIFICATE_UNKNOWN_ISSUER', before + 24);
    expect(ten - begin).toBeGreaterThan(20_000);
    expect(await octets()).toBe(ten);
    const others = (await counts()).find(
      ({ subject, reason }) => subject === '*' && reason === 'CERTIFICATE_UNKNOWN_ISSUER',
    );
    expect(Number(others?.count)).toBe(14);
  });

  it('D10 what comes without a certificate is one event a reason, however the certificate check or a page is asked', async () => {
    const identity = strangerIdentity();
    for (let turn = 0; turn < 5; turn += 1) {
      expect((await ask('/nothing-here', { from: 3 })).status).toBe(404);
      expect((await ask(check, { identity, from: 3 })).json['outcome']).toBe('not-qualified');
    }
    await until('NOT_FOUND', 5);
    await until('certificate-checked', 5);
    const events = await database.query<{ kind: string; n: number }>(
      `select kind, count(*)::int as n from audit_event where code = 'NOT_FOUND' or kind = 'certificate-checked' group by kind order by kind`,
    );
    expect(events).toEqual([
      { kind: 'certificate-checked', n: 1 },
      { kind: 'request-refused', n: 1 },
    ]);
  });

  it('whoever holds a certificate of a granted service is recorded in full, each time', async () => {
    const { party } = await enroll(world);
    const identity = { path: party.qwac?.path ?? '', key: party.qwacKey };
    const refused = async () => {
      const answers = await Promise.all([1, 2, 3].map(() => ask(accounts, { identity, from: 4 })));
      return answers.map(({ headers }) => String(headers['x-correlation-id']));
    };
    const ids = await refused();
    await expect
      .poll(
        async () =>
          (await database.query('select 1 from audit_event where correlation_id = any($1::text[])', [ids])).length,
        { timeout: 20_000 },
      )
      .toBe(3);
  });
});
