using System.Text;
using Microsoft.Data.Sqlite;
using Orleans.Story.Storage;
using Orleans.Story.Storage.Journal;
using Orleans.Story.Storage.Sqlite;
using Orleans.Story.Storage.Writing;
using Orleans.Story.Tests.Storage.Support;

namespace Orleans.Story.Tests.Storage;

/// <summary>What only a file has: a lock, pragmas, bytes on a disk, and a form that old files keep.</summary>
public sealed class SqliteTests : IDisposable
{
    private readonly SqliteDatabase _database = new();

    private string HallDb => Path.Combine(_database.Folder, "hall.db");

    public void Dispose() => _database.Dispose();

    [Fact]
    public void A_second_opener_is_told_the_folder_and_the_process()
    {
        using (_database.Open())
        {
            var refusal = Should.Throw<StorageRefusedException>(_database.Open);
            refusal.Message.ShouldContain(_database.Folder);
            refusal.Message.ShouldContain($"process {Environment.ProcessId}.");
        }

        _database.Open().Dispose();
    }

    [Fact]
    public void A_folder_it_creates_is_its_owners_alone()
    {
        var folder = Path.Combine(_database.Folder, "new", "data");
        StoryStore.Open(new StorageOptions { DataFolder = folder }, _database.Time).Dispose();
        if (OperatingSystem.IsWindows())
            Assert.Skip("Windows has no such mode; a folder there inherits its rights.");
        else
            File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_refused_by_name()
    {
        var file = Path.Combine(_database.Folder, "file");
        File.WriteAllText(file, "");
        Should.Throw<StorageRefusedException>(() => StoryStore.Open(new StorageOptions { DataFolder = file }, _database.Time)).Message.ShouldContain(file);
    }

    [Theory]
    [InlineData("synchronous = normal", "synchronous=1")]
    [InlineData("secure_delete = off", "secure_delete=0")]
    [InlineData("foreign_keys = off", "foreign_keys=0")]
    [InlineData("journal_mode = delete", "journal_mode=delete")]
    public void A_setting_that_does_not_hold_keeps_the_store_closed(string pragma, string named)
    {
        var backend = new SqliteBackend(_database.Options) { Configured = connection => Sql.Execute(connection, $"pragma {pragma}") };
        Should.Throw<StorageRefusedException>(() => StoryStore.Open(backend, _database.Options, _database.Time)).Message.ShouldContain(named);
        _database.Open().Dispose();
    }

    [Fact]
    public void A_file_newer_than_the_program_is_refused()
    {
        _database.Open().Dispose();
        Execute("insert into schema (version, at_utc_ms) values (999, 0)");
        Should.Throw<StorageRefusedException>(_database.Open).Message.ShouldContain("schema 999");
    }

    [Fact]
    public void Migrations_go_on_from_where_the_file_is()
    {
        var backend = _database.Backend();
        using (var connection = backend.OpenWriter())
        {
            Migrations.Apply(backend, connection, ["create table one (a integer)"], 1);
            Migrations.Apply(backend, connection, ["never run again", "create table two (a integer)"], 2);
            Sql.Scalar(connection, "select group_concat(version || '@' || at_utc_ms) from schema").ShouldBe("1@1,2@2");
            Should.Throw<SqliteException>(() => Migrations.Apply(backend, connection, ["", "", "create table three (a integer)", "broken"], 3));
            Sql.Scalar(connection, "select count(*) from sqlite_master where name = 'three'").ShouldBe(0L, "all or nothing");
        }

        backend.Dispose();
    }

    /// <summary>The files as a killed process leaves them, copied while the store is open: every acknowledged event is in them.</summary>
    [Fact]
    public async Task What_was_acknowledged_is_in_the_files_without_closing()
    {
        using var killed = new SqliteDatabase();
        using (var store = _database.Open())
        {
            for (var n = 0; n < 20; n++)
                await store.Journal.Append("s", n);
            foreach (var file in (string[])["hall.db", "hall.db-wal"])
                File.Copy(Path.Combine(_database.Folder, file), Path.Combine(killed.Folder, file));
        }

        using var survivor = killed.Open();
        (await survivor.Journal.All("s")).Count.ShouldBe(20);
        new FileInfo(Path.Combine(killed.Folder, "hall.db-wal")).Length.ShouldBe(0, "what a new process reads is in the database, synced");
    }

    [Fact]
    public async Task Erased_words_are_in_no_file_any_more()
    {
        const string Words = "只有她会这样说话";
        var (session, viewer) = (Guid.NewGuid(), Guid.NewGuid());
        using var store = _database.Open();
        await store.Seats.TakeAsync(session, 1, viewer);
        await store.Remarks.AddAsync(new(Guid.NewGuid(), session, 1, Words, 1));
        InFiles(Words).ShouldBeTrue();
        InFiles(viewer.ToString("N")).ShouldBeTrue();

        await store.Seats.EraseViewerAsync(viewer);

        InFiles(Words).ShouldBeFalse();
        InFiles(viewer.ToString("N")).ShouldBeFalse();
    }

    [Fact]
    public async Task While_a_reader_holds_the_log_it_is_cut_later()
    {
        var viewer = Guid.NewGuid();
        using var store = _database.Open(out var backend);
        await store.Seats.TakeAsync(Guid.NewGuid(), 1, viewer);
        await using (var reader = await backend.OpenReaderAsync(CancellationToken.None))
        {
            await using var holding = await reader.BeginTransactionAsync(System.Data.IsolationLevel.ReadUncommitted);
            Sql.Scalar(reader, "select count(*) from seats").ShouldBe(1L);
            (await store.Seats.EraseViewerAsync(viewer)).ShouldBe(1);
            InFiles(viewer.ToString("N")).ShouldBeTrue("the reader still sees the row");
        }

        // The commit after the reader left cuts the log when it has answered; the one after that follows the cut.
        await store.Journal.Append("anything", 0);
        await store.Journal.Append("anything", 1);
        InFiles(viewer.ToString("N")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_row_is_written_as_it_always_was()
    {
        using (var store = _database.Open())
        {
            await store.Journal.AppendAsync("session/0123", 0, [Journals.Entry("""{"film":"影"}""", "SessionCreated"), Journals.Entry("{}", "RoundOpened", 2)]);
            await store.Seats.TakeAsync(Id(1), 12, Id(2));
            await store.Remarks.AddAsync(new(Id(3), Id(1), 12, "哦", 5));
            await store.Films.PutAsync("shadow", "hash", "x"u8.ToArray());
        }

        Execute("update journal set batch_id = 'batch'");
        var text = new StringBuilder();
        foreach (var table in (string[])["journal", "seats", "remarks", "films"])
            text.Append(Dump(table));
        text.ToString().ShouldBe(Golden("rows.txt"));
    }

    [Fact]
    public async Task A_file_of_schema_1_is_still_read()
    {
        Execute(Golden("schema-1.sql"));
        using var store = _database.Open();
        var rows = await store.Journal.All("session/0123");
        rows.Select(row => (row.Version, row.Type, row.Format, row.AtUtcMs, row.Text())).ShouldBe(
            [(1, "SessionCreated", 1, 1936815300000, """{"film":"影"}"""), (2, "RoundOpened", 2, 1936815300000, "{}")]);
        rows[0].BatchId.ShouldBe(Id(9));
        (await store.Seats.ReadAsync(Id(1))).ShouldBe([new(12, Id(2))]);
        (await store.Remarks.ReadAsync(Id(1))).ShouldBe([new(Id(3), Id(1), 12, "哦", 5)]);
        (await store.Films.GetAsync("hash"))!.Value.ToArray().ShouldBe("x"u8.ToArray());
        (await store.Journal.Append("session/0123", 2)).ShouldBe(new AppendResult(AppendStatus.Appended, 3));
    }

    private static Guid Id(int n) => new(n, 0, 0, new byte[8]);

    private static string Golden(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", name));

    private bool InFiles(string text) => Directory.GetFiles(_database.Folder, "hall.db*").Any(path =>
    {
        // The writer has the files open, which is why they are read with every sharing allowed.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
    });

    private string Dump(string table)
    {
        using var connection = Connect();
        using var command = Sql.Command(connection, $"select * from {table}");
        using var reader = command.ExecuteReader();
        var text = new StringBuilder();
        while (reader.Read())
        {
            var values = Enumerable.Range(0, reader.FieldCount).Select(i => $"{reader.GetName(i)}={Show(reader.GetValue(i))}");
            text.Append(table).Append(": ").AppendJoin(' ', values).Append('\n');
        }

        return text.ToString();

        static string? Show(object value) => value is byte[] bytes ? $"x'{Convert.ToHexStringLower(bytes)}'" : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture);
    }

    private void Execute(string sql)
    {
        using var connection = Connect();
        Sql.Execute(connection, sql);
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = HallDb, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }
}
