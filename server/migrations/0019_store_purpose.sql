-- Whether the store is a demonstration's: what invented customers agreed to there is never to meet a real bank's customers.
create table store_purpose (
  single boolean primary key default true check (single),
  demo boolean not null
);
