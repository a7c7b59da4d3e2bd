import type { RefusalCode } from '@postern/core/refusal/refusal-catalog.js';
import type { Sql } from '../store/database.js';
import { renderJsonb } from '../store/render-jsonb.js';
import { createUuid } from '../store/uuid.js';

/** One thing that was done or refused. Never holds a token, a code, a password or an account number. */
export interface AuditEvent {
  readonly at: Date;
  readonly kind: AuditKind;
  readonly outcome: 'done' | 'refused';
  readonly code?: RefusalCode | undefined;
  readonly brand?: string | undefined;
  readonly environment?: string | undefined;
  readonly organizationIdentifier?: string | undefined;
  readonly clientId?: string | undefined;
  readonly thumbprint?: string | undefined;
  readonly decisionId?: string | undefined;
  readonly correlationId: string;
  readonly detail?: Readonly<Record<string, string | number | boolean | readonly string[]>> | undefined;
}

export type AuditKind =
  | 'certificate-checked'
  | 'client-registered'
  | 'registration-repeated'
  | 'registration-read'
  | 'registration-updated'
  | 'registration-ended'
  | 'client-suspended'
  | 'client-restored'
  | 'registration-token-issued'
  | 'registration-token-misused'
  | 'registration-token-exposed'
  | 'foreign-seal'
  | 'key-exposed'
  | 'authorization-started'
  | 'psu-signed-in'
  | 'psu-sign-in-failed'
  | 'psu-authenticated'
  | 'psu-second-factor-failed'
  | 'consent-given'
  | 'consent-refused'
  | 'authorization-ended'
  | 'token-issued'
  | 'token-refreshed'
  | 'grant-ended'
  | 'organization-suspended'
  | 'organization-restored'
  | 'certificate-ended'
  | 'certificate-restored'
  | 'certificate-end-warned'
  | 'certificate-first-used'
  | 'name-held'
  | 'name-released'
  | 'name-refused'
  | 'logo-taken'
  | 'logo-refused'
  | 'sandbox-requested'
  | 'sandbox-decided'
  | 'sandbox-certificate-issued'
  | 'sandbox-kit-issued'
  | 'sandbox-end-warned'
  | 'sandbox-certificate-changed'
  | 'sandbox-register-changed'
  | 'feedback-received'
  | 'feedback-closed'
  | 'journey-removed'
  | 'sandbox-approved'
  | 'operator-signed-in'
  | 'operator-refused'
  | 'operator-signed-out'
  | 'operator-roles-changed'
  | 'operator-session-ended'
  | 'status-grace-used'
  | 'audit-expired'
  | 'api-called'
  | 'request-refused';

const insertEvents = `
  insert into audit_event (id, at, kind, outcome, code, brand, environment, organization_identifier, client_id, thumbprint,
    decision_id, correlation_id, detail)
  select id, at, kind, outcome, code, brand, environment, organization_identifier, client_id, thumbprint,
    decision_id, correlation_id, detail
  from json_to_recordset($1::json) as event (id uuid, at timestamptz, kind text, outcome text, code text, brand text,
    environment text, organization_identifier text, client_id text, thumbprint text, decision_id uuid, correlation_id text,
    detail jsonb)`;

/**
 * Writes events; called with the transaction of what they record, so that neither stands without the other.
 * One parameter for all of them: thousands of parameters would cost a call more than everything else in it.
 */
export async function insertAuditEvents(sql: Sql, events: readonly AuditEvent[]): Promise<void> {
  await insertAuditRows(
    sql,
    events.map((event) => renderAuditRow(event).row),
  );
}

/** Writes events that were rendered when they happened. */
export async function insertAuditRows(sql: Sql, rows: readonly string[]): Promise<void> {
  if (rows.length > 0) await sql.query(insertEvents, [`[${rows.join(',')}]`]);
}

/** An event as the text of its row, which is less to keep than the objects that it was made of, and the id of it. */
export function renderAuditRow(event: AuditEvent): { readonly id: string; readonly row: string } {
  const id = createUuid(event.at);
  return { id, row: renderJsonb(toRow(id, event)) };
}

let lastTime = Number.NaN;
let lastText = '';

/** Events of the same millisecond carry the same text. */
function renderTime(at: Date): string {
  const time = at.getTime();
  if (time !== lastTime) {
    lastText = at.toISOString();
    lastTime = time;
  }
  return lastText;
}

function toRow(id: string, event: AuditEvent): object {
  return {
    id,
    at: renderTime(event.at),
    kind: event.kind,
    outcome: event.outcome,
    code: event.code,
    brand: event.brand,
    environment: event.environment,
    organization_identifier: event.organizationIdentifier,
    client_id: event.clientId,
    thumbprint: event.thumbprint,
    decision_id: event.decisionId,
    correlation_id: event.correlationId,
    detail: event.detail ?? {},
  };
}
