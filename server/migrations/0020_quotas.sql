-- How much is left of what may be done how often. The tables that counted before are not read any more: counts of a day at most are forgotten.
create table quota (
  name text not null,
  key text not null,
  -- From then on the row says nothing.
  whole_at timestamptz not null,
  primary key (name, key)
);
create index quota_by_time on quota (whole_at);
drop table registration_quota;
drop table sandbox_attempt;
drop table feedback_quota;
drop table psu_failure;
