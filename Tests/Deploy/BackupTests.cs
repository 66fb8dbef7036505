using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Story.Storage;
using Orleans.Story.Storage.Journal;
using Orleans.Story.Storage.Tables;
using Orleans.Story.Tests.Deploy.Support;

namespace Orleans.Story.Tests.Deploy;

/// <summary>What the backup takes the restore brings back, to the row; and it harms nothing.</summary>
public sealed class BackupTests : IDisposable
{
    private static readonly string Backup = Checkout.At("deploy", "backup", "backup");
    private static readonly string Restore = Checkout.At("deploy", "backup", "restore");
    private static readonly Guid Session = Guid.CreateVersion7();
    private static readonly Guid Viewer = Guid.NewGuid();

    private readonly string _folder = Directory.CreateTempSubdirectory("story-backup-").FullName;
    private readonly List<string> _databases = [];

    private string To => Path.Combine(_folder, "backups");

    public void Dispose()
    {
        foreach (var database in _databases) Execute(Server(), $"drop database if exists {database} with (force)");
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_cluster_comes_back_in_another_database_row_by_row()
    {
        var (venue, fresh) = (NewDatabase(), NewDatabase());
        await Fill(On(venue));
        var films = Directory.CreateDirectory(Path.Combine(_folder, "films", "harbour")).Parent!.FullName;
        await File.WriteAllTextAsync(Path.Combine(films, "harbour", "film.yaml"), "title: Harbour");
        var settings = Path.Combine(_folder, "settings.json");
        await File.WriteAllTextAsync(settings, "{}");

        var made = await Run(Backup, venue, "cluster", "--to", To, "--films", films, "--settings", settings);
        made.Code.ShouldBe(0, made.Output);
        var (again, put) = (Path.Combine(_folder, "films-again"), Path.Combine(_folder, "put.json"));
        var brought = await Run(Restore, fresh, "cluster", Made(), "--films", again, "--settings", put);

        brought.Code.ShouldBe(0, brought.Output);
        await IsFilled(On(fresh));
        (await File.ReadAllTextAsync(Path.Combine(again, "harbour", "film.yaml"))).ShouldBe("title: Harbour");
        (await File.ReadAllTextAsync(put)).ShouldBe("{}");
        Shell.Rights(Made()).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, "it says who voted how");
    }

    [Fact]
    public async Task A_show_that_runs_meanwhile_does_not_spoil_the_copy()
    {
        var (venue, fresh) = (NewDatabase(), NewDatabase());
        await Fill(On(venue));
        await using var store = Open(On(venue));
        var journal = store.GetRequiredService<IJournal>();
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var version = 0L; !stop.IsCancellationRequested; version++)
                (await journal.AppendAsync("session/busy", version, [Entry(version)])).Status.ShouldBe(AppendStatus.Appended);
        });
        var made = await Run(Backup, venue, "cluster", "--to", To);
        await stop.CancelAsync();
        await writing;

        made.Code.ShouldBe(0, made.Output);
        // It holds the restored rows to those that were counted in the snapshot.
        var brought = await Run(Restore, fresh, "cluster", Made());
        brought.Code.ShouldBe(0, brought.Output);
        await IsFilled(On(fresh));
    }

    [Fact]
    public async Task A_database_that_is_not_empty_is_refused_and_moves_aside_with_force()
    {
        var (venue, other) = (NewDatabase(), NewDatabase());
        await Fill(On(venue));
        (await Run(Backup, venue, "cluster", "--to", To)).Code.ShouldBe(0);
        Execute(On(other), "create table precious (n int); insert into precious values (7)");

        var refused = await Run(Restore, other, "cluster", Made());
        refused.Code.ShouldBe(1);
        refused.Output.ShouldContain("not empty");
        Scalar(On(other), "select n from precious").ShouldBe(7);
        Scalar(On(other), "select to_regclass('journal')::text").ShouldBe(DBNull.Value, "nothing was touched");

        var forced = await Run(Restore, other, "cluster", Made(), "--force");
        forced.Code.ShouldBe(0, forced.Output);
        await IsFilled(On(other));
        var aside = Scalar(On(other), "select nspname::text from pg_namespace where nspname like 'before_restore_%'").ShouldBeOfType<string>();
        Scalar(On(other), $"select n from {aside}.precious").ShouldBe(7);
    }

    [Fact]
    public async Task A_damaged_copy_is_refused_before_anything_is_touched()
    {
        var (venue, fresh) = (NewDatabase(), NewDatabase());
        await Fill(On(venue));
        (await Run(Backup, venue, "cluster", "--to", To)).Code.ShouldBe(0);
        var dump = Path.Combine(Made(), "database.dump");
        var bytes = await File.ReadAllBytesAsync(dump);
        bytes[^100] ^= 1;
        await File.WriteAllBytesAsync(dump, bytes);

        var refused = await Run(Restore, fresh, "cluster", Made());
        refused.Code.ShouldBe(1);
        refused.Output.ShouldContain("damaged");
        Scalar(On(fresh), "select to_regclass('journal')::text").ShouldBe(DBNull.Value);
    }

    [Fact]
    public async Task Nothing_is_restored_under_the_feet_of_a_silo()
    {
        var venue = NewDatabase();
        await Fill(On(venue));
        (await Run(Backup, venue, "cluster", "--to", To)).Code.ShouldBe(0);
        await using var running = Open(On(venue));
        running.GetRequiredService<IJournal>();

        var refused = await Run(Restore, venue, "cluster", Made(), "--force");
        refused.Code.ShouldBe(1);
        refused.Output.ShouldContain("Stop them all first");
    }

    [Fact]
    public async Task A_backup_that_fails_leaves_nothing_that_looks_like_one()
    {
        var empty = NewDatabase();
        (await Run(Backup, empty, "cluster", "--to", To)).Code.ShouldBe(1);
        Directory.EnumerateFileSystemEntries(To).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_hall_is_copied_while_it_runs_and_comes_back_in_another_folder()
    {
        Shell.NeedsOrSkip("bash", "sqlite3", "flock", "tar", "sha256sum");
        var (data, fresh) = (Path.Combine(_folder, "data"), Path.Combine(_folder, "fresh"));
        await using (var hall = Open(new StorageOptions { DataFolder = data }))
        {
            await Fill(hall);
            var made = await Run(Backup, null, "hall", data, "--to", To);
            made.Code.ShouldBe(0, made.Output);
            var running = await Run(Restore, null, "hall", Made(), data, "--force");
            running.Code.ShouldBe(1);
            running.Output.ShouldContain("Stop it first");
        }

        var brought = await Run(Restore, null, "hall", Made(), fresh);
        brought.Code.ShouldBe(0, brought.Output);
        await using (var hall = Open(new StorageOptions { DataFolder = fresh })) await IsFilled(hall);

        var refused = await Run(Restore, null, "hall", Made(), fresh);
        refused.Code.ShouldBe(1);
        refused.Output.ShouldContain("not empty");
    }

    private string Made() => Directory.EnumerateDirectories(To).Single();

    private static JournalEntry Entry(long n) => new("Happened", 1, Encoding.UTF8.GetBytes($$"""{"n":{{n}}}"""));

    private static ServiceProvider Open(StorageOptions options) => new ServiceCollection().AddStoryStorage(options).BuildServiceProvider();

    private static ServiceProvider Open(NpgsqlConnectionStringBuilder database) => Open(new StorageOptions { PostgresConnection = database.ConnectionString });

    private static async Task Fill(NpgsqlConnectionStringBuilder database)
    {
        await using var store = Open(database);
        await Fill(store);
    }

    private static async Task Fill(ServiceProvider store)
    {
        var journal = store.GetRequiredService<IJournal>();
        (await journal.AppendAsync($"session/{Session:N}", 0, [.. Enumerable.Range(1, 300).Select(n => Entry(n))])).Status.ShouldBe(AppendStatus.Appended);
        (await journal.AppendAsync($"audience/{Session:N}/0", 0, [Entry(-1)])).Status.ShouldBe(AppendStatus.Appended);
        (await store.GetRequiredService<ISeatTable>().TakeAsync(Session, 17, Viewer)).ShouldBeTrue();
        (await store.GetRequiredService<IRemarkTable>().AddAsync(new RemarkRow(Guid.CreateVersion7(), Session, 17, "它回来了 · it's \\back", 5))).ShouldBeTrue();
        await store.GetRequiredService<IFilmTable>().PutAsync("harbour", "hash", new byte[] { 0, 1, 255, 92, 10 });
    }

    private static async Task IsFilled(NpgsqlConnectionStringBuilder database)
    {
        await using var store = Open(database);
        await IsFilled(store);
    }

    private static async Task IsFilled(ServiceProvider store)
    {
        var bodies = new List<string>();
        await foreach (var row in store.GetRequiredService<IJournal>().ReadAsync($"session/{Session:N}")) bodies.Add(Encoding.UTF8.GetString(row.Body.Span));
        bodies.ShouldBe(Enumerable.Range(1, 300).Select(n => $$"""{"n":{{n}}}"""));
        (await store.GetRequiredService<ISeatTable>().ReadAsync(Session)).ShouldBe([new SeatRow(17, Viewer)]);
        (await store.GetRequiredService<IRemarkTable>().ReadAsync(Session)).Single().Text.ShouldBe("它回来了 · it's \\back");
        (await store.GetRequiredService<IFilmTable>().GetAsync("hash"))!.Value.ToArray().ShouldBe([0, 1, 255, 92, 10]);
        // And it goes on from there.
        (await store.GetRequiredService<IJournal>().AppendAsync($"session/{Session:N}", 300, [Entry(301)])).Status.ShouldBe(AppendStatus.Appended);
    }

    private static NpgsqlConnectionStringBuilder Server()
    {
        Shell.NeedsOrSkip("bash", "pg_dump", "pg_restore", "psql", "tar", "sha256sum");
        var server = Environment.GetEnvironmentVariable("STORY_TEST_POSTGRES");
        if (string.IsNullOrEmpty(server)) Assert.Skip("STORY_TEST_POSTGRES is not set; Tests/with-postgres starts a PostgreSQL and sets it.");
        return new NpgsqlConnectionStringBuilder(server) { Pooling = false };
    }

    private static NpgsqlConnectionStringBuilder On(string database) => new(Server().ConnectionString) { Database = database };

    private string NewDatabase()
    {
        var name = $"backup_{Guid.NewGuid():N}";
        Execute(Server(), $"create database {name}");
        _databases.Add(name);
        return name;
    }

    /// <summary>Runs a script as a person would, the database named in libpq's variables.</summary>
    private static Task<(int Code, string Output)> Run(string script, string? database, params string[] arguments)
    {
        var environment = new Dictionary<string, string>();
        if (database is not null)
        {
            var at = On(database);
            environment = new() { ["PGHOST"] = at.Host!, ["PGPORT"] = $"{at.Port}", ["PGUSER"] = at.Username!, ["PGDATABASE"] = database };
            if (at.Password is { } password) environment["PGPASSWORD"] = password;
        }

        return Shell.RunAsync(script, arguments, environment);
    }

    private static void Execute(NpgsqlConnectionStringBuilder at, string sql)
    {
        using var connection = new NpgsqlConnection(at.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static object? Scalar(NpgsqlConnectionStringBuilder at, string sql)
    {
        using var connection = new NpgsqlConnection(at.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }
}
