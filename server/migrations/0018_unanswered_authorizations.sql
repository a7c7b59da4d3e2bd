-- Authorizations that nobody has signed in to: anybody can start one, so they are kept few and for a short time.
create index authorization_request_unanswered on authorization_request (created_at) where psu is null;
create index authorization_request_unanswered_of_client on authorization_request (client_id, created_at) where psu is null;
create index authorization_request_unanswered_by_expiry on authorization_request (expires_at) where psu is null;
