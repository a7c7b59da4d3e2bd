-- What is wrong with a certificate that was issued broken on purpose; no such certificate is ever good for its owner.
-- One that begins in the future is revoked from its beginning on: revoked_at may lie ahead.
alter table sandbox_certificate add column defect text;
create index sandbox_certificate_broken on sandbox_certificate (applicant_id, issued_at) where defect is not null;
