-- What a form was answered, for as long as it may be sent again: sealed, so that only who sent it can open it.
create table form_answer (
  form text primary key,
  claimed_at timestamptz not null,
  sealed bytea
);
create index form_answer_claimed_at on form_answer (claimed_at);
