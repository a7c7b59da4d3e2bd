import { randomInt, X509Certificate } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgresql } from '../../server/src/store/open-postgresql.js';
import { configureBrand } from '../material/configure-brand.js';
import { sendOverTls, type TlsAnswer } from '../material/send-over-tls.js';
import { type Credential, type RunningDemo, startDemo } from '../material/start-demo.js';
import { findPostgresql, startPostgresql, type TemporaryPostgresql } from '../material/start-postgresql.js';

/** How often the server is killed; the long run is CRASHES=200. */
const crashes = Number(process.env['CRASHES'] ?? 6);
const workers = 4;

/** What a third party was told, and what it asked without hearing the answer: written down outside of the server, at once. */
type Entry =
  | { readonly told: 'registered' | 'updated'; readonly id: string; readonly name: string }
  | { readonly told: 'deleted'; readonly id: string }
  | { readonly unheard: 'update'; readonly id: string; readonly name: string }
  | { readonly unheard: 'delete'; readonly id: string }
  | { readonly unheard: 'register'; readonly name: string };

/** A name tells how many keys were sent with it: a client that has another number of them is stored half. */
const nameOf = (keys: number) => `Crash ${randomInt(1e12)} with ${keys}`;
const keysOf = (name: string) => Number(name.at(-1));

describe.runIf(findPostgresql() !== undefined)('on PostgreSQL, with the server killed at random', () => {
  let postgresql: TemporaryPostgresql;
  let demo: RunningDemo;
  let qwac: Credential;
  let seals: readonly string[][];
  let directory: string;
  let journal: string;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'postern-journal-'));
    journal = join(directory, 'journal');
    writeFileSync(journal, '');
    postgresql = await startPostgresql();
    demo = await startDemo({ DATABASE_URL: postgresql.url });
    const wide =
      'registration: { clientsPerOrganization: 100000, registrationsPerMinute: 100000, updatesPerMinute: 100000 }';
    configureBrand(demo, 'demo-bank', wide);
    const own = { organizationIdentifier: 'PSDFR-ACPR-43001', roles: 'PSP_AI' };
    qwac = await demo.issue({ ...own, kind: 'qwac' });
    seals = [await demo.issue({ ...own, kind: 'qsealc' }), await demo.issue({ ...own, kind: 'qsealc' })].map(x5cOf);
    await demo.crashAndRestart();
    await untilQualified();
  });

  afterAll(async () => {
    await demo?.stop();
    await postgresql?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const call = (method: string, path: string, body?: object): Promise<TlsAnswer> =>
    sendOverTls({
      method,
      url: `${demo.addresses.api}/demo-bank${path}`,
      ca: demo.ca,
      identity: qwac,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  const write = (entry: Entry) => appendFileSync(journal, `${JSON.stringify(entry)}\n`);
  const readJournal = () =>
    readFileSync(journal, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Entry);
  const metadata = (name: string) => ({
    client_name: name,
    redirect_uris: ['https://tpp.example/callback'],
    scope: 'aisp',
    jwks: { keys: seals.slice(0, keysOf(name)).map((x5c) => ({ x5c })) },
  });

  async function untilQualified(): Promise<void> {
    for (let attempt = 0; attempt < 300; attempt += 1) {
      const answer = await call('GET', '/certificate-check').catch(() => undefined);
      if (answer?.json['outcome'] === 'qualified') return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('the certificate did not become qualified');
  }

  /** Sends one request after the other about clients of its own, until one is not answered. */
  async function stream(): Promise<number> {
    const own: string[] = [];
    for (let answered = 0; ; answered += 1) {
      const id = own[randomInt(Math.max(own.length, 1))];
      const choice = own.length < 2 ? 0 : randomInt(4);
      const name = nameOf(1 + randomInt(2));
      if (id === undefined || choice === 0) {
        const answer = await call('POST', '/oauth2/registrations', metadata(name)).catch(() => undefined);
        if (answer?.status !== 201) return unheard(answer, { unheard: 'register', name }, answered);
        own.push(String(answer.json['client_id']));
        write({ told: 'registered', id: String(answer.json['client_id']), name });
      } else if (choice === 3) {
        const answer = await call('DELETE', `/oauth2/registrations/${id}`).catch(() => undefined);
        if (answer?.status !== 204) return unheard(answer, { unheard: 'delete', id }, answered);
        own.splice(own.indexOf(id), 1);
        write({ told: 'deleted', id });
      } else {
        const body = { ...metadata(name), client_id: id };
        const answer = await call('PUT', `/oauth2/registrations/${id}`, body).catch(() => undefined);
        if (answer?.status !== 200) return unheard(answer, { unheard: 'update', id, name }, answered);
        write({ told: 'updated', id, name });
      }
    }
  }

  /** A crash answers nothing: whatever else is answered is a fault. */
  function unheard(answer: TlsAnswer | undefined, entry: Entry, answered: number): number {
    if (answer !== undefined) throw new Error(`${answer.status}: ${answer.text}`);
    write(entry);
    return answered;
  }

  it(
    `R61 loses nothing that was acknowledged and stores nothing half, over ${crashes} crashes`,
    async () => {
      let answered = 0;
      for (let crash = 0; crash < crashes; crash += 1) {
        const streams = Promise.all(Array.from({ length: workers }, stream));
        await new Promise((resolve) => setTimeout(resolve, 50 + randomInt(1_500)));
        await demo.crashAndRestart();
        answered += (await streams).reduce((sum, each) => sum + each, 0);
        await untilQualified();
      }
      expect(answered).toBeGreaterThan(crashes);
      await compare();
    },
    60_000 + crashes * 20_000,
  );

  async function compare(): Promise<void> {
    const answer = await call('GET', '/oauth2/registrations');
    const stored = answer.json['registrations'] as readonly {
      client_id: string;
      client_name: string;
      jwks: { keys: readonly object[] };
    }[];
    const entries = readJournal();
    for (const { client_name: name, jwks } of stored) expect(jwks.keys.length, name).toBe(keysOf(name));
    const byId = new Map(stored.map((client) => [client.client_id, client.client_name]));
    const told = new Map(
      entries.flatMap((entry) => ('id' in entry ? [[entry.id, possibleNames(entries, entry.id)]] : [])),
    );
    for (const [id, names] of told) expect(names, id).toContain(byId.get(id));
    const unknown = stored.filter(({ client_id: id }) => !told.has(id)).map(({ client_name: name }) => name);
    const unheardNames = entries.flatMap((entry) =>
      'unheard' in entry && entry.unheard === 'register' ? entry.name : [],
    );
    expect(unheardNames).toEqual(expect.arrayContaining(unknown));
    await compareRows(entries);
  }

  /** The rows that belong together are there together, or none of them. */
  async function compareRows(entries: readonly Entry[]): Promise<void> {
    const database = openPostgresql(postgresql.url, () => undefined);
    const broken = await database.query(
      `select client.client_id from client left join
         (select client_id, count(*) filter (where kind = 'client-registered') as begins,
            count(*) filter (where kind = 'registration-ended') as ends from audit_event group by client_id) as told
         on told.client_id = client.client_id
       where told.begins is distinct from 1 or told.ends <> (case when ended_at is null then 0 else 1 end)
         or exists (select 1 from registration_access_token as token
           where token.client_id = client.client_id and (token.ended_at is null) <> (client.ended_at is null))
         or not exists (select 1 from registration_request as request where request.client_id = client.client_id)
         or not exists (select 1 from name_review where name_review.client_id = client.client_id)`,
    );
    const [row] = await database.query<{ updates: number }>(
      `select count(*)::int as updates from audit_event where kind = 'registration-updated'`,
    );
    await database.close();
    expect(broken).toEqual([]);
    const updates = entries.filter((entry) => 'told' in entry && entry.told === 'updated').length;
    expect(row?.updates).toBeGreaterThanOrEqual(updates);
  }
});

/** Every name that a client may have after what was told and asked about it; undefined where it may have ended. */
function possibleNames(entries: readonly Entry[], id: string): readonly (string | undefined)[] {
  let names: readonly (string | undefined)[] = [];
  for (const entry of entries) {
    if (!('id' in entry) || entry.id !== id) continue;
    const after = 'name' in entry ? entry.name : undefined;
    names = 'told' in entry ? [after] : [...names, after];
  }
  return names;
}

function x5cOf({ path }: Credential): string[] {
  return (path.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []).map((pem) =>
    new X509Certificate(pem).raw.toString('base64'),
  );
}
