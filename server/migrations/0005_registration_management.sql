-- Management of registrations (RFC 7592): when one was last written, and why it ended.
alter table client add column updated_at timestamptz;

-- How often an organisation did something within the minute that began at began_at: one row for each of the counted things,
-- so that all nodes count together at a bounded cost.
create table registration_quota (
  organization_identifier text not null,
  brand text not null,
  environment text not null,
  counted text not null check (counted in ('registrations', 'updates', 'wrong-tokens')),
  began_at timestamptz not null,
  count integer not null,
  primary key (organization_identifier, brand, environment, counted)
);
