-- Third parties without a licence that asked for test certificates of a brand's sandbox, and how each stands in its register.
create table sandbox_applicant (
  id uuid primary key,
  brand text not null,
  organization_identifier text not null unique,
  organization_name text not null,
  contact text not null,
  roles jsonb not null,
  secret_hash text not null,
  state text not null check (state in ('waiting', 'issued', 'refused')),
  register_state text not null check (register_state in ('active', 'suspended', 'withdrawn')),
  -- The certification requests, base64 DER, until they are decided on.
  requests jsonb,
  requested_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  reason text
);
create index sandbox_applicant_by_state on sandbox_applicant (state, requested_at);

-- A key belongs to whom it was certified for first.
create table sandbox_key (
  brand text not null,
  key_hash text not null,
  applicant_id uuid not null references sandbox_applicant (id),
  primary key (brand, key_hash)
);

-- What the authorities of the sandboxes have issued. Serial numbers are random over all of them.
create table sandbox_certificate (
  serial_number text primary key,
  applicant_id uuid not null references sandbox_applicant (id),
  brand text not null,
  kind text not null check (kind in ('qwac', 'qsealc')),
  -- Thumbprint of the certificate of the issuing CA.
  issuer text not null,
  thumbprint text not null unique,
  -- PEM, with the issuers.
  path text not null,
  issued_at timestamptz not null,
  not_after timestamptz not null,
  state text not null check (state in ('good', 'held', 'revoked')),
  revoked_at timestamptz,
  -- CRLReason (RFC 5280 section 5.3.1).
  reason integer
);
create index sandbox_certificate_by_applicant on sandbox_certificate (applicant_id);

-- Who asked within the last day.
create table sandbox_attempt (
  brand text not null,
  source text not null,
  at timestamptz not null
);
create index sandbox_attempt_by_source on sandbox_attempt (brand, source, at);

-- Goes up with every change of the tables above that a judgement depends on, so that all nodes see it.
create table sandbox_version (
  name text primary key,
  version bigint not null
);
insert into sandbox_version (name, version) values ('all', 0);
