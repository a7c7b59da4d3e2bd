-- A session at the console is of one browser, and what its person may do is asked again at the identity provider.
-- Sessions from before hold nothing to ask with: they end.
delete from operator_session;
alter table operator_session
  -- Who let this person in: the identity provider, or the console itself by a link.
  add column issuer text not null,
  -- Keyed by the secret of the session: the address and the browser that it was opened from, told by nobody else.
  add column bound_to text not null,
  add column rights_asked_at timestamptz not null,
  -- Tokens of the identity provider, encrypted under the secret of the session; none of one that was opened by a link.
  add column tokens_sealed text;
