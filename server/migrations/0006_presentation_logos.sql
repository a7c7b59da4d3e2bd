-- Logos as we drew them anew, by what they are: the only ones that pages show.
create table logo_image (
  sha256 text primary key,
  png bytea not null,
  made_at timestamptz not null
);

-- What a client registered as a logo, inline or by address, and what came of it.
create table client_logo (
  client_id text not null references client (client_id),
  source_hash text not null,
  source text not null,
  state text not null check (state in ('waiting', 'ready', 'refused')),
  image text references logo_image (sha256),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null,
  failure text,
  primary key (client_id, source_hash)
);
create index client_logo_waiting on client_logo (next_attempt_at) where state = 'waiting';
