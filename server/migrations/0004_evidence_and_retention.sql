-- What decisions were made on, each part once for all of them: certificates, status answers, services of trusted lists,
-- entries of the register. Records of before hold these parts themselves.
create table evidence (
  -- SHA-256 of the bytes, hexadecimal.
  sha256 text primary key,
  bytes bytea not null,
  kept_at timestamptz not null
);

create table decision_evidence (
  decision_id uuid not null references decision (id) on delete cascade,
  sha256 text not null references evidence (sha256),
  primary key (decision_id, sha256)
);
create index decision_evidence_by_part on decision_evidence (sha256);

-- What is past any use is deleted some rows at a time, found by when it ended.
alter table certificate add column not_after timestamptz;
update certificate set not_after = standing.not_after from certificate_standing as standing
where standing.thumbprint = certificate.thumbprint;
create index certificate_by_end on certificate (not_after);
create index decision_by_time on decision (at);
create index decision_by_certificate on decision (thumbprint);
create index audit_event_by_decision on audit_event (decision_id) where decision_id is not null;
create index registration_access_token_by_end on registration_access_token (ended_at) where ended_at is not null;
create index registration_request_by_time on registration_request (received_at);
create index authorization_code_by_end on authorization_code (expires_at);
create index refresh_token_by_end on refresh_token (expires_at);
create index consent_grant_by_end on consent_grant (least(ended_at, expires_at));
create index psu_failure_by_time on psu_failure (last_failure_at);
create index notice_by_end on notice (coalesce(delivered_at, given_up_at, written_at));
