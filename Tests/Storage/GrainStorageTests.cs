using System.Collections.Immutable;
using Orleans.Storage;
using Orleans.Story.Storage.GrainState;
using Orleans.Story.Storage.Journal;
using Orleans.Story.Storage.Writing;
using Orleans.Story.Tests.Storage.Support;

namespace Orleans.Story.Tests.Storage;

/// <summary>Grain state on SQLite: etags that never repeat, and JSON that forgives what an older row lacks.</summary>
public sealed class GrainStorageTests : IDisposable
{
    private static readonly GrainId Grain = GrainId.Create("viewer", "ann");

    private readonly SqliteDatabase _database = new();
    private readonly StoryStore _store;
    private readonly FaultyBackend _backend;
    private readonly SqliteGrainStorage _storage;

    public GrainStorageTests()
    {
        _store = _database.Open(out _backend);
        _storage = new SqliteGrainStorage(_store, new EtagCounter());
    }

    public void Dispose()
    {
        _store.Dispose();
        _database.Dispose();
    }

    [Fact]
    public async Task A_state_never_written_is_new_and_usable()
    {
        var state = await Read();
        state.RecordExists.ShouldBeFalse();
        state.ETag.ShouldBeNull();
        state.State!.Films.ShouldBeEmpty();
        state.State.Name.ShouldBe("nobody");
    }

    [Fact]
    public async Task What_is_written_is_read_back_also_after_reopening()
    {
        var state = await Read();
        state.State = new Taste { Name = "安", Films = ["a", "b"] };
        await Write(state);
        state.RecordExists.ShouldBeTrue();

        _store.Dispose();
        using var again = _database.Open();
        var read = new GrainState<Taste>();
        await new SqliteGrainStorage(again, new EtagCounter()).ReadStateAsync("taste", Grain, read);
        read.State!.Name.ShouldBe("安");
        read.State.Films.ShouldBe(["a", "b"]);
        read.ETag.ShouldBe(state.ETag);
        read.RecordExists.ShouldBeTrue();
    }

    [Fact]
    public async Task States_of_other_grains_and_names_are_others()
    {
        await Write(await Read());
        var other = new GrainState<Taste>();
        await _storage.ReadStateAsync("profile", Grain, other);
        other.RecordExists.ShouldBeFalse();
        await _storage.ReadStateAsync("taste", GrainId.Create("viewer", "bo"), other);
        other.RecordExists.ShouldBeFalse();
    }

    [Fact]
    public async Task A_write_over_something_unseen_is_inconsistent_and_changes_nothing()
    {
        var (one, two) = (await Read(), await Read());
        one.State!.Name = "one";
        await Write(one);

        var thrown = await Should.ThrowAsync<InconsistentStateException>(Write(two));
        thrown.StoredEtag.ShouldBe(one.ETag);
        thrown.CurrentEtag.ShouldBeNull();
        await Should.ThrowAsync<InconsistentStateException>(Clear(two));
        (await Read()).State!.Name.ShouldBe("one");

        two = await Read();
        await Write(one);
        await Should.ThrowAsync<InconsistentStateException>(Write(two));
    }

    [Fact]
    public async Task Clearing_leaves_no_row_and_a_state_as_new()
    {
        var state = await Read();
        state.State!.Films = ["a"];
        await Write(state);
        await Clear(state);

        state.ETag.ShouldBeNull();
        state.RecordExists.ShouldBeFalse();
        state.State!.Films.ShouldBeEmpty();
        (await Read()).RecordExists.ShouldBeFalse();
        await Clear(state);
        await Write(state);
    }

    [Fact]
    public async Task An_activation_from_before_a_clear_never_fits_again()
    {
        var state = await Read();
        await Write(state);
        var stale = await Read();
        await Clear(state);
        await Write(state);
        stale.ETag.ShouldNotBe(state.ETag);
        await Should.ThrowAsync<InconsistentStateException>(Write(stale));
    }

    [Fact]
    public async Task Nor_does_one_whose_etag_was_the_highest_when_the_process_started()
    {
        var state = await Read();
        await Write(state);
        _store.Dispose();
        using var again = _database.Open();
        var storage = new SqliteGrainStorage(again, new EtagCounter());
        var stale = new GrainState<Taste>();
        await storage.ReadStateAsync("taste", Grain, stale);
        await storage.ClearStateAsync("taste", Grain, state);
        await storage.WriteStateAsync("taste", Grain, state);
        await Should.ThrowAsync<InconsistentStateException>(storage.WriteStateAsync("taste", Grain, stale));
    }

    [Theory]
    [InlineData(CommitFault.Lost)]
    [InlineData(CommitFault.AnswerLost)]
    internal async Task A_failed_commit_is_looked_up_like_any_other(CommitFault fault)
    {
        var state = await Read();
        state.State!.Name = "once";
        _backend.Fail(fault);
        await Write(state);
        (await Read()).ETag.ShouldBe(state.ETag);
        await Write(state);
    }

    [Fact]
    public async Task A_write_that_was_lost_says_so_and_keeps_the_etag()
    {
        var state = await Read();
        _backend.Fail(CommitFault.Lost, CommitFault.Lost);
        (await Write(state).Failure()).ShouldBe(JournalFailure.NotWritten);
        state.ETag.ShouldBeNull();
        await Write(state);
    }

    [Fact]
    public void Missing_null_and_default_members_read_as_usable_ones()
    {
        var old = StateJson.Read<Record>("""{"Renamed":1,"Later":null}"""u8.ToArray())!;
        old.Early.ShouldBeEmpty();
        old.Later.ShouldBeEmpty();
        old.Inner.ShouldBeNull();
        StateJson.Read<Record>("""{"Inner":{}}"""u8.ToArray())!.Inner!.Early.ShouldBeEmpty();
        StateJson.New<Record>()!.Early.ShouldBeEmpty();
        StateJson.New<Required>()!.Must.ShouldBeNull();

        var empty = StateJson.Read<Record>(StateJson.Write(new Record(default, default, null)))!;
        empty.Early.ShouldBeEmpty();
        var full = StateJson.Read<Record>(StateJson.Write(new Record([1], [["x"], default], null)))!;
        full.Early.ShouldBe([1]);
        full.Later.Length.ShouldBe(2);
        full.Later[1].ShouldBeEmpty();
    }

    private async Task<GrainState<Taste>> Read()
    {
        var state = new GrainState<Taste>();
        await _storage.ReadStateAsync("taste", Grain, state);
        return state;
    }

    private Task Write(GrainState<Taste> state) => _storage.WriteStateAsync("taste", Grain, state);

    private Task Clear(GrainState<Taste> state) => _storage.ClearStateAsync("taste", Grain, state);

    private sealed class Taste
    {
        public string Name { get; set; } = "nobody";

        public ImmutableArray<string> Films { get; set; }
    }

    private sealed record Record(ImmutableArray<int> Early, ImmutableArray<ImmutableArray<string>> Later, Record? Inner);

    private sealed class Required
    {
        public required string Must { get; init; }
    }
}
