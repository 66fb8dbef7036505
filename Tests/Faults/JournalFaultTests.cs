using System.Net;
using Microsoft.Data.Sqlite;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Tests.Faults.Killing;
using Orleans.Story.Tests.Faults.Support;

namespace Orleans.Story.Tests.Faults;

/// <summary>
/// A journal in trouble, under the real program: nothing is acknowledged early, the operator is told what to do, and what was
/// acknowledged stands, through a kill as well.
/// </summary>
public sealed class JournalFaultTests
{
    private static string Films => Path.Combine(AppContext.BaseDirectory, "Film");

    [Fact]
    public async Task A_full_disk_holds_the_vote_says_so_and_lets_it_go_on_by_itself()
    {
        var place = HallPlace.Fresh(Films);
        using var disk = SmallDisk.MountOrSkip(place, megabytes: 16);
        await using var hall = await VotingHall.OpenAsync(place, disk.Wrapper);
        await hall.UntilAllCountAsync();

        disk.Fill();
        await hall.UntilNothingCountsAsync();
        var shown = await hall.ConsoleShowsAsync(JournalState.Failing, JournalTrouble.DiskFull);
        shown.Sentence!.In("en").ShouldContain(place.Data);
        shown.Sentence.In("zh").ShouldContain("已满");
        (await hall.ReadyAsync()).ShouldBe((HttpStatusCode.ServiceUnavailable, shown.Sentence.In("en")));
        hall.DiskHolds(disk.Inside);

        disk.Empty();
        await hall.ConsoleShowsAsync(JournalState.Well);
        (await hall.ReadyAsync()).Status.ShouldBe(HttpStatusCode.OK);
        await hall.UntilAllCountAsync();
        hall.Process.Output.Count(line => line.Contains("No space is left", StringComparison.Ordinal)).ShouldBe(1, "one line, not one a ballot");
        hall.Process.Output.Count(line => line.Contains("is well again", StringComparison.Ordinal)).ShouldBe(1);

        disk.Fill();
        await hall.UntilNothingCountsAsync();
        hall.Kill();
        disk.Empty();
        await hall.BackAsync();
        hall.DiskHolds(disk.Inside);
    }

    [Fact]
    public async Task A_file_that_another_program_holds_stops_the_vote_until_it_lets_go()
    {
        await using var hall = await VotingHall.OpenAsync();
        await hall.UntilAllCountAsync();
        using (var other = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = hall.HallDb, Pooling = false }.ConnectionString))
        {
            other.Open();
            using (var hold = other.CreateCommand())
            {
                hold.CommandText = "begin exclusive";
                hold.ExecuteNonQuery();
            }

            (await hall.VoteAsync()).ShouldBe(0);
            var shown = await hall.ConsoleShowsAsync(JournalState.Failing, JournalTrouble.Locked);
            shown.Sentence!.In("en").ShouldContain("Another program holds");
            (await hall.VoteAsync()).ShouldBe(0);
        }

        await hall.ConsoleShowsAsync(JournalState.Well);
        await hall.UntilAllCountAsync();
        hall.Kill();
        hall.DiskHolds();
        await hall.BackAsync();
    }

    [Fact]
    public async Task Damage_while_it_is_down_refuses_the_start_and_what_was_whole_starts()
    {
        await using var hall = await VotingHall.OpenAsync();
        await hall.UntilAllCountAsync();
        hall.Kill();
        hall.DiskHolds();
        using var whole = new Copy(hall.Place.Data);

        // The last frames of the log: SQLite itself would cut them off and say nothing.
        var log = hall.HallDb + "-wal";
        Damage(log, new FileInfo(log).Length - 4000, 64);
        var (code, words) = await hall.RefusedAsync();
        code.ShouldBe(1);
        words.ShouldSatisfyAllConditions(
            () => words.ShouldContain(hall.Place.Data), () => words.ShouldContain("lacks what was acknowledged"), () => words.ShouldContain("hall.db-wal.kept"),
            () => words.ShouldNotContain("   at "));
        (await hall.RefusedAsync("zh")).Words.ShouldContain("缺少已确认的内容");
        whole.Restore();

        // The last page of the file, once the log is in it, as it is whenever the program was stopped in good order.
        using (var settle = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = hall.HallDb, Pooling = false }.ConnectionString)) Settle(settle);
        Damage(hall.HallDb, new FileInfo(hall.HallDb).Length - 4096, 4096);
        (code, words) = await hall.RefusedAsync();
        code.ShouldBe(1);
        words.ShouldSatisfyAllConditions(() => words.ShouldContain(hall.Place.Data), () => words.ShouldContain("06-durability.md"), () => words.ShouldNotContain("   at "));

        whole.Restore();
        await hall.BackAsync();
        await hall.UntilAllCountAsync();
        hall.Kill();
        hall.DiskHolds();
    }

    [Fact]
    public async Task Damage_while_it_runs_is_survived_or_told_and_never_passed_over()
    {
        await using var hall = await VotingHall.OpenAsync();
        await hall.UntilAllCountAsync();
        Damage(hall.HallDb, new FileInfo(hall.HallDb).Length - 4096, 4096);
        // The page is in the log or in memory as a rule, and then nobody notices until it is read again.
        for (var i = 0; i < 10; i++) await hall.VoteAsync();
        hall.Kill();
        using var process = HallProcess.Start(hall.Place);
        if (await process.Opened)
        {
            process.Kill();
            hall.DiskHolds();
        }
        else
        {
            process.Output.ShouldContain(line => line.Contains(hall.Place.Data, StringComparison.Ordinal));
        }
    }

    private static void Settle(SqliteConnection connection)
    {
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "pragma wal_checkpoint(truncate)";
        command.ExecuteNonQuery();
    }

    private static void Damage(string file, long at, int bytes)
    {
        using var open = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        open.Position = Math.Max(0, at);
        open.Write(Enumerable.Repeat((byte)0x5A, bytes).ToArray());
    }

    /// <summary>A data folder as it was; the operator's backup.</summary>
    private sealed class Copy : IDisposable
    {
        private readonly string _folder;
        private readonly string _copy = Directory.CreateTempSubdirectory("story-backup-").FullName;

        public Copy(string folder)
        {
            _folder = folder;
            foreach (var file in Directory.GetFiles(folder)) File.Copy(file, Path.Combine(_copy, Path.GetFileName(file)));
        }

        public void Restore()
        {
            foreach (var file in Directory.GetFiles(_folder)) File.Delete(file);
            foreach (var file in Directory.GetFiles(_copy)) File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        }

        public void Dispose() => Directory.Delete(_copy, recursive: true);
    }
}
