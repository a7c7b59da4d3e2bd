-- How often strangers, whose certificate no granted service issued, were refused something within a day (UTC). The first of each is an
-- event with its evidence; the others are this number.
create table refusal_count (
  day date not null,
  -- Thumbprint of the certificate presented, or the client named; empty for neither, "*" for those who are not told apart.
  subject text not null,
  reason text not null,
  count bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  -- The event that stands for them; none where the bounds of a day were reached.
  first_event uuid,
  primary key (day, subject, reason)
);
