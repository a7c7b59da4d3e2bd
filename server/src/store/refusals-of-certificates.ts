import type { Finding } from '@postern/core/qualification/finding.js';
import type { RefusalCode } from '@postern/core/refusal/refusal-catalog.js';
import type { Sql } from './database.js';

/** Something that was refused to who came with a certificate. */
export interface CertificateRefusal {
  readonly at: Date;
  readonly code: RefusalCode;
  readonly brand: string | undefined;
  readonly environment: string | undefined;
  readonly method: string | undefined;
  /** The pattern of the address, never the path. */
  readonly route: string | undefined;
  readonly thumbprint: string;
  readonly correlationId: string;
  readonly decisionId: string | undefined;
}

const mostOfEach = 100;

/** The newest refusals of certificates, newest first: of each at most a hundred, however many there are. */
export async function readRefusalsOfCertificates(
  sql: Sql,
  thumbprints: readonly string[],
): Promise<readonly CertificateRefusal[]> {
  const rows = await sql.query<RefusalRow>(
    `select refused.* from unnest($1::text[]) as known (thumbprint)
     cross join lateral (
       select at, code, brand, environment, detail->>'method' as method, detail->>'route' as route, thumbprint,
         correlation_id, decision_id
       from audit_event where audit_event.thumbprint = known.thumbprint and outcome = 'refused' and code is not null
       order by at desc limit ${mostOfEach}) as refused
     order by refused.at desc, refused.correlation_id`,
    [thumbprints],
  );
  return rows.map((row) => ({
    at: row.at,
    code: row.code,
    brand: row.brand ?? undefined,
    environment: row.environment ?? undefined,
    method: row.method ?? undefined,
    route: row.route ?? undefined,
    thumbprint: row.thumbprint,
    correlationId: row.correlation_id,
    decisionId: row.decision_id ?? undefined,
  }));
}

/** What the rules found in decisions, by the id of the decision, without what is as it should be. */
export async function readFailedFindings(
  sql: Sql,
  decisionIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Finding[]>> {
  const rows = await sql.query<{ id: string; findings: readonly Finding[] | null }>(
    `select id, record->'findings' as findings from decision where id = any($1::uuid[])`,
    [decisionIds],
  );
  return new Map(
    rows.map(({ id, findings }) => [
      id,
      (findings ?? []).filter(({ outcome }) => outcome === 'fail' || outcome === 'indeterminate'),
    ]),
  );
}

interface RefusalRow {
  readonly at: Date;
  readonly code: RefusalCode;
  readonly brand: string | null;
  readonly environment: string | null;
  readonly method: string | null;
  readonly route: string | null;
  readonly thumbprint: string;
  readonly correlation_id: string;
  readonly decision_id: string | null;
}
