-- People of the bank at the console. A session is known by the hash of a secret that one browser has, so that every node agrees.
create table operator_session (
  id uuid primary key,
  secret_hash text not null unique,
  -- Who it is: the subject that the identity provider names, never given to somebody else.
  subject text not null,
  -- How that person is called.
  name text not null,
  roles jsonb not null,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index operator_session_by_expiry on operator_session (expires_at);

-- Links into the console of a demonstration, printed where it runs; each is good once.
create table operator_link (
  secret_hash text primary key,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index operator_link_by_expiry on operator_link (expires_at);

-- Who has agreed to a request for test certificates that needs more than one.
create table sandbox_approval (
  applicant_id uuid not null references sandbox_applicant (id) on delete cascade,
  subject text not null,
  name text not null,
  reason text,
  approved_at timestamptz not null,
  primary key (applicant_id, subject)
);

-- What people decided, for who looks back: events of these kinds are few among very many.
create index audit_event_of_operators on audit_event (at, id)
  where kind in ('sandbox-approved', 'sandbox-decided', 'name-released', 'name-refused');
