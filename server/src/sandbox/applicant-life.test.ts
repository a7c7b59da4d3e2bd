import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RegisteredMetadata } from '@postern/core/registration/client-metadata.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newEc, newRsa, requestText } from '../../../tests/material/certification-request.js';
import { eachStore } from '../../../tests/material/each-store.js';
import { configSchema } from '../config-schema.js';
import { deliverNotices } from '../notice/deliver-notices.js';
import { describeNotice } from '../notice/describe-notice.js';
import { sweepStore } from '../retention/sweep-store.js';
import { insertClient } from '../store/clients.js';
import type { Database } from '../store/database.js';
import { migrate } from '../store/migrate.js';
import { insertNotice, type Notice } from '../store/notices.js';
import { readCertificatesOf } from '../store/sandbox.js';
import { applyForCertificates } from './apply-for-certificates.js';
import { daysAfter } from './authority-recipes.js';
import { changeAsOwner } from './change-as-owner.js';
import { countRequest } from './count-requests.js';
import { decideApplication } from './decide-application.js';
import { issueKitAsOwner } from './kit-as-owner.js';
import { openSandboxAuthority } from './open-authority.js';
import type { SandboxContext } from './sandbox-context.js';
import { ownerPage } from './sandbox-place.js';
import { openSandboxState } from './sandbox-state.js';
import { warnOfTestEnds } from './warn-of-test-ends.js';

const now = new Date('2026-03-01T12:00:00Z');
const place = { brand: 'bank', brandName: 'Bank', webUrl: 'https://www.bank.example', authority: 'FR-TEST' };
const retention = configSchema.shape.retention.parse(undefined);

describe.each(eachStore)('who asks for test certificates, on %s', (_kind, open) => {
  let database: Database;
  let directory: string;
  let context: SandboxContext;
  let sources = 0;

  beforeAll(async () => {
    database = await open();
    await migrate(database);
    directory = mkdtempSync(join(tmpdir(), 'sandbox-'));
    const authority = await openSandboxAuthority({ directory, place, certificateDays: 90 }, now);
    context = {
      ...{
        place,
        database,
        agreement: 'operator',
        certificateDays: 90,
        requestsPerDay: 50,
        changesPerDay: 500,
        channels: ['email'],
      },
      approvals: 1,
      authority: () => authority,
      ownKeys: new Set(),
    };
  }, 60_000);
  afterAll(async () => {
    await database.close();
    rmSync(directory, { recursive: true });
  });
  beforeEach(() => database.query('delete from notice'));

  const call = (at: Date) => ({ now: at, correlationId: 'c-1' });
  const apply = (at = now) => {
    sources += 1;
    return applyForCertificates(context, { ...call(at), body: bodyOf(), source: `${sources}` });
  };
  const decide = (id: string, state: 'issued' | 'refused', reason?: string, at = now) =>
    decideApplication(context, { id, state, by: { subject: 'ada-1', name: 'Ada' }, reason }, call(at));
  const warn = (at: Date) => warnOfTestEnds({ database, channels: ['email'], pageOf: () => ownerPage(place) }, at);
  const deliver = async (at: Date) => {
    const taken: Notice[] = [];
    const email = async (notice: Notice) => {
      taken.push(notice);
      return undefined;
    };
    await deliverNotices({ database, adapters: { email }, clock: () => at, onFailure: () => undefined });
    return taken;
  };

  it('is one person to agree, however the name is written; another one is needed', async () => {
    const { id } = await apply();
    const agree = async (subject: string) => {
      const by = { subject, name: subject };
      const decided = await decideApplication(
        { ...context, approvals: 2 },
        { id, state: 'issued', by, reason: undefined },
        call(now),
      );
      return decided?.outcome;
    };
    expect(await Promise.all([agree('Ada'), agree('Ada')])).toEqual(expect.arrayContaining(['agreed', 'same-person']));
    expect(await agree('ada')).toBe('same-person');
    expect(await agree(' Ada ')).toBe('same-person');
    expect(await Promise.all([agree('Grace'), agree('Grace')])).toEqual(expect.arrayContaining(['decided', undefined]));
    expect(await readCertificatesOf(database, id)).toHaveLength(2);
  });

  it('is answered once, when one person agrees and another refuses at the same moment', async () => {
    const { id } = await apply();
    const outcomes = await Promise.all([decide(id, 'issued'), decide(id, 'refused', 'no')]);
    const [decided, ...others] = outcomes.filter((outcome) => outcome !== undefined);
    expect(others).toEqual([]);
    expect(await readCertificatesOf(database, id)).toHaveLength(decided?.applicant.state === 'issued' ? 2 : 0);
  });

  it('K8 gets no more in a day than there is room for, however many requests come at the same moment', async () => {
    const few = { ...context, requestsPerDay: 3 };
    const asked = Array.from({ length: 12 }, () => countRequest(few, 'somewhere', now));
    const answers = await Promise.allSettled(asked);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    await expect(countRequest(few, 'somewhere', now)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await expect(countRequest(few, 'elsewhere', now)).resolves.toBeUndefined();
  });

  it('K8 changes what it has so often in a day and no more, and is nobody else', async () => {
    const { id, secret } = await apply();
    await decide(id, 'issued');
    const stand = (state: string, authorization = `Bearer ${secret}`) =>
      changeAsOwner({ ...context, changesPerDay: 3 }, 'register', {
        ...{ ...call(now), id, authorization, body: Buffer.from(JSON.stringify({ state })) },
      });
    await expect(stand('active', 'Bearer no-secret-of-anybody-at-all')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    for (const state of ['suspended', 'active', 'withdrawn']) await stand(state);
    await expect(stand('active')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('K8 has broken certificates issued until the brand has issued enough for a day', async () => {
    const { id, secret } = await apply();
    await decide(id, 'issued');
    const kit = () =>
      issueKitAsOwner(context, { ...call(now), id, authorization: `Bearer ${secret}`, body: Buffer.from('{}') });
    expect((await kit()).kit).toHaveLength(18);
    const used = `insert into quota (name, key, whole_at) values ('kits-of-all', 'bank', $1::timestamptz + interval '1 day')
      on conflict (name, key) do update set whole_at = excluded.whole_at`;
    await database.query(used, [now]);
    await expect(kit()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await database.query(`delete from quota where name = 'kits-of-all'`);
    for (let kits = 2; kits <= 10; kits += 1) await kit();
    await expect(kit()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await database.query('delete from quota');
  });

  it('is known to every node without the octets of its certificates', async () => {
    const { id } = await apply();
    await decide(id, 'issued');
    const [issued] = await readCertificatesOf(database, id);
    const state = await openSandboxState(database, { clock: () => now, onFault: () => undefined });
    const known = state.certificate(issued?.serialNumber ?? '');
    await state.stop();
    expect(issued?.path).toContain('BEGIN CERTIFICATE');
    const { path: _path, ...rest } = issued ?? { path: '' };
    expect(known).toEqual(rest);
  });

  it('is issued nothing new over a key that it has for the other use', async () => {
    const { id, secret } = await apply();
    await decide(id, 'issued');
    const renew = (body: object) =>
      changeAsOwner(context, 'renew', {
        ...{ ...call(now), id, authorization: `Bearer ${secret}`, body: Buffer.from(JSON.stringify(body)) },
      });
    const [key, seal] = [newRsa(), newRsa()];
    const refused = { code: 'CERTIFICATION_REQUEST_INVALID', message: expect.stringContaining('a key each') };
    await expect(renew({ website_csr: requestText(key), seal_csr: requestText(key) })).rejects.toMatchObject(refused);
    await renew({ seal_csr: requestText(seal) });
    await expect(renew({ website_csr: requestText(seal) })).rejects.toMatchObject(refused);
    await renew({ website_csr: requestText(key), seal_csr: requestText(seal) });
    await expect(renew({ seal_csr: requestText(key) })).rejects.toMatchObject(refused);
    expect(await readCertificatesOf(database, id)).toHaveLength(5);
  });

  it('is told what was decided, with the reason, and not who decided', async () => {
    const [agreed, refused] = [await apply(), await apply()];
    await decide(agreed.id, 'issued', 'known firm');
    await decide(refused.id, 'refused', 'no such firm\r\nBcc: x@y.example');
    expect(await decide(refused.id, 'issued')).toBeUndefined();
    const told = await deliver(now);
    expect(told.map(({ kind, applicantId, clientId }) => [kind, applicantId, clientId]).sort()).toEqual([
      ['sandbox-agreed', agreed.id, undefined],
      ['sandbox-refused', refused.id, undefined],
    ]);
    for (const notice of told) expect(notice.content.contacts).toEqual(['dev@pousse.example']);
    const { subject, text } = describeNotice(told.find(({ kind }) => kind === 'sandbox-refused') as Notice, []);
    expect(subject).toBe('bank: test certificates are refused');
    expect(text).toContain('reason: no such firm Bcc: x@y.example\n');
    expect(text).toContain('https://www.bank.example/bank/en/developers/test-certificates/mine');
    expect(text).toContain(`applicant: Jeune Pousse (${refused.id}, sandbox)`);
    expect(text).not.toContain('Ada');
    expect(await deliver(now)).toEqual([]);
  });

  it('is warned 14 and 3 days before the end, once, of both certificates in one notice', async () => {
    const { id } = await apply();
    await decide(id, 'issued');
    await database.query('delete from notice');
    const [last] = await readCertificatesOf(database, id);
    const end = last?.notAfter ?? now;
    const about = (notices: readonly Notice[]) =>
      notices.filter(({ applicantId }) => applicantId === id).map(({ content }) => content.detail['days']);
    const warned = async (days: number) => {
      const at = daysAfter(end, -days);
      await warn(at);
      return about(await deliver(at));
    };
    expect(await warned(15)).toEqual([]);
    expect(await warned(14)).toEqual([14]);
    expect(await warned(13)).toEqual([]);
    expect(await warned(2)).toEqual([3]);
    expect(await warned(1)).toEqual([]);
    expect(await warned(-1)).toEqual([]);
  });

  it('is not warned of what has a successor, is revoked, or was broken from the start', async () => {
    const { id, secret } = await apply();
    await decide(id, 'issued');
    const [seal, website] = await readCertificatesOf(database, id);
    const as = (body: object, at = now) => {
      return { ...call(at), id, authorization: `Bearer ${secret}`, body: Buffer.from(JSON.stringify(body)) };
    };
    await issueKitAsOwner(context, as({}));
    await changeAsOwner(context, 'revoke', as({ serial_number: seal?.serialNumber, reason: 'superseded' }));
    await changeAsOwner(context, 'renew', as({ website_csr: requestText(newEc()) }, daysAfter(now, 30)));
    await database.query('delete from notice');
    await warn(daysAfter(website?.notAfter ?? now, -2));
    const rows = await database.query<{ applicant_id: string }>('select applicant_id from notice');
    expect(rows.map(({ applicant_id }) => applicant_id)).not.toContain(id);
  });

  it('K14 is sent no e-mail where nobody has looked at who asked, and the bank hears of it all the same', async () => {
    const channels = ['email', 'webhook'] as const;
    const channelsOf = async (kind: string) => {
      const rows = await database.query<{ channel: string }>('select channel from notice where kind = $1', [kind]);
      return rows.map(({ channel }) => channel).sort();
    };
    const told = async (agreed: { readonly id: string; readonly organization_identifier: string }) => {
      const clientId = agreed.id;
      const organizationIdentifier = agreed.organization_identifier;
      await database.query('insert into organization (identifier, legal_name, first_seen_at) values ($1, $1, $2)', [
        organizationIdentifier,
        now,
      ]);
      const metadata = { client_name: 'Pousse', contacts: ['victim@elsewhere.example'] };
      await insertClient(
        database,
        {
          ...{ clientId, brand: 'bank', environment: 'sandbox', organizationIdentifier, issuedAt: now, keys: [] },
          metadata: metadata as unknown as RegisteredMetadata,
        },
        'thumbprint',
      );
      await database.query('delete from notice');
      await insertNotice(database, { organizationIdentifier, kind: 'suspended', at: now, detail: {} }, channels);
      const [, website] = await readCertificatesOf(database, agreed.id);
      const at = daysAfter(website?.notAfter ?? now, -2);
      await warnOfTestEnds({ database, channels, pageOf: () => ownerPage(place) }, at);
      return [await channelsOf('suspended'), await channelsOf('sandbox-certificate-ends')];
    };
    await database.query('update sandbox_certificate set not_after = $1', [daysAfter(now, -1)]);
    const alone = await applyForCertificates(
      { ...context, agreement: 'automatic' },
      { ...call(now), body: bodyOf(), source: 'alone' },
    );
    expect(await told(alone)).toEqual([['webhook'], ['webhook']]);
    await database.query('update sandbox_certificate set not_after = $1', [daysAfter(now, -1)]);
    const seen = await apply();
    await decide(seen.id, 'issued');
    const both = ['email', 'webhook'];
    expect(await told(seen)).toEqual([both, both]);
    for (const table of ['notice', 'client', 'organization']) await database.query(`delete from ${table}`);
  });

  it('is forgotten long after the last certificate has ended, with its keys, and not before', async () => {
    for (const table of ['sandbox_warning', 'sandbox_certificate', 'sandbox_key', 'quota', 'sandbox_applicant'])
      await database.query(`delete from ${table}`);
    const [issued, waiting, refused] = [await apply(), await apply(), await apply()];
    await decide(issued.id, 'issued');
    await decide(refused.id, 'refused', 'no');
    const owner = { id: issued.id, authorization: `Bearer ${issued.secret}`, body: Buffer.from('{}') };
    await issueKitAsOwner(context, { ...call(now), ...owner });
    const sweep = async (days: number) => {
      const deleted: Record<string, number> = {};
      await sweepStore({
        ...{ database, retention, now: daysAfter(now, days), evidenceAfter: '', keepOn: async () => true },
        onDeleted: (kind, rows) => {
          deleted[kind] = (deleted[kind] ?? 0) + rows;
        },
      });
      return Object.fromEntries(Object.entries(deleted).filter(([kind]) => kind.startsWith('sandbox')));
    };
    expect(await sweep(1)).toEqual({});
    expect(await sweep(15)).toEqual({ 'sandbox-certificate': 18 });
    await warn(daysAfter(now, 80));
    expect(await sweep(91)).toEqual({ 'sandbox-applicant': 1 });
    expect(await sweep(179)).toEqual({});
    expect(await sweep(182)).toEqual({ 'sandbox-certificate': 2, 'sandbox-applicant': 1 });
    const left = await database.query<{ id: string }>('select id from sandbox_applicant');
    expect(left).toEqual([{ id: waiting.id }]);
    const keys = await database.query<{ applicant_id: string }>('select distinct applicant_id from sandbox_key');
    expect(keys).toEqual([{ applicant_id: waiting.id }]);
  });
});

/** A request over two new keys. */
function bodyOf(): Buffer {
  const application = {
    organization_name: 'Jeune Pousse',
    contact: 'dev@pousse.example',
    roles: ['PSP_AI'],
    website_csr: requestText(newEc()),
    seal_csr: requestText(newRsa()),
  };
  return Buffer.from(JSON.stringify(application));
}
