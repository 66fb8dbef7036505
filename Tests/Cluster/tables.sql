-- Tables for tests alone, where Orleans's own SQL cannot be fetched. Orleans's ADO.NET providers issue only the queries of the table
-- OrleansQuery, known by key, parameters and columns, and whoever keeps to those may write them anew: this is that, written for these
-- tests, with the checks that the providers rely on and nothing more. Venues take Orleans's own.
create table OrleansQuery (QueryKey varchar(64) not null primary key, QueryText varchar(8000) not null);

create table trial_clusters (id text not null primary key, version integer not null default 0);

create table trial_silos (
  id             text        not null references trial_clusters,
  address        text        not null,
  port           integer     not null,
  generation     integer     not null,
  silo_name      text        not null,
  host_name      text        not null,
  status         integer     not null,
  proxy_port     integer,
  suspect_times  text,
  start_time     timestamptz not null,
  alive_time     timestamptz not null,
  primary key (id, address, port, generation)
);

create table trial_states (
  hash     integer not null,
  n0       bigint  not null,
  n1       bigint  not null,
  type     text    not null,
  extra    text    not null,
  service  text    not null,
  body     bytea,
  version  integer not null,
  primary key (service, type, n0, n1, extra)
);

create table trial_reminders (
  service  text        not null,
  grain    text        not null,
  name     text        not null,
  start    timestamptz not null,
  period   bigint      not null,
  hash     integer     not null,
  version  integer     not null default 0,
  primary key (service, grain, name)
);

insert into OrleansQuery values
('InsertMembershipVersionKey', '
  with made as (insert into trial_clusters (id) values (@DeploymentId) on conflict do nothing returning 1)
  select count(*)::int from made'),

-- A membership changes only together with the version that its writer had read: one statement, so both or neither.
('InsertMembershipKey', '
  with moved as (
    update trial_clusters set version = version + 1 where id = @DeploymentId and version = @Version and not exists (
      select from trial_silos s where s.id = @DeploymentId and s.address = @Address and s.port = @Port and s.generation = @Generation)
    returning 1),
  made as (
    insert into trial_silos (id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, alive_time)
    select @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime from moved
    returning 1)
  select count(*)::int from made'),
('UpdateMembershipKey', '
  with moved as (
    update trial_clusters set version = version + 1 where id = @DeploymentId and version = @Version and exists (
      select from trial_silos s where s.id = @DeploymentId and s.address = @Address and s.port = @Port and s.generation = @Generation)
    returning 1),
  made as (
    update trial_silos set status = @Status, suspect_times = @SuspectTimes, alive_time = @IAmAliveTime
    from moved where id = @DeploymentId and address = @Address and port = @Port and generation = @Generation
    returning 1)
  select count(*)::int from made'),
('UpdateIAmAlivetimeKey', '
  update trial_silos set alive_time = @IAmAliveTime
  where id = @DeploymentId and address = @Address and port = @Port and generation = @Generation'),

-- The version is told even where no silo is.
('MembershipReadRowKey', '
  select c.id as DeploymentId, s.address as Address, s.port as Port, s.generation as Generation, s.silo_name as SiloName,
    s.host_name as HostName, s.status as Status, s.proxy_port as ProxyPort, s.suspect_times as SuspectTimes,
    s.start_time as StartTime, s.alive_time as IAmAliveTime, c.version as Version
  from trial_clusters c left join trial_silos s on s.id = c.id and s.address = @Address and s.port = @Port and s.generation = @Generation
  where c.id = @DeploymentId'),
('MembershipReadAllKey', '
  select c.id as DeploymentId, s.address as Address, s.port as Port, s.generation as Generation, s.silo_name as SiloName,
    s.host_name as HostName, s.status as Status, s.proxy_port as ProxyPort, s.suspect_times as SuspectTimes,
    s.start_time as StartTime, s.alive_time as IAmAliveTime, c.version as Version
  from trial_clusters c left join trial_silos s on s.id = c.id
  where c.id = @DeploymentId'),
('GatewaysQueryKey', '
  select address as Address, proxy_port as ProxyPort, generation as Generation
  from trial_silos where id = @DeploymentId and status = @Status and proxy_port > 0'),
('DeleteMembershipTableEntriesKey', '
  with gone as (delete from trial_silos where id = @DeploymentId) delete from trial_clusters where id = @DeploymentId'),
('CleanupDefunctSiloEntriesKey', '
  delete from trial_silos where id = @DeploymentId and alive_time < @IAmAliveTime and status = 6'),

-- Version 1 is written where nothing is, any other over the one before; where somebody else wrote, the version stays what it was.
('WriteToStorageKey', '
  with written as (
    insert into trial_states as state (hash, n0, n1, type, extra, service, body, version)
    select @GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainTypeString, coalesce(@GrainIdExtensionString, ''''), @ServiceId, @PayloadBinary, 1
    where @GrainStateVersion::int is null or exists (
      select from trial_states s where s.service = @ServiceId and s.type = @GrainTypeString and s.n0 = @GrainIdN0 and s.n1 = @GrainIdN1
        and s.extra = coalesce(@GrainIdExtensionString, '''') and s.version = @GrainStateVersion)
    on conflict (service, type, n0, n1, extra) do update set body = excluded.body, version = state.version + 1
      where state.version = @GrainStateVersion
    returning version)
  select coalesce((select version from written), @GrainStateVersion::int) as NewGrainStateVersion'),
('ReadFromStorageKey', '
  select body as PayloadBinary, version as Version
  from trial_states where service = @ServiceId and type = @GrainTypeString and n0 = @GrainIdN0 and n1 = @GrainIdN1
    and extra = coalesce(@GrainIdExtensionString, '''') and hash = @GrainIdHash'),
('ClearStorageKey', '
  update trial_states set body = null, version = version + 1
  where service = @ServiceId and type = @GrainTypeString and n0 = @GrainIdN0 and n1 = @GrainIdN1
    and extra = coalesce(@GrainIdExtensionString, '''') and version = @GrainStateVersion
  returning version as NewGrainStateVersion'),
('DeleteStorageKey', '
  delete from trial_states
  where service = @ServiceId and type = @GrainTypeString and n0 = @GrainIdN0 and n1 = @GrainIdN1
    and extra = coalesce(@GrainIdExtensionString, '''') and version = @GrainStateVersion
  returning version + 1 as NewGrainStateVersion'),

('UpsertReminderRowKey', '
  insert into trial_reminders as reminder (service, grain, name, start, period, hash)
  values (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash)
  on conflict (service, grain, name) do update set start = excluded.start, period = excluded.period, hash = excluded.hash, version = reminder.version + 1
  returning version as Version'),
('ReadReminderRowsKey', '
  select grain as GrainId, name as ReminderName, start as StartTime, period as Period, version as Version
  from trial_reminders where service = @ServiceId and grain = @GrainId'),
('ReadReminderRowKey', '
  select grain as GrainId, name as ReminderName, start as StartTime, period as Period, version as Version
  from trial_reminders where service = @ServiceId and grain = @GrainId and name = @ReminderName'),
('ReadRangeRows1Key', '
  select grain as GrainId, name as ReminderName, start as StartTime, period as Period, version as Version
  from trial_reminders where service = @ServiceId and hash > @BeginHash and hash <= @EndHash'),
('ReadRangeRows2Key', '
  select grain as GrainId, name as ReminderName, start as StartTime, period as Period, version as Version
  from trial_reminders where service = @ServiceId and (hash > @BeginHash or hash <= @EndHash)'),
('DeleteReminderRowKey', '
  with gone as (delete from trial_reminders where service = @ServiceId and grain = @GrainId and name = @ReminderName and version = @Version returning 1)
  select count(*)::int from gone'),
('DeleteReminderRowsKey', '
  delete from trial_reminders where service = @ServiceId');
