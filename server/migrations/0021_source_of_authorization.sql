-- Where an authorization was started from, as the quotas count it: an IPv4 address or an IPv6 network of 64 bits. Of too many that nobody has
-- signed in to, those go first that come from where most come from.
alter table authorization_request add column source text not null default '';
