-- The name under which a client knows a PSU: the subject of its access tokens, the same for each of its grants.
create table psu_pseudonym (
  brand text not null,
  environment text not null,
  client_id text not null references client (client_id),
  psu text not null,
  pseudonym text not null,
  primary key (brand, environment, client_id, psu)
);

-- When the PSU passed the second factor: the life of the grant counts from then.
alter table authorization_request add column authenticated_at timestamptz;
