-- A name that the client itself gave to the key, where the brand keeps them beside the bank's.
alter table client_key add column alias text;
alter table client_key add unique (client_id, alias);
