using System.Text;
using Microsoft.Data.Sqlite;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Storage;
using Orleans.Story.Storage.Journal;
using Orleans.Story.Storage.Sqlite;
using Orleans.Story.Storage.Writing;
using Orleans.Story.Tests.Storage.Support;

namespace Orleans.Story.Tests.Storage;

/// <summary>What happens to a file: no room, somebody else's lock, bytes that changed, a log that is gone.</summary>
public sealed class SqliteFaultTests : IDisposable
{
    private readonly SqliteDatabase _database = new();

    private string HallDb => Path.Combine(_database.Folder, "hall.db");

    private string Wal => HallDb + "-wal";

    private string Last => Path.Combine(_database.Folder, "hall.last");

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task With_no_room_left_nothing_is_acknowledged_and_with_room_again_everything_goes_on()
    {
        // The file may not grow: SQLite answers as it does on a full disk.
        long? most = null;
        var backend = new SqliteBackend(_database.Options) { Configured = connection => Sql.Execute(connection, $"pragma max_page_count = {most ?? 1_000_000}") };
        using var store = StoryStore.Open(backend, _database.Options, _database.Time, _database.Log);
        await store.Journal.Append("s", 0);
        most = 1;
        // Takes effect on the next connection; the failure of this statement makes one.
        await store.Writer.WriteAsync(write => write.Execute("pragma max_page_count = 1"), CancellationToken.None);
        var version = 1L;
        JournalFailure? failure = null;
        for (var tries = 0; failure is null && tries < 10_000; tries++)
        {
            try
            {
                version = (await store.Journal.AppendAsync("s", version, [Journals.Entry(new string(' ', 900))])).Version;
            }
            catch (JournalUnavailableException exception)
            {
                failure = exception.Failure;
            }
        }

        failure.ShouldNotBeNull("the file has no room");
        (store.Health.Now.State, store.Health.Now.Kind).ShouldBe((JournalState.Failing, JournalTrouble.DiskFull));
        (await store.Journal.All("s")).Count.ShouldBe((int)version, "what was acknowledged, and nothing else");

        most = null;
        await store.Journal.Append("t", 0).ContinueWith(_ => { }, TaskScheduler.Default);
        (await store.Journal.Append("s", version)).Status.ShouldBe(AppendStatus.Appended);
        store.Health.Now.State.ShouldBe(JournalState.Well);
    }

    [Fact]
    public async Task While_another_program_holds_the_file_nothing_is_acknowledged()
    {
        _database.Options.StatementSeconds = 1;
        using var store = _database.Open(out _);
        await store.Journal.Append("s", 0);
        using (var other = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = HallDb, Pooling = false }.ConnectionString))
        {
            other.Open();
            Sql.Execute(other, "begin exclusive");
            (await store.Journal.Append("s", 1).Failure()).ShouldBe(JournalFailure.NotWritten);
            (store.Health.Now.State, store.Health.Now.Kind).ShouldBe((JournalState.Failing, JournalTrouble.Locked));
            (await store.Journal.All("s")).Count.ShouldBe(1, "reading goes on");
        }

        (await store.Journal.Append("s", 1)).ShouldBe(new AppendResult(AppendStatus.Appended, 2));
        store.Health.Now.State.ShouldBe(JournalState.Well);
    }

    /// <summary>The last page of a file that is not open: a torn write, a bad block, a copy that broke off.</summary>
    [Theory]
    [InlineData(0x00)]
    [InlineData(0xFF)]
    [InlineData(0x5A)]
    public async Task A_damaged_page_refuses_the_start_and_says_where_and_what_to_do(byte garbage)
    {
        await Fill(200);
        Overwrite(HallDb, new FileInfo(HallDb).Length - 4096, 4096, garbage);
        Refusal().ShouldSatisfyAllConditions(
            refusal => refusal.Trouble.ShouldBe(JournalTrouble.Damaged),
            refusal => refusal.Message.ShouldContain(_database.Folder),
            refusal => refusal.Message.ShouldContain("hall.db"),
            refusal => refusal.Message.ShouldContain("06-durability.md"),
            refusal => refusal.Sentence!.In("zh").ShouldContain(_database.Folder));
    }

    [Fact]
    public async Task A_file_whose_beginning_is_not_SQLites_is_refused_as_damaged()
    {
        await Fill(3);
        Overwrite(HallDb, 0, 100, 0x5A);
        Refusal().Trouble.ShouldBe(JournalTrouble.Damaged);
    }

    [Fact]
    public async Task A_file_that_was_cut_off_is_refused()
    {
        await Fill(200);
        using (var file = File.OpenWrite(HallDb)) file.SetLength(file.Length / 2);
        Refusal().Trouble.ShouldBe(JournalTrouble.Damaged);
    }

    /// <summary>SQLite cuts a log at the first frame whose checksum fails, and says nothing. The note beside it does.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task A_log_that_lost_its_end_is_refused_and_kept_as_it_was(int frames)
    {
        using var killed = await Killed(20);
        var wal = Path.Combine(killed.Folder, "hall.db-wal");
        Overwrite(wal, new FileInfo(wal).Length - (frames * (4096 + 24)) + 40, 16, 0x5A);
        var found = File.ReadAllBytes(wal);

        var refusal = Should.Throw<StorageRefusedException>(killed.Open);
        refusal.Trouble.ShouldBe(JournalTrouble.Damaged);
        refusal.Message.ShouldSatisfyAllConditions(
            message => message.ShouldContain("event 20 of s"), message => message.ShouldContain("hall.db-wal"), message => message.ShouldContain("delete hall.last"));
        File.ReadAllBytes(Path.Combine(killed.Folder, "hall.db-wal.kept")).ShouldBe(found);

        Should.Throw<StorageRefusedException>(killed.Open).Message.ShouldContain("event 20 of s", Case.Sensitive, "it does not forget");
        File.Delete(Path.Combine(killed.Folder, "hall.last"));
        using var store = killed.Open();
        (await store.Journal.All("s")).Count.ShouldBeInRange(1, 19, "the operator chose to go on without the rest");
    }

    [Fact]
    public async Task A_database_without_its_log_is_refused_and_with_it_everything_is_there()
    {
        using var killed = await Killed(20);
        var wal = Path.Combine(killed.Folder, "hall.db-wal");
        File.Move(wal, wal + ".aside");
        Should.Throw<StorageRefusedException>(killed.Open).Trouble.ShouldBe(JournalTrouble.Damaged);
        File.Move(wal + ".aside", wal, overwrite: true);
        File.Delete(Path.Combine(killed.Folder, "hall.db-shm"));
        using var store = killed.Open();
        (await store.Journal.All("s")).Count.ShouldBe(20);
    }

    [Fact]
    public async Task An_older_database_in_the_place_of_the_newer_is_refused()
    {
        await Fill(5);
        var older = File.ReadAllBytes(HallDb);
        using (var store = _database.Open()) await store.Journal.Append("s", 5);
        File.WriteAllBytes(HallDb, older);
        Refusal().Message.ShouldContain("event 6 of s");
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000000 6 0 s")]
    [InlineData("not a note at all")]
    public async Task A_note_that_cannot_be_read_accuses_nobody(string note)
    {
        await Fill(5);
        File.WriteAllText(Last, note);
        using var store = _database.Open();
        (await store.Journal.Append("s", 5)).Status.ShouldBe(AppendStatus.Appended);
    }

    [Fact]
    public async Task Damage_that_a_reader_meets_while_the_hall_is_open_is_told_and_does_not_pass()
    {
        await Fill(2_000);
        using var store = _database.Open(out var backend);
        // Everything but the first page and the schema's: whatever is read next is not what was written.
        Overwrite(HallDb, 20 * 4096, new FileInfo(HallDb).Length - (20 * 4096), 0x5A);
        await Should.ThrowAsync<SqliteException>(() => store.Journal.All("s"));
        (store.Health.Now.State, store.Health.Now.Kind).ShouldBe((JournalState.Failing, JournalTrouble.Damaged));
        try
        {
            await store.Journal.Append("elsewhere", 0);
        }
        catch (JournalUnavailableException)
        {
            // Whether this page can still be written is luck; the state must not depend on it.
        }

        store.Health.Now.Kind.ShouldBe(JournalTrouble.Damaged);
        _database.Log.Lines.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(13, JournalTrouble.DiskFull)]
    [InlineData(5, JournalTrouble.Locked)]
    [InlineData(6, JournalTrouble.Locked)]
    [InlineData(11, JournalTrouble.Damaged)]
    [InlineData(26, JournalTrouble.Damaged)]
    [InlineData(10 | (32 << 8), JournalTrouble.Damaged)]
    [InlineData(10 | (3 << 8), JournalTrouble.Unreachable)]
    [InlineData(8, JournalTrouble.Unreachable)]
    [InlineData(14, JournalTrouble.Unreachable)]
    [InlineData(7, JournalTrouble.Other)]
    [InlineData(19, null)]
    [InlineData(1, null)]
    public void SQLites_codes_have_a_meaning(int code, JournalTrouble? trouble) =>
        JournalTroubles.Of(new SqliteException("said SQLite", code & 0xFF, code)).ShouldBe(trouble);

    [Theory]
    [InlineData("53100", JournalTrouble.DiskFull)]
    [InlineData("57P01", JournalTrouble.Unreachable)]
    [InlineData("57P03", JournalTrouble.Unreachable)]
    [InlineData("08006", JournalTrouble.Unreachable)]
    [InlineData("XX001", JournalTrouble.Damaged)]
    [InlineData("55P03", JournalTrouble.Locked)]
    [InlineData("57014", JournalTrouble.Other)]
    [InlineData("42P01", null)]
    public void PostgreSQLs_states_have_a_meaning(string state, JournalTrouble? trouble) =>
        JournalTroubles.Of(new Npgsql.PostgresException("said PostgreSQL", "ERROR", "ERROR", state)).ShouldBe(trouble);

    [Fact]
    public void Every_trouble_has_a_sentence_of_its_own_in_both_languages()
    {
        var sentences = Enum.GetValues<JournalTrouble>().SelectMany(trouble => (bool[])[true, false], (trouble, file) => JournalTroubles.Sentence(trouble, "/hall", file, "words")).ToList();
        sentences.ShouldAllBe(sentence => sentence.In("en").Contains("/hall") && sentence.In("zh").Contains("/hall"));
        foreach (var language in (string[])["en", "zh"])
            sentences.Select(sentence => sentence.In(language)).Distinct().Count().ShouldBe(sentences.Count - 2, "a full disk is one everywhere, and so is what nobody knows");
    }

    private StorageRefusedException Refusal() => Should.Throw<StorageRefusedException>(() => _database.Open());

    private async Task Fill(int rows)
    {
        using var store = _database.Open();
        for (var version = 0; version < rows; version++)
            await store.Journal.AppendAsync("s", version, [Journals.Entry(new string('x', 300))]);
    }

    /// <summary>The files as a killed process leaves them: copied while it is open.</summary>
    private async Task<SqliteDatabase> Killed(int rows)
    {
        var killed = new SqliteDatabase();
        using var store = _database.Open();
        for (var version = 0; version < rows; version++) await store.Journal.Append("s", version);
        foreach (var file in (string[])["hall.db", "hall.db-wal", "hall.last"])
        {
            await using var from = new FileStream(Path.Combine(_database.Folder, file), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await using var to = File.Create(Path.Combine(killed.Folder, file));
            await from.CopyToAsync(to);
        }

        return killed;
    }

    private static void Overwrite(string path, long at, long length, byte garbage)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        file.Position = at;
        file.Write(Enumerable.Repeat(garbage, (int)length).ToArray());
    }
}
