import type { Sql } from './database.js';
import { createUuid } from './uuid.js';

/** What a third party is told. */
export type NoticeKind =
  | 'suspended'
  | 'restored'
  | 'certificate-ends'
  | 'certificate-ended'
  | 'certificate-restored'
  | 'certificate-first-used'
  | 'key-exposed'
  | 'token-exposed'
  | 'name-held'
  | 'name-released'
  | 'name-refused'
  | 'logo-refused'
  | 'client-suspended'
  | 'client-restored'
  | ApplicantNoticeKind;

/** What who asked for test certificates is told. */
export type ApplicantNoticeKind = 'sandbox-agreed' | 'sandbox-refused' | 'sandbox-certificate-ends';

export const noticeChannels = ['webhook', 'email'] as const;

export type NoticeChannel = (typeof noticeChannels)[number];

/** One notice in the outbox, for one client or one applicant for test certificates, over one channel. */
export interface Notice {
  readonly id: string;
  readonly clientId: string | undefined;
  readonly applicantId?: string | undefined;
  readonly kind: NoticeKind;
  readonly channel: NoticeChannel;
  readonly content: NoticeContent;
  readonly writtenAt: Date;
  readonly attempts: number;
}

export interface NoticeContent {
  readonly organizationIdentifier: string;
  readonly brand: string;
  readonly environment: string;
  /** Of an applicant: the name of the organisation. */
  readonly clientName: string;
  /** E-mail addresses as registered. */
  readonly contacts: readonly string[];
  /** What happened, in names and values that do not change with the language. */
  readonly detail: Readonly<Record<string, string | number>>;
}

/** What is to be told to one client, or to those of an organisation: all that live, or those that registered a seal. */
export type NewNotice = (
  | { readonly clientId: string }
  | {
      readonly clientId?: undefined;
      readonly organizationIdentifier: string;
      /** Only clients whose key set holds this certificate. */
      readonly seal?: string;
    }
) & {
  readonly kind: NoticeKind;
  readonly at: Date;
  readonly detail: Readonly<Record<string, string | number>>;
};

/**
 * Whether an organisation was made by a sandbox without anybody of the bank: it can have addresses of others written to, and have itself
 * suspended and restored at will.
 */
export function isUnseen(organizationIdentifier: string): string {
  return `exists (select 1 from sandbox_applicant as asked where asked.organization_identifier = ${organizationIdentifier}
    and not exists (select 1 from sandbox_approval where sandbox_approval.applicant_id = asked.id))`;
}

/** Puts a notice in the outbox, in the caller's transaction; an e-mail only for clients that gave contacts and that somebody has looked at. */
export async function insertNotice(sql: Sql, notice: NewNotice, channels: readonly NoticeChannel[]): Promise<void> {
  if (channels.length === 0) return;
  const clients = await sql.query<ClientRow>(
    `select client_id, brand, environment, organization_identifier, metadata->>'client_name' as client_name,
       coalesce(metadata->'contacts', '[]'::jsonb) as contacts, ${isUnseen('client.organization_identifier')} as unseen
     from client where (organization_identifier = $1 or client_id = $3) and ended_at is null
       and ($2::text is null or exists
         (select 1 from client_key where client_key.client_id = client.client_id and kid = $2))
     order by client_id`,
    notice.clientId === undefined
      ? [notice.organizationIdentifier, notice.seal ?? null, null]
      : [null, null, notice.clientId],
  );
  const rows = clients.flatMap((client) =>
    channels
      .filter((channel) => channel !== 'email' || (client.contacts.length > 0 && !client.unseen))
      .map((channel) => ({
        id: createUuid(notice.at),
        client_id: client.client_id,
        kind: notice.kind,
        channel,
        written_at: notice.at,
        content: {
          organizationIdentifier: client.organization_identifier,
          brand: client.brand,
          environment: client.environment,
          clientName: client.client_name,
          contacts: client.contacts,
          detail: notice.detail,
        } satisfies NoticeContent,
      })),
  );
  await insertRows(sql, rows);
}

/** What is to be told to one applicant for test certificates. */
export interface NewApplicantNotice {
  readonly applicantId: string;
  readonly kind: ApplicantNoticeKind;
  readonly at: Date;
  readonly content: NoticeContent;
}

/** Puts a notice to an applicant in the outbox, in the caller's transaction. */
export async function insertApplicantNotice(
  sql: Sql,
  { applicantId, kind, at, content }: NewApplicantNotice,
  channels: readonly NoticeChannel[],
): Promise<void> {
  const notice = { applicant_id: applicantId, kind, written_at: at, content };
  await insertRows(
    sql,
    channels.map((channel) => ({ ...notice, id: createUuid(at), channel })),
  );
}

async function insertRows(sql: Sql, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return;
  await sql.query(
    `insert into notice (id, client_id, applicant_id, kind, channel, content, written_at, next_attempt_at)
     select id, client_id, applicant_id, kind, channel, content, written_at, written_at
     from json_to_recordset($1::json) as notice (id uuid, client_id text, applicant_id uuid, kind text, channel text,
       content jsonb, written_at timestamptz)`,
    [JSON.stringify(rows)],
  );
}

/** The oldest waiting notice of each recipient and channel, if it is due: those after it wait for it. */
export async function readDueNotices(sql: Sql, now: Date, most: number): Promise<readonly Notice[]> {
  const rows = await sql.query<NoticeRow>(
    `select * from (select distinct on (coalesce(client_id, applicant_id::text), channel) id, client_id, applicant_id, kind, channel,
       content, written_at, attempts, next_attempt_at from notice where delivered_at is null and given_up_at is null
       order by coalesce(client_id, applicant_id::text), channel, id) as first_waiting
     where next_attempt_at <= $1 order by next_attempt_at limit $2`,
    [now, most],
  );
  return rows.map((row) => ({
    id: row.id,
    clientId: row.client_id ?? undefined,
    applicantId: row.applicant_id ?? undefined,
    kind: row.kind,
    channel: row.channel,
    content: row.content,
    writtenAt: row.written_at,
    attempts: row.attempts,
  }));
}

/** What came of an attempt. `nextAt` undefined with a failure: given up. */
export type Delivery =
  | { readonly at: Date; readonly failure?: undefined }
  | { readonly at: Date; readonly failure: string; readonly nextAt: Date | undefined };

/** Writes what came of an attempt to deliver. */
export async function writeDelivery(sql: Sql, id: string, delivery: Delivery): Promise<void> {
  if (delivery.failure === undefined) {
    await sql.query(
      'update notice set delivered_at = $2, attempts = attempts + 1, last_failure = null where id = $1 and delivered_at is null',
      [id, delivery.at],
    );
    return;
  }
  const { at, failure, nextAt } = delivery;
  await sql.query(
    `update notice set attempts = attempts + 1, last_failure = $2, next_attempt_at = coalesce($3, next_attempt_at),
       given_up_at = case when $3::timestamptz is null then $4::timestamptz end where id = $1 and delivered_at is null`,
    [id, failure.slice(0, 500), nextAt ?? null, at],
  );
}

interface ClientRow {
  readonly client_id: string;
  readonly organization_identifier: string;
  readonly brand: string;
  readonly environment: string;
  readonly client_name: string;
  readonly contacts: readonly string[];
  readonly unseen: boolean;
}

interface NoticeRow {
  readonly id: string;
  readonly client_id: string | null;
  readonly applicant_id: string | null;
  readonly kind: NoticeKind;
  readonly channel: NoticeChannel;
  readonly content: NoticeContent;
  readonly written_at: Date;
  readonly attempts: number;
  readonly next_attempt_at: Date;
}
