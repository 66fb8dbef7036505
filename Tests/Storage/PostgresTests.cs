using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Storage;
using Orleans.Story.Storage.Journal;
using Orleans.Story.Storage.Postgres;
using Orleans.Story.Storage.Writing;
using Orleans.Story.Tests.Storage.Support;

namespace Orleans.Story.Tests.Storage;

/// <summary>What only a server has: other processes, and connections that end from the other side.</summary>
public sealed class PostgresTests : IDisposable
{
    private readonly PostgresDatabase _database = PostgresDatabase.CreateOrSkip();

    public void Dispose() => _database.Dispose();

    [Fact]
    public void Asynchronous_commit_keeps_the_store_closed()
    {
        var backend = new PostgresBackend(_database.Options) { Configured = connection => Sql.Execute(connection, "set synchronous_commit = off") };
        Should.Throw<StorageRefusedException>(() => StoryStore.Open(backend, _database.Options, _database.Time))
            .Message.ShouldContain("synchronous_commit=off");
    }

    [Fact]
    public async Task A_schema_newer_than_the_program_is_refused()
    {
        using (var store = _database.Open())
            await store.Writer.WriteAsync(write => write.Execute("insert into schema (version, at_utc_ms) values (999, 0)"), CancellationToken.None);
        Should.Throw<StorageRefusedException>(_database.Open).Message.ShouldContain("schema 999");
    }

    [Fact]
    public async Task Processes_that_start_together_migrate_once()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(_database.Open)));
        foreach (var store in stores)
            store.Dispose();
    }

    [Fact]
    public async Task Two_processes_never_both_write_a_version()
    {
        using var one = _database.Open();
        using var two = _database.Open();
        var acknowledged = await Task.WhenAll(((StoryStore[])[one, two, one, two]).Select(store => Task.Run(async () =>
        {
            var told = new List<long>();
            var known = 0L;
            while (told.Count < 25)
            {
                var result = await store.Journal.Append("contended", known);
                known = result.Version;
                if (result.Status == AppendStatus.Appended)
                    told.Add(result.Version);
            }

            return told;
        })));

        acknowledged.SelectMany(versions => versions).Order().ShouldBe(Enumerable.Range(1, 100).Select(n => (long)n));
        (await one.Journal.All("contended")).Count.ShouldBe(100);
    }

    [Fact]
    public async Task A_connection_ended_by_the_server_is_replaced()
    {
        using var store = _database.Open(out var backend);
        await store.Journal.Append("s", 0);
        _database.Execute($"select pg_terminate_backend(pid) from pg_stat_activity where application_name = '{backend.WriterName}'");
        (await store.Journal.Append("s", 1)).ShouldBe(new AppendResult(AppendStatus.Appended, 2));
    }

    [Fact]
    public async Task An_idle_journal_that_is_asked_knows_that_its_server_lets_it_in_no_more_and_then_that_it_does_again()
    {
        var role = _database.Role();
        _database.Options.ProbeEvery = TimeSpan.FromMilliseconds(5);
        using var store = StoryStore.Open(_database.Options, TimeProvider.System);
        (await store.Health.AskAsync()).State.ShouldBe(JournalState.Well);
        _database.Execute($"alter role {role} nologin; select pg_terminate_backend(pid) from pg_stat_activity where usename = '{role}'");
        await Until(store, JournalState.Failing);
        var asked = await store.Health.AskAsync();
        (asked.State, asked.Kind).ShouldBe((JournalState.Failing, JournalTrouble.Unreachable));
        _database.Execute($"alter role {role} login");
        await Until(store, JournalState.Well);
    }

    private static async Task Until(StoryStore store, JournalState state)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await store.Health.AskAsync(patience.Token)).State != state) await Task.Delay(20, patience.Token);
    }

    /// <summary>An unknown commit may still be under way; once the writer has a new connection, it is not.</summary>
    [Fact]
    public void Opening_the_writer_again_ends_what_its_earlier_connection_had_begun()
    {
        _database.Open().Dispose();
        using var backend = new PostgresBackend(_database.Options);
        using var stale = backend.OpenWriter();
        using var transaction = stale.BeginTransaction();
        Sql.Execute(
            stale,
            "insert into journal (stream, version, type, v, at_utc_ms, batch_id, body) values ('s', 1, 'T', 1, 0, @batch, '')",
            ("batch", Guid.NewGuid()));

        using var fresh = backend.OpenWriter();

        Should.Throw<Exception>(transaction.Commit);
        Sql.Scalar(fresh, "select count(*) from journal").ShouldBe(0L);
    }

    [Fact]
    public async Task Readers_cannot_write()
    {
        _database.Open().Dispose();
        using var backend = _database.Backend();
        await using var reader = await backend.OpenReaderAsync(CancellationToken.None);
        Should.Throw<Npgsql.PostgresException>(() => Sql.Execute(reader, "delete from journal")).SqlState.ShouldBe("25006");
    }
}
