import type { TppRole } from '@postern/core/register/tpp-role.js';
import type { Sql } from './database.js';

/** How an organisation stands in the register of a sandbox. */
export type RegisterState = 'active' | 'suspended' | 'withdrawn';

export type CertificateState = 'good' | 'held' | 'revoked';

/** Who asked for test certificates. */
export interface SandboxApplicant {
  readonly id: string;
  readonly brand: string;
  readonly organizationIdentifier: string;
  readonly organizationName: string;
  readonly contact: string;
  readonly roles: readonly TppRole[];
  readonly secretHash: string;
  readonly state: 'waiting' | 'issued' | 'refused';
  readonly registerState: RegisterState;
  /** Certification requests, base64 DER, while they wait. */
  readonly requests: { readonly website: string; readonly seal: string } | undefined;
  readonly requestedAt: Date;
  readonly decidedAt: Date | undefined;
  readonly decidedBy: string | undefined;
  readonly reason: string | undefined;
}

/** A certificate of a sandbox. */
export interface SandboxCertificate {
  /** Hexadecimal. */
  readonly serialNumber: string;
  readonly applicantId: string;
  readonly brand: string;
  readonly kind: 'qwac' | 'qsealc';
  /** Thumbprint of the issuing CA's certificate. */
  readonly issuer: string;
  readonly thumbprint: string;
  readonly issuedAt: Date;
  readonly notAfter: Date;
  readonly state: CertificateState;
  readonly revokedAt: Date | undefined;
  /** CRLReason by number. */
  readonly reason: number | undefined;
  /** What is wrong with it, where it was issued broken on purpose. */
  readonly defect: string | undefined;
}

/** One with its octets: for its owner, and too long to be kept in memory. */
export interface IssuedCertificate extends SandboxCertificate {
  /** PEM with its issuers. */
  readonly path: string;
}

export async function insertApplicant(sql: Sql, applicant: SandboxApplicant): Promise<void> {
  await sql.query(
    `insert into sandbox_applicant (id, brand, organization_identifier, organization_name, contact, roles, secret_hash,
       state, register_state, requests, requested_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      applicant.id,
      applicant.brand,
      applicant.organizationIdentifier,
      applicant.organizationName,
      applicant.contact,
      JSON.stringify(applicant.roles),
      applicant.secretHash,
      applicant.state,
      applicant.registerState,
      applicant.requests === undefined ? null : JSON.stringify(applicant.requests),
      applicant.requestedAt,
    ],
  );
}

/** One applicant of a brand, locked for what the transaction does with it. */
export async function lockApplicant(sql: Sql, id: string): Promise<SandboxApplicant | undefined> {
  const rows = await sql.query<ApplicantRow>('select * from sandbox_applicant where id = $1 for update', [id]);
  return rows.map(toApplicant)[0];
}

export async function readApplicant(sql: Sql, id: string): Promise<SandboxApplicant | undefined> {
  const rows = await sql.query<ApplicantRow>('select * from sandbox_applicant where id = $1', [id]);
  return rows.map(toApplicant)[0];
}

/** Those that wait, or all; oldest first, at most a thousand. */
export async function listApplicants(
  sql: Sql,
  state?: SandboxApplicant['state'],
): Promise<readonly SandboxApplicant[]> {
  const rows = await sql.query<ApplicantRow>(
    'select * from sandbox_applicant where $1::text is null or state = $1 order by requested_at, id limit 1000',
    [state ?? null],
  );
  return rows.map(toApplicant);
}

export async function countApplicants(sql: Sql, state: SandboxApplicant['state']): Promise<number> {
  const text = 'select count(*) as count from sandbox_applicant where state = $1';
  const [row] = await sql.query<{ count: string | number }>(text, [state]);
  return Number(row?.count ?? 0);
}

/** Writes who decided, once: false when it was decided before. The requests are kept no longer. */
export async function decideApplicant(
  sql: Sql,
  decision: { id: string; state: 'issued' | 'refused'; by: string; reason: string | undefined; at: Date },
): Promise<boolean> {
  const rows = await sql.query(
    `update sandbox_applicant set state = $2, decided_by = $3, reason = $4, decided_at = $5, requests = null
     where id = $1 and state = 'waiting' returning id`,
    [decision.id, decision.state, decision.by, decision.reason ?? null, decision.at],
  );
  return rows.length > 0;
}

export async function updateRegisterState(sql: Sql, id: string, state: RegisterState): Promise<void> {
  await sql.query('update sandbox_applicant set register_state = $2 where id = $1', [id, state]);
}

/** Gives keys to an applicant; answers whether all are its own now. */
export async function claimKeys(
  sql: Sql,
  { id, brand }: Pick<SandboxApplicant, 'id' | 'brand'>,
  keyHashes: readonly string[],
): Promise<boolean> {
  for (const hash of keyHashes) {
    await sql.query(
      'insert into sandbox_key (brand, key_hash, applicant_id) values ($1, $2, $3) on conflict do nothing',
      [brand, hash, id],
    );
  }
  const rows = await sql.query(
    'select 1 as one from sandbox_key where brand = $1 and key_hash = any($2::text[]) and applicant_id <> $3',
    [brand, keyHashes, id],
  );
  return rows.length === 0;
}

export async function insertSandboxCertificate(sql: Sql, certificate: IssuedCertificate): Promise<void> {
  await sql.query(
    `insert into sandbox_certificate (serial_number, applicant_id, brand, kind, issuer, thumbprint, path, issued_at, not_after, state,
       revoked_at, reason, defect)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      certificate.serialNumber,
      certificate.applicantId,
      certificate.brand,
      certificate.kind,
      certificate.issuer,
      certificate.thumbprint,
      certificate.path,
      certificate.issuedAt,
      certificate.notAfter,
      certificate.state,
      certificate.revokedAt ?? null,
      certificate.reason ?? null,
      certificate.defect ?? null,
    ],
  );
}

/** Newest first; those that were issued broken are not among them. */
export async function readCertificatesOf(sql: Sql, applicantId: string): Promise<readonly IssuedCertificate[]> {
  const rows = await sql.query<IssuedRow>(
    `select * from sandbox_certificate where applicant_id = $1 and defect is null
     order by issued_at desc, kind limit 200`,
    [applicantId],
  );
  return rows.map(toIssued);
}

/** What was issued broken the last time. */
export async function readBrokenOf(sql: Sql, applicantId: string): Promise<readonly IssuedCertificate[]> {
  const rows = await sql.query<IssuedRow>(
    `select * from sandbox_certificate where applicant_id = $1 and defect is not null and issued_at =
       (select max(issued_at) from sandbox_certificate where applicant_id = $1 and defect is not null)
     order by defect limit 200`,
    [applicantId],
  );
  return rows.map(toIssued);
}

/** Changes the status of an applicant's certificate; false when it has none such, or not in one of the states `from`. */
export async function updateCertificateState(
  sql: Sql,
  change: {
    applicantId: string;
    serialNumber: string;
    from: readonly CertificateState[];
    to: CertificateState;
    at: Date;
    reason: number;
  },
): Promise<boolean> {
  const good = change.to === 'good';
  const rows = await sql.query(
    `update sandbox_certificate set state = $4, revoked_at = $5, reason = $6
     where applicant_id = $1 and serial_number = $2 and state = any($3::text[]) and defect is null
     returning serial_number`,
    [
      change.applicantId,
      change.serialNumber,
      change.from,
      change.to,
      good ? null : change.at,
      good ? null : change.reason,
    ],
  );
  return rows.length > 0;
}

/** Tells all nodes that something has changed; with the transaction of the change. */
export async function raiseSandboxVersion(sql: Sql): Promise<void> {
  await sql.query(`update sandbox_version set version = version + 1 where name = 'all'`);
}

export async function readSandboxVersion(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ version: string | number }>(`select version from sandbox_version where name = 'all'`);
  return Number(row?.version ?? 0);
}

/** Every organisation that was agreed to. */
export async function readStandingApplicants(sql: Sql): Promise<readonly SandboxApplicant[]> {
  const rows = await sql.query<ApplicantRow>(`select * from sandbox_applicant where state = 'issued'`);
  return rows.map(toApplicant);
}

export async function readStandingCertificates(sql: Sql): Promise<readonly SandboxCertificate[]> {
  const rows = await sql.query<CertificateRow>(
    `select serial_number, applicant_id, brand, kind, issuer, thumbprint, issued_at, not_after, state, revoked_at, reason, defect
     from sandbox_certificate`,
  );
  return rows.map(toCertificate);
}

interface ApplicantRow {
  readonly id: string;
  readonly brand: string;
  readonly organization_identifier: string;
  readonly organization_name: string;
  readonly contact: string;
  readonly roles: readonly TppRole[];
  readonly secret_hash: string;
  readonly state: SandboxApplicant['state'];
  readonly register_state: RegisterState;
  readonly requests: { readonly website: string; readonly seal: string } | null;
  readonly requested_at: Date;
  readonly decided_at: Date | null;
  readonly decided_by: string | null;
  readonly reason: string | null;
}

function toApplicant(row: ApplicantRow): SandboxApplicant {
  return {
    id: row.id,
    brand: row.brand,
    organizationIdentifier: row.organization_identifier,
    organizationName: row.organization_name,
    contact: row.contact,
    roles: row.roles,
    secretHash: row.secret_hash,
    state: row.state,
    registerState: row.register_state,
    requests: row.requests ?? undefined,
    requestedAt: row.requested_at,
    decidedAt: row.decided_at ?? undefined,
    decidedBy: row.decided_by ?? undefined,
    reason: row.reason ?? undefined,
  };
}

interface CertificateRow {
  readonly serial_number: string;
  readonly applicant_id: string;
  readonly brand: string;
  readonly kind: 'qwac' | 'qsealc';
  readonly issuer: string;
  readonly thumbprint: string;
  readonly issued_at: Date;
  readonly not_after: Date;
  readonly state: CertificateState;
  readonly revoked_at: Date | null;
  readonly reason: number | null;
  readonly defect: string | null;
}

interface IssuedRow extends CertificateRow {
  readonly path: string;
}

function toIssued(row: IssuedRow): IssuedCertificate {
  return { ...toCertificate(row), path: row.path };
}

function toCertificate(row: CertificateRow): SandboxCertificate {
  return {
    serialNumber: row.serial_number,
    applicantId: row.applicant_id,
    brand: row.brand,
    kind: row.kind,
    issuer: row.issuer,
    thumbprint: row.thumbprint,
    issuedAt: row.issued_at,
    notAfter: row.not_after,
    state: row.state,
    revokedAt: row.revoked_at ?? undefined,
    reason: row.reason ?? undefined,
    defect: row.defect ?? undefined,
  };
}
