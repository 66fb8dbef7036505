using Orleans.Story.Storage.Journal;
using Orleans.Story.Storage.Writing;
using Orleans.Story.Tests.Storage.Support;

namespace Orleans.Story.Tests.Storage;

public sealed class SqliteJournalTests() : JournalContract(new SqliteDatabase());

public sealed class PostgresJournalTests() : JournalContract(PostgresDatabase.CreateOrSkip());

/// <summary>What a journal promises, on either database.</summary>
public abstract class JournalContract : IDisposable
{
    private readonly TestDatabase _database;
    private readonly StoryStore _store;
    private readonly IJournal _journal;

    private protected JournalContract(TestDatabase database)
    {
        _database = database;
        _store = database.Open();
        _journal = _store.Journal;
    }

    public void Dispose()
    {
        _store.Dispose();
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Versions_start_at_1_and_follow_each_other()
    {
        (await _journal.Append("s", 0, 2)).ShouldBe(new AppendResult(AppendStatus.Appended, 2));
        (await _journal.Append("s", 2)).ShouldBe(new AppendResult(AppendStatus.Appended, 3));
        (await _journal.All("s")).Select(row => row.Version).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Streams_do_not_know_each_other()
    {
        await _journal.Append("a", 0, 3);
        (await _journal.Append("b", 0)).ShouldBe(new AppendResult(AppendStatus.Appended, 1));
        (await _journal.All("c")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_wrong_expectation_is_a_conflict_with_the_actual_version_and_writes_nothing(long expected)
    {
        await _journal.Append("s", 0, 2);
        (await _journal.Append("s", expected)).ShouldBe(new AppendResult(AppendStatus.Conflict, 2));
        (await _journal.All("s")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_row_gives_back_what_was_appended_and_when()
    {
        const string Stream = "session/片名·Ünïcode🎬";
        JournalEntry[] entries = [Journals.Entry("""{"line":"雨停了。"}""", "LineAired", 3), Journals.Entry("not even JSON \u0000", "Odd")];
        await _journal.AppendAsync(Stream, 0, entries);

        var rows = await _journal.All(Stream);

        rows[0].ShouldSatisfyAllConditions(
            row => row.Stream.ShouldBe(Stream),
            row => row.Type.ShouldBe("LineAired"),
            row => row.Format.ShouldBe(3),
            row => row.AtUtcMs.ShouldBe(_database.Time.Now.ToUnixTimeMilliseconds()),
            row => row.Text().ShouldBe("""{"line":"雨停了。"}"""));
        rows[1].Text().ShouldBe("not even JSON \u0000");
        rows[1].BatchId.ShouldBe(rows[0].BatchId);
    }

    [Fact]
    public async Task Each_append_has_a_batch_id_of_its_own()
    {
        await _journal.Append("s", 0);
        await _journal.Append("s", 1);
        (await _journal.All("s")).Select(row => row.BatchId).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Reading_pages_through_many_rows_and_starts_after_a_version()
    {
        await _journal.Append("s", 0, 400);
        await _journal.Append("s", 400, 400);
        (await _journal.All("s")).Select(row => row.Version).ShouldBe(Enumerable.Range(1, 800).Select(n => (long)n));
        (await _journal.All("s", after: 256)).Select(row => row.Version).ShouldBe(Enumerable.Range(257, 544).Select(n => (long)n));
        (await _journal.All("s", after: 800)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Reading_pages_through_large_bodies()
    {
        for (var n = 0; n < 6; n++)
            await _journal.AppendAsync("s", n, [new JournalEntry("Large", 1, new byte[1 << 20])]);
        (await _journal.All("s")).Select(row => (row.Version, row.Body.Length)).ShouldBe(Enumerable.Range(1, 6).Select(n => ((long)n, 1 << 20)));
    }

    [Fact]
    public async Task Streams_are_listed_by_prefix_in_the_order_of_their_bytes()
    {
        foreach (var stream in (string[])["session/b", "session/a", "session/B", "session/影", "session", "audience/a/0", "sessions/c"])
            await _journal.Append(stream, 0, 2);

        (await _journal.ListAsync("session/")).ShouldBe(
            [new("session/B", 2), new("session/a", 2), new("session/b", 2), new("session/影", 2)]);
        (await _journal.ListAsync("")).Count.ShouldBe(7);
        (await _journal.ListAsync("session/%")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Names_counts_and_bodies_have_limits()
    {
        await _journal.AppendAsync(new string('s', 200), 0, [new JournalEntry(new string('t', 100), 1, new byte[1 << 20])]);
        await _journal.Append("full", 0, 512);

        await Refused("", 0, Journals.Entry());
        await Refused(new string('s', 201), 0, Journals.Entry());
        await Refused("line\nbreak", 0, Journals.Entry());
        await Refused("half \ud83c pair", 0, Journals.Entry());
        await Refused("s", -1, Journals.Entry());
        await Refused("s", 0);
        await Refused("s", 0, Journals.Entries(513));
        await Refused("s", 0, Journals.Entry(type: ""));
        await Refused("s", 0, Journals.Entry(type: new string('t', 101)));
        await Refused("s", 0, Journals.Entry(format: 0));
        await Refused("s", 0, new JournalEntry("Large", 1, new byte[(1 << 20) + 1]));

        Task Refused(string stream, long expected, params JournalEntry[] entries) =>
            Should.ThrowAsync<ArgumentException>(async () => await _journal.AppendAsync(stream, expected, entries));
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_after_closing_and_opening()
    {
        await _journal.Append("s", 0, 3);
        _store.Dispose();
        using var again = _database.Open();
        (await again.Journal.All("s")).Count.ShouldBe(3);
        (await again.Journal.Append("s", 3)).Status.ShouldBe(AppendStatus.Appended);
    }

    /// <summary>Many callers, few streams, every conflict retried: no gap, nothing lost, nothing twice, each answer true.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Concurrent_appenders_leave_gapless_streams_that_agree_with_their_answers(int seed)
    {
        const int Appenders = 16;
        const int Each = 25;
        var told = new System.Collections.Concurrent.ConcurrentBag<(string Stream, long Version, string Body)>();

        await Task.WhenAll(Enumerable.Range(0, Appenders).Select(appender => Task.Run(async () =>
        {
            var random = new Random((seed * 1000) + appender);
            var known = new Dictionary<string, long>(StringComparer.Ordinal);
            for (var n = 0; n < Each; n++)
            {
                var stream = $"stream/{random.Next(4)}";
                var bodies = Enumerable.Range(0, random.Next(1, 4)).Select(i => $"\"{appender}.{n}.{i}\"").ToArray();
                AppendResult result;
                do
                {
                    result = await _journal.AppendAsync(stream, known.GetValueOrDefault(stream), [.. bodies.Select(body => Journals.Entry(body))]);
                    known[stream] = result.Version;
                }
                while (result.Status == AppendStatus.Conflict);

                result.Status.ShouldBe(AppendStatus.Appended);
                for (var i = 0; i < bodies.Length; i++)
                    told.Add((stream, result.Version - bodies.Length + 1 + i, bodies[i]));
            }
        })));

        var stored = new List<(string, long, string)>();
        foreach (var stream in await _journal.ListAsync("stream/"))
        {
            var rows = await _journal.All(stream.Stream);
            rows.Select(row => row.Version).ShouldBe(Enumerable.Range(1, rows.Count).Select(n => (long)n));
            stored.AddRange(rows.Select(row => (row.Stream, row.Version, row.Text())));
        }

        stored.ShouldBe(told, ignoreOrder: true);
    }
}
