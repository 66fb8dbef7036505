using Orleans.Story.Storage.Tables;
using Orleans.Story.Storage.Writing;
using Orleans.Story.Tests.Storage.Support;

namespace Orleans.Story.Tests.Storage;

public sealed class SqliteTableTests() : TableContract(new SqliteDatabase());

public sealed class PostgresTableTests() : TableContract(PostgresDatabase.CreateOrSkip());

/// <summary>Seats, remarks and films, on either database.</summary>
public abstract class TableContract : IDisposable
{
    private readonly TestDatabase _database;
    private readonly StoryStore _store;
    private readonly Guid _session = Guid.NewGuid();

    private protected TableContract(TestDatabase database)
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
    public async Task A_seat_is_taken_once_and_a_viewer_sits_once_in_a_session()
    {
        var (ann, bo) = (Guid.NewGuid(), Guid.NewGuid());
        (await Take(7, ann)).ShouldBeTrue();
        (await Take(7, bo)).ShouldBeFalse();
        (await Take(8, ann)).ShouldBeFalse();
        (await Take(7, ann)).ShouldBeFalse();
        (await Take(3, bo)).ShouldBeTrue();
        (await _store.Seats.TakeAsync(Guid.NewGuid(), 7, ann)).ShouldBeTrue("another session knows nothing of this one");
        (await _store.Seats.ReadAsync(_session)).ShouldBe([new SeatRow(3, bo), new SeatRow(7, ann)]);
    }

    [Fact]
    public async Task Many_viewers_at_one_seat_leave_one_of_them_in_it()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Take(1, Guid.NewGuid())));
        answers.Count(answer => answer).ShouldBe(1);
        (await _store.Seats.ReadAsync(_session)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Erasing_a_viewer_takes_seats_and_remarks_in_every_session_and_nothing_else()
    {
        var (gone, stays, other) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await Take(1, gone);
        await Take(2, stays);
        await _store.Seats.TakeAsync(other, 5, gone);
        await Remark(_session, 1, "mine");
        await Remark(_session, 1, "mine too");
        await Remark(_session, 2, "not mine");
        await Remark(other, 5, "mine elsewhere");

        (await _store.Seats.SessionsOfAsync(gone)).ShouldBe([_session, other], ignoreOrder: true);
        (await _store.Seats.EraseViewerAsync(gone)).ShouldBe(5);
        (await _store.Seats.SessionsOfAsync(gone)).ShouldBeEmpty();

        (await _store.Seats.ReadAsync(_session)).ShouldBe([new SeatRow(2, stays)]);
        (await _store.Seats.ReadAsync(other)).ShouldBeEmpty();
        (await _store.Remarks.ReadAsync(_session)).Select(remark => remark.Text).ShouldBe(["not mine"]);
        (await _store.Remarks.ReadAsync(other)).ShouldBeEmpty();
        (await _store.Seats.EraseViewerAsync(gone)).ShouldBe(0);
    }

    [Fact]
    public async Task Suggestions_live_and_die_with_their_seat_and_go_beat_by_beat()
    {
        var (ann, other) = (Guid.NewGuid(), Guid.NewGuid());
        await Take(1, ann);
        await Take(2, Guid.NewGuid());
        await _store.Seats.TakeAsync(other, 1, ann);
        SuggestionRow[] rows =
        [
            new(Guid.NewGuid(), _session, 1, 3, "去问船夫 😱", 100), new(Guid.NewGuid(), _session, 2, 3, "Ask him", 200),
            new(Guid.NewGuid(), _session, 2, 4, "Turn back", 300), new(Guid.NewGuid(), other, 1, 0, "elsewhere", 400),
        ];
        foreach (var row in rows.Reverse().Append(rows[0])) (await _store.Suggestions.AddAsync(row)).ShouldBeTrue();
        (await _store.Suggestions.AddAsync(rows[0] with { Id = Guid.NewGuid(), Seat = 9 })).ShouldBeFalse("nobody sits there");
        (await _store.Suggestions.ReadAsync(_session)).ShouldBe(rows[..3]);
        (await _store.Seats.EraseViewerAsync(ann)).ShouldBe(4, "two seats and what was suggested from them");
        (await _store.Suggestions.ReadAsync(_session)).ShouldBe(rows[1..3]);
        (await _store.Suggestions.ReadAsync(other)).ShouldBeEmpty();
        (await _store.Suggestions.EraseBeforeAsync(_session, 4)).ShouldBe(1);
        (await _store.Suggestions.ReadAsync(_session)).ShouldBe([rows[2]]);
        (await _store.Seats.FreeAsync(_session, 2)).ShouldBeTrue();
        (await _store.Suggestions.ReadAsync(_session)).ShouldBeEmpty("a freed seat leaves nothing behind");
    }

    [Fact]
    public async Task Remarks_come_back_oldest_first_and_the_same_id_is_kept_once()
    {
        await Take(1, Guid.NewGuid());
        var late = new RemarkRow(Guid.NewGuid(), _session, 1, "够了 😱", 200);
        var early = new RemarkRow(Guid.NewGuid(), _session, 1, "first", 100);
        foreach (var remark in (RemarkRow[])[late, early, late])
            (await _store.Remarks.AddAsync(remark)).ShouldBeTrue();
        (await _store.Remarks.ReadAsync(_session)).ShouldBe([early, late]);
    }

    [Fact]
    public async Task Of_a_sessions_remarks_those_that_are_named_are_erased_and_no_other_sessions()
    {
        var other = Guid.NewGuid();
        await Take(1, Guid.NewGuid());
        await _store.Seats.TakeAsync(other, 1, Guid.NewGuid());
        RemarkRow[] rows = [new(Guid.NewGuid(), _session, 1, "a", 1), new(Guid.NewGuid(), _session, 1, "b", 2), new(Guid.NewGuid(), other, 1, "c", 3)];
        foreach (var row in rows) await _store.Remarks.AddAsync(row);
        (await _store.Remarks.EraseAsync(_session, [rows[0].Id, rows[2].Id, Guid.NewGuid()])).ShouldBe(1);
        (await _store.Remarks.ReadAsync(_session)).ShouldBe([rows[1]]);
        (await _store.Remarks.ReadAsync(other)).ShouldBe([rows[2]]);
    }

    [Fact]
    public async Task A_remark_needs_its_seat()
    {
        (await Remark(_session, 1, "nobody sits here")).ShouldBeFalse();
        (await _store.Remarks.ReadAsync(_session)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Erasing_by_seat_leaves_the_seat()
    {
        await Take(1, Guid.NewGuid());
        await Remark(_session, 1, "a");
        await Remark(_session, 1, "b");
        (await _store.Remarks.EraseBySeatAsync(_session, 1)).ShouldBe(2);
        (await _store.Remarks.ReadAsync(_session)).ShouldBeEmpty();
        (await _store.Seats.ReadAsync(_session)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_remark_that_one_of_the_databases_could_not_give_back_is_refused()
    {
        foreach (var text in (string[])["", "nul \0", "half \ud83c pair", new string('x', 2001)])
            await Should.ThrowAsync<ArgumentException>(async () => await Remark(_session, 1, text), text);
    }

    [Fact]
    public async Task A_film_is_found_by_hash_and_never_changes()
    {
        var source = "title: 影\n"u8.ToArray();
        await _store.Films.PutAsync("shadow", "sha256-a", source);
        await _store.Films.PutAsync("shadow", "sha256-a", "something else"u8.ToArray());
        await _store.Films.PutAsync("shadow", "sha256-b", "later"u8.ToArray());

        (await _store.Films.GetAsync("sha256-a"))!.Value.ToArray().ShouldBe(source);
        (await _store.Films.GetAsync("sha256-b"))!.Value.ToArray().ShouldBe("later"u8.ToArray());
        (await _store.Films.GetAsync("sha256-c")).ShouldBeNull();
    }

    [Fact]
    public Task A_film_has_a_size_limit() => Should.ThrowAsync<ArgumentException>(async () =>
        await _store.Films.PutAsync("huge", "h", new byte[(16 << 20) + 1]));

    private Task<bool> Take(int seat, Guid viewer) => _store.Seats.TakeAsync(_session, seat, viewer).AsTask();

    private Task<bool> Remark(Guid session, int seat, string text) =>
        _store.Remarks.AddAsync(new RemarkRow(Guid.NewGuid(), session, seat, text, 1)).AsTask();
}
