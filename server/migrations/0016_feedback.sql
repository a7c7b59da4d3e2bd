-- What visitors of the portal wrote to the bank.
create table feedback (
  id uuid primary key,
  brand text not null,
  lang text not null,
  kind text not null check (kind in ('question', 'fault', 'documentation', 'idea')),
  -- The page of the portal that it is about, as its address ends.
  page text,
  message text not null,
  email text,
  received_at timestamptz not null,
  closed_at timestamptz,
  closed_by text
);
create index feedback_by_time on feedback (received_at);
create index feedback_open on feedback (received_at) where closed_at is null;

-- How much came in on a day: of one source, and as "*" of all.
create table feedback_quota (
  brand text not null,
  source text not null,
  day date not null,
  count integer not null,
  primary key (brand, source, day)
);
