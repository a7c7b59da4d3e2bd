-- The other certificates that came with it, base64 DER: with them it can be judged again when nobody presents it.
alter table certificate add column path jsonb;

-- How an organisation stands in the register. No row: as on the day it registered. Suspending writes one row and no other, so
-- that clients, grants and tokens of thousands of users end together, and come back together as they were.
create table organization_standing (
  organization_identifier text primary key references organization (identifier),
  state text not null check (state in ('active', 'suspended')),
  since timestamptz not null,
  -- Code of the refusal that a suspension leads to, and the rule's finding.
  code text,
  reason text,
  decision_id uuid not null,
  -- The register that was judged by: evidence that is older changes nothing here.
  register_published_at timestamptz not null
);

-- When the newest register was published that any node has imported: a node whose own is older excludes nobody by it.
create table newest_register (
  name text primary key,
  published_at timestamptz not null
);

-- How a certificate stands by everything but the register. No row: as on the day it was first seen.
create table certificate_standing (
  thumbprint text primary key references certificate (thumbprint),
  state text not null check (state in ('good', 'ended')),
  since timestamptz not null,
  -- Until when it is good unless a newer judgement says so: what nobody can find out any more is not good.
  good_until timestamptz not null,
  code text,
  reason text,
  decision_id uuid not null,
  -- The newest status answer and trusted list that were judged by: evidence that is older changes nothing here.
  status_received_at timestamptz not null,
  lists_issued_at timestamptz not null,
  not_after timestamptz not null,
  -- A revocation that is no hold.
  final boolean not null
);
create index certificate_standing_by_end on certificate_standing (state, not_after);

-- Seals are looked up by the certificate alone.
create index client_key_by_kid on client_key (kid);

-- Which of the warnings before its end a certificate has had.
create table certificate_warning (
  thumbprint text not null references certificate (thumbprint),
  days integer not null,
  warned_at timestamptz not null,
  primary key (thumbprint, days)
);

-- Who does what one node alone should do, and until when it may think so.
create table lease (
  name text primary key,
  holder uuid not null,
  until timestamptz not null
);

-- The outbox: what third parties are to be told, written by the transaction of what it tells.
create table notice (
  id uuid primary key,
  client_id text not null references client (client_id),
  kind text not null,
  channel text not null,
  content jsonb not null,
  written_at timestamptz not null,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null,
  delivered_at timestamptz,
  given_up_at timestamptz,
  last_failure text
);
create index notice_waiting on notice (client_id, channel, id) where delivered_at is null and given_up_at is null;
