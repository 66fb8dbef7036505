-- collate "C": names sort and range by their bytes, as on SQLite, whatever the database's locale.
create table journal (
  stream    text collate "C" not null,
  version   bigint  not null,
  type      text    not null,
  v         integer not null,
  at_utc_ms bigint  not null,
  batch_id  uuid    not null,
  body      bytea   not null,
  primary key (stream, version)
);

-- By which a transaction without journal rows is recognised after a failed commit.
create table marks (
  writer    text   not null primary key,
  batch_id  uuid   not null,
  at_utc_ms bigint not null
);

create table seats (
  session uuid    not null,
  seat    integer not null,
  viewer  uuid    not null,
  primary key (session, seat),
  unique (session, viewer)
);
create index seats_viewer on seats (viewer);

create table remarks (
  id        uuid    not null primary key,
  session   uuid    not null,
  seat      integer not null,
  text      text    not null,
  at_utc_ms bigint  not null,
  foreign key (session, seat) references seats (session, seat) on delete cascade
);
create index remarks_seat on remarks (session, seat);

create table films (
  hash      text collate "C" not null primary key,
  slug      text    not null,
  source    bytea   not null,
  at_utc_ms bigint  not null
);
