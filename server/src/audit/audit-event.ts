import type { RefusalCode } from '@postern/core/refusal/refusal-catalog.js';
import type { Sql } from '../store/database.js';
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
  | 'api-called'
  | 'request-refused';

/** Writes events; called with the transaction of what they record, so that neither stands without the other. */
export async function insertAuditEvents(sql: Sql, events: readonly AuditEvent[]): Promise<void> {
  if (events.length === 0) return;
  const values: unknown[] = [];
  const rows = events.map((event) => {
    const row = columns(event);
    const places = row.map((value) => `$${values.push(value)}`);
    return `(${places.join(', ')})`;
  });
  await sql.query(
    `insert into audit_event (id, at, kind, outcome, code, brand, environment, organization_identifier, client_id,
       thumbprint, decision_id, correlation_id, detail) values ${rows.join(', ')}`,
    values,
  );
}

function columns(event: AuditEvent): readonly unknown[] {
  return [
    createUuid(event.at),
    event.at,
    event.kind,
    event.outcome,
    event.code ?? null,
    event.brand ?? null,
    event.environment ?? null,
    event.organizationIdentifier ?? null,
    event.clientId ?? null,
    event.thumbprint ?? null,
    event.decisionId ?? null,
    event.correlationId,
    JSON.stringify(event.detail ?? {}),
  ];
}
