create table suggestions (
  id        uuid    not null primary key,
  session   uuid    not null,
  seat      integer not null,
  beat      integer not null,
  text      text    not null,
  at_utc_ms bigint  not null,
  foreign key (session, seat) references seats (session, seat) on delete cascade
);
create index suggestions_seat on suggestions (session, seat);
