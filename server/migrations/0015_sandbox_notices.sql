-- Who asked for test certificates is told as well: a notice is for a client or for an applicant.
alter table notice alter column client_id drop not null;
alter table notice add column applicant_id uuid;
alter table notice add constraint notice_for_one check ((client_id is null) <> (applicant_id is null));
drop index notice_waiting;
create index notice_waiting on notice (coalesce(client_id, applicant_id::text), channel, id)
  where delivered_at is null and given_up_at is null;


-- Which of the warnings before its end a test certificate has had.
create table sandbox_warning (
  serial_number text not null references sandbox_certificate (serial_number),
  days integer not null,
  warned_at timestamptz not null,
  primary key (serial_number, days)
);
create index sandbox_certificate_by_end on sandbox_certificate (not_after);
create index sandbox_applicant_by_time on sandbox_applicant (requested_at);
create index sandbox_key_by_applicant on sandbox_key (applicant_id);
create index sandbox_attempt_by_time on sandbox_attempt (at);
