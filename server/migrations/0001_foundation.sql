-- Who third parties are: an organisation is the identity, its certificates are replaceable credentials.
create table organization (
  identifier text primary key,
  legal_name text not null,
  first_seen_at timestamptz not null
);

create table certificate (
  thumbprint text primary key,
  der bytea not null,
  organization_identifier text references organization (identifier),
  first_seen_at timestamptz not null
);

-- Every qualification that was acted upon, with all it was decided on, so that it can be replayed.
create table decision (
  id uuid primary key,
  at timestamptz not null,
  thumbprint text not null,
  intended_use text not null,
  outcome text not null,
  code text,
  organization_identifier text,
  record jsonb not null
);
create index decision_by_organization on decision (organization_identifier, at);

create table audit_event (
  id uuid primary key,
  at timestamptz not null,
  kind text not null,
  outcome text not null check (outcome in ('done', 'refused')),
  code text,
  brand text,
  environment text,
  organization_identifier text,
  client_id text,
  thumbprint text,
  decision_id uuid,
  correlation_id text not null,
  detail jsonb not null
);
create index audit_event_by_time on audit_event (at);
create index audit_event_by_organization on audit_event (organization_identifier, at);
create index audit_event_by_correlation on audit_event (correlation_id);

-- Registered clients (RFC 7591) of an organisation, in one environment of one brand.
create table client (
  client_id text primary key,
  brand text not null,
  environment text not null check (environment in ('production', 'sandbox')),
  organization_identifier text not null references organization (identifier),
  -- The metadata as registered and answered, without jwks: the keys are rows of client_key.
  metadata jsonb not null,
  registered_with text not null,
  issued_at timestamptz not null,
  ended_at timestamptz
);
create index client_by_organization on client (organization_identifier, brand, environment);

create table client_key (
  client_id text not null references client (client_id),
  -- The certificate's x5t#S256.
  kid text not null,
  x5u text,
  -- The full certification path, base64 DER as in x5c, end entity first.
  x5c jsonb not null,
  position integer not null,
  primary key (client_id, kid),
  unique (client_id, x5u)
);

-- Only the SHA-256 of a registration access token is kept. Several may live, so that a lost answer never locks out.
create table registration_access_token (
  token_hash text primary key,
  client_id text not null references client (client_id),
  issued_at timestamptz not null,
  ended_at timestamptz
);
create index registration_access_token_by_client on registration_access_token (client_id);

-- The answer to a repeated registration: by Idempotency-Key, or by the bytes of the body.
create table registration_request (
  organization_identifier text not null,
  brand text not null,
  environment text not null,
  request_key text not null,
  body_hash text not null,
  client_id text not null references client (client_id),
  received_at timestamptz not null,
  primary key (organization_identifier, brand, environment, request_key)
);

-- An authorization request under way in a browser.
create table authorization_request (
  id uuid primary key,
  client_id text not null references client (client_id),
  brand text not null,
  environment text not null,
  redirect_uri text not null,
  scope text not null,
  state text,
  code_challenge text not null,
  -- SHA-256 of the secret in the browser's cookie that the request is bound to.
  browser_hash text not null,
  stage text not null check (stage in ('sign-in', 'second-factor', 'consent', 'finished')),
  psu text,
  failures integer not null default 0,
  code_hash text,
  code_expires_at timestamptz,
  created_at timestamptz not null,
  touched_at timestamptz not null,
  expires_at timestamptz not null
);
create index authorization_request_by_expiry on authorization_request (expires_at);

-- What a PSU agreed to.
create table consent_grant (
  id uuid primary key,
  client_id text not null references client (client_id),
  brand text not null,
  environment text not null,
  psu text not null,
  scope text not null,
  -- The resourceIds the PSU chose.
  accounts jsonb not null,
  authenticated_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  end_reason text
);
create index consent_grant_by_client on consent_grant (client_id);
create index consent_grant_by_psu on consent_grant (psu, brand, environment);

create table authorization_code (
  code_hash text primary key,
  grant_id uuid not null references consent_grant (id),
  client_id text not null references client (client_id),
  redirect_uri text not null,
  code_challenge text not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table refresh_token (
  token_hash text primary key,
  grant_id uuid not null references consent_grant (id),
  client_id text not null references client (client_id),
  issued_at timestamptz not null,
  -- Set when a successor was first used or issued; the predecessor lives on for a short time, for answers that got lost.
  rotated_at timestamptz,
  expires_at timestamptz not null
);
create index refresh_token_by_grant on refresh_token (grant_id);

-- Failed sign-ins and second factors per PSU, across browsers (RTS article 4(3)(b)).
create table psu_failure (
  brand text not null,
  environment text not null,
  psu text not null,
  failures integer not null,
  blocked_until timestamptz,
  last_failure_at timestamptz not null,
  primary key (brand, environment, psu)
);

-- The simulated bank's text messages to its simulated customers' phones.
create table simulated_message (
  id uuid primary key,
  brand text not null,
  environment text not null,
  psu text not null,
  sent_at timestamptz not null,
  text text not null
);
create index simulated_message_by_psu on simulated_message (brand, environment, psu, sent_at);
