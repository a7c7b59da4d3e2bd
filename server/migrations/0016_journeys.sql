-- Journeys of the portal's explorer that are under way, by the name of the third party that was made for each.
create table journey (
  name text primary key,
  brand text not null,
  began_at timestamptz not null
);
