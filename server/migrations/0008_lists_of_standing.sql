-- The sequence numbers of the trusted lists that a certificate was judged by, by territory: one list that is older changes nothing,
-- however new the others are.
alter table certificate_standing add column list_sequences jsonb not null default '{}';
