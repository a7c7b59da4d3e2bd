-- A registration that the bank itself has suspended: since when, and why, in words for the third party. Who did it stands in the audit.
alter table client add column suspended_at timestamptz;
alter table client add column suspension_reason text;
alter table client add check ((suspended_at is null) = (suspension_reason is null));
create index client_suspended on client (organization_identifier, environment) where suspended_at is not null and ended_at is null;
