create table suggestions (
  id        text    not null primary key,
  session   text    not null,
  seat      integer not null,
  beat      integer not null,
  text      text    not null,
  at_utc_ms integer not null,
  foreign key (session, seat) references seats (session, seat) on delete cascade
) strict;
create index suggestions_seat on suggestions (session, seat);
