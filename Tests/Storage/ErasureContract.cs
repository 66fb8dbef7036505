using System.Globalization;
using Orleans.Story.Storage.Journal;
using Orleans.Story.Storage.Tables;
using Orleans.Story.Storage.Writing;
using Orleans.Story.Tests.Storage.Support;

namespace Orleans.Story.Tests.Storage;

public sealed class SqliteErasureTests() : ErasureContract(new SqliteDatabase());

public sealed class PostgresErasureTests() : ErasureContract(PostgresDatabase.CreateOrSkip());

/// <summary>A rehearsal goes whole, and nothing else goes, on either database.</summary>
public abstract class ErasureContract : IDisposable
{
    private readonly TestDatabase _database;
    private readonly Guid _rehearsal = Guid.NewGuid();
    private readonly Guid _show = Guid.NewGuid();
    private StoryStore _store;

    private protected ErasureContract(TestDatabase database)
    {
        _database = database;
        _store = database.Open();
    }

    public void Dispose()
    {
        _store.Dispose();
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Nothing_of_a_rehearsal_is_left_and_everything_of_a_show_is()
    {
        await Fill(_show, events: 5);
        await Fill(_rehearsal, events: 7);
        var before = await Rows(_show);

        (await Erase(_rehearsal)).ShouldBe(ErasureStatus.Gone);

        (await Rows(_rehearsal)).ShouldBeEmpty();
        (await _store.Journal.ListAsync("")).Select(stream => stream.Stream).ShouldBe(Streams(_show), ignoreOrder: true);
        (await _store.Seats.ReadAsync(_rehearsal)).ShouldBeEmpty();
        (await _store.Remarks.ReadAsync(_rehearsal)).ShouldBeEmpty();
        (await _store.Suggestions.ReadAsync(_rehearsal)).ShouldBeEmpty();
        (await Rows(_show)).ShouldBe(before);
        (await _store.Seats.ReadAsync(_show)).Count.ShouldBe(1);
        (await _store.Remarks.ReadAsync(_show)).Count.ShouldBe(1);
        (await _store.Suggestions.ReadAsync(_show)).Count.ShouldBe(1);
        (await Erase(_rehearsal)).ShouldBe(ErasureStatus.Gone, "asking again is harmless");
    }

    [Fact]
    public async Task A_show_is_refused_and_untouched()
    {
        await Fill(_show, events: 5);
        var before = await Rows(_show);
        (await Erase(_show, mayErase: false)).ShouldBe(ErasureStatus.Refused);
        (await Rows(_show)).ShouldBe(before);
        (await _store.Seats.ReadAsync(_show)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_session_that_does_not_say_what_it_is_is_refused()
    {
        await Fill(_show, events: 5);
        await _store.Journal.Append($"{Shards(_rehearsal)}0", 0);
        (await Erase(_rehearsal)).ShouldBe(ErasureStatus.Refused);
        (await _store.Journal.All($"{Shards(_rehearsal)}0")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task It_goes_in_portions_and_its_first_event_last()
    {
        await Fill(_rehearsal, events: SqlSessionEraser.Portion + 100);
        (await Step(_rehearsal)).ShouldBe(ErasureStatus.More);
        (await _store.Seats.ReadAsync(_rehearsal)).ShouldBeEmpty("who sat where goes first");
        (await _store.Journal.All(Stream(_rehearsal))).First().Version.ShouldBe(1);
        (await Erase(_rehearsal)).ShouldBe(ErasureStatus.Gone);
        (await Rows(_rehearsal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_can_be_taken_up_again_after_the_store_was_closed()
    {
        await Fill(_show, events: 3);
        await Fill(_rehearsal, events: SqlSessionEraser.Portion + 100);
        (await Step(_rehearsal)).ShouldBe(ErasureStatus.More);
        Reopen();
        (await Erase(_rehearsal)).ShouldBe(ErasureStatus.Gone);
        (await Rows(_rehearsal)).ShouldBeEmpty();
        Reopen();
        (await Rows(_show)).Count.ShouldBe(6);
    }

    [Fact]
    public async Task A_store_whose_last_acknowledged_event_was_erased_opens_again()
    {
        await Fill(_rehearsal, events: 3);
        (await Erase(_rehearsal)).ShouldBe(ErasureStatus.Gone);
        Reopen();
        await Fill(_show, events: 2);
        Reopen();
        (await Rows(_show)).Count.ShouldBe(4);
    }

    [Fact]
    public async Task Whoever_writes_meanwhile_is_not_held_up_and_loses_nothing()
    {
        await Fill(_rehearsal, events: 200);
        var writing = Enumerable.Range(0, 200).Select(i => _store.Journal.AppendAsync($"session/other-{i}", 0, [Journals.Entry()]).AsTask()).ToList();
        var erasing = Erase(_rehearsal);
        writing.AddRange(Enumerable.Range(200, 200).Select(i => _store.Journal.AppendAsync($"session/other-{i}", 0, [Journals.Entry()]).AsTask()));
        (await Task.WhenAll(writing)).ShouldAllBe(result => result.Status == AppendStatus.Appended);
        (await erasing).ShouldBe(ErasureStatus.Gone);
        (await _store.Journal.ListAsync("session/other-")).Count.ShouldBe(400);
    }

    private static string Stream(Guid session) => $"session/{session:N}";

    private static string Shards(Guid session) => $"audience/{session:N}/";

    private static string[] Streams(Guid session) => [Stream(session), $"{Shards(session)}0"];

    private void Reopen()
    {
        _store.Dispose();
        _store = _database.Open();
    }

    private async Task Fill(Guid session, int events)
    {
        foreach (var stream in Streams(session))
        {
            for (var version = 0; version < events; version += SqlJournal.MaxEntries)
                await _store.Journal.Append(stream, version, Math.Min(SqlJournal.MaxEntries, events - version));
        }

        await _store.Seats.TakeAsync(session, 1, Guid.NewGuid());
        await _store.Remarks.AddAsync(new RemarkRow(Guid.CreateVersion7(), session, 1, "Said in the dark.", 1));
        await _store.Suggestions.AddAsync(new SuggestionRow(Guid.CreateVersion7(), session, 1, 0, "Ask the ferryman.", 1));
    }

    private async Task<List<string>> Rows(Guid session)
    {
        var rows = new List<string>();
        foreach (var stream in Streams(session))
            rows.AddRange((await _store.Journal.All(stream)).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Stream} {row.Version} {row.BatchId} {Convert.ToHexString(row.Body.Span)}")));
        return rows;
    }

    private async Task<ErasureStatus> Erase(Guid session, bool mayErase = true)
    {
        while (true)
        {
            if (await Step(session, mayErase) is var status and not ErasureStatus.More)
                return status;
        }
    }

    private async Task<ErasureStatus> Step(Guid session, bool mayErase = true) =>
        await _store.Eraser.EraseAsync(session, Stream(session), Shards(session), first => mayErase && first.Version == 1);
}
