-- How a client may be shown to payment service users: what is thought of its names. A held name is not shown until an operator
-- has looked at it; a change of names is a new review under a new id, so that nobody releases what they have not seen.
create table name_review (
  client_id text primary key references client (client_id),
  review_id uuid not null unique,
  -- Every name: by language, "" for the one without.
  names jsonb not null,
  -- What they look like.
  skeletons jsonb not null,
  state text not null check (state in ('clear', 'held', 'released', 'refused')),
  doubts jsonb not null,
  judged_at timestamptz not null,
  decided_at timestamptz
);
create index name_review_held on name_review (judged_at) where state = 'held';

-- Which organisation came first with a name that looks like this. Its legal name goes before what others call their applications.
create table name_claim (
  skeleton text primary key,
  organization_identifier text not null references organization (identifier),
  kind text not null check (kind in ('legal', 'client')),
  name text not null,
  claimed_at timestamptz not null
);
create index name_claim_by_organization on name_claim (organization_identifier);
