using FsCheck;
using FsCheck.Fluent;
using Orleans.Story.Storage.Journal;
using Orleans.Story.Storage.Writing;
using Orleans.Story.Tests.Storage.Support;

namespace Orleans.Story.Tests.Storage;

public sealed class SqliteWriterTests() : WriterContract(new SqliteDatabase());

public sealed class PostgresWriterTests() : WriterContract(PostgresDatabase.CreateOrSkip());

/// <summary>Batching, bounds, cancellation and closing: what the one writer does with what waits.</summary>
public abstract class WriterContract : IDisposable
{
    private readonly TestDatabase _database;

    private protected WriterContract(TestDatabase database) => _database = database;

    public void Dispose()
    {
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Nobody_hears_or_sees_anything_before_commit()
    {
        using var store = _database.Open(out var backend);
        backend.Hold();
        var append = store.Journal.Append("s", 0);
        await backend.HeldAsync();

        append.IsCompleted.ShouldBeFalse();
        (await store.Journal.All("s")).ShouldBeEmpty("a reader neither waits for the writer nor sees what is not committed");

        backend.Release();
        (await append).Status.ShouldBe(AppendStatus.Appended);
    }

    [Fact]
    public async Task What_waits_goes_into_one_transaction()
    {
        using var store = _database.Open(out var backend);
        var waiting = await WhileHeld(store, backend, () => Enumerable.Range(0, 20).Select(n => store.Journal.Append($"s/{n}", 0)));
        (await Task.WhenAll(waiting)).ShouldAllBe(result => result.Status == AppendStatus.Appended);
        backend.Commits.ShouldBe(2);
    }

    [Fact]
    public async Task A_transaction_has_at_most_its_number_of_events()
    {
        _database.Options.BatchEvents = 4;
        using var store = _database.Open(out var backend);
        var waiting = await WhileHeld(store, backend, () => Enumerable.Range(0, 6).Select(n => store.Journal.Append($"s/{n}", 0, count: 3)));
        await Task.WhenAll(waiting);
        backend.Commits.ShouldBe(1 + 6, "two appends of three events do not fit into four");
    }

    [Fact]
    public async Task A_transaction_has_at_most_its_bytes()
    {
        _database.Options.BatchBytes = 1000;
        using var store = _database.Open(out var backend);
        var waiting = await WhileHeld(store, backend, () => Enumerable.Range(0, 4).Select(n => Large(store, $"s/{n}", 500)));
        await Task.WhenAll(waiting);
        backend.Commits.ShouldBe(1 + 2);
    }

    [Fact]
    public async Task A_transaction_gathers_for_its_time_at_most()
    {
        using var store = _database.Open(out var backend);
        _database.Time.Step = TimeSpan.FromMilliseconds(0.5);
        var waiting = await WhileHeld(store, backend, () => Enumerable.Range(0, 6).Select(n => store.Journal.Append($"s/{n}", 0)));
        await Task.WhenAll(waiting);
        backend.Commits.ShouldBe(1 + 2, "2 ms are over at the fourth look");
    }

    [Fact]
    public async Task A_full_queue_answers_busy_at_once_and_writes_nothing_of_it()
    {
        _database.Options.QueueCapacity = 2;
        using var store = _database.Open(out var backend);
        ValueTask<AppendResult> refused = default;
        ValueTask<bool> unseated = default;
        var waiting = await WhileHeld(store, backend, () =>
        {
            Task<AppendResult>[] fitting = [store.Journal.Append("a", 0), store.Journal.Append("b", 0)];
            refused = store.Journal.AppendAsync("c", 7, Journals.Entries(1));
            unseated = store.Seats.TakeAsync(Guid.NewGuid(), 1, Guid.NewGuid());
            refused.IsCompleted.ShouldBeTrue();
            return fitting;
        });

        (await refused).ShouldBe(new AppendResult(AppendStatus.Busy, 7));
        (await unseated.AsTask().Failure()).ShouldBe(JournalFailure.Busy);
        (await Task.WhenAll(waiting)).ShouldAllBe(result => result.Status == AppendStatus.Appended);
        (await store.Journal.All("c")).ShouldBeEmpty();
        (await store.Journal.Append("c", 0)).Status.ShouldBe(AppendStatus.Appended);
    }

    [Fact]
    public async Task A_queue_full_of_bytes_answers_busy_too_and_takes_again_later()
    {
        _database.Options.QueueBytes = 1000;
        using var store = _database.Open(out var backend);
        var waiting = await WhileHeld(store, backend, () => (Task<AppendResult>[])[Large(store, "a", 600), Large(store, "b", 600)]);
        (await waiting[0]).Status.ShouldBe(AppendStatus.Appended);
        (await waiting[1]).Status.ShouldBe(AppendStatus.Busy);
        // The room is given back just after the answer.
        AppendResult alone;
        do alone = await Large(store, "alone it is always taken", 1500);
        while (alone.Status == AppendStatus.Busy);
        alone.Status.ShouldBe(AppendStatus.Appended);
    }

    [Fact]
    public async Task A_body_is_copied_before_the_call_returns()
    {
        using var store = _database.Open(out var backend);
        var buffer = "[1]"u8.ToArray();
        var waiting = await WhileHeld(store, backend, () =>
        {
            Task<AppendResult>[] append = [store.Journal.AppendAsync("s", 0, [new JournalEntry("Happened", 1, buffer)]).Soon()];
            buffer.AsSpan().Fill((byte)'x');
            return append;
        });
        await waiting[0];
        (await store.Journal.All("s"))[0].Text().ShouldBe("[1]");
    }

    [Fact]
    public async Task A_cancelled_caller_stops_waiting_but_what_the_writer_has_taken_is_written()
    {
        using var store = _database.Open(out var backend);
        using var taken = new CancellationTokenSource();
        using var queued = new CancellationTokenSource();
        backend.Hold();
        var first = store.Journal.AppendAsync("taken", 0, Journals.Entries(1), taken.Token);
        await backend.HeldAsync();
        var second = store.Journal.AppendAsync("queued", 0, Journals.Entries(1), queued.Token);
        await taken.CancelAsync();
        await queued.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(first.AsTask());
        await Should.ThrowAsync<OperationCanceledException>(second.AsTask());
        backend.Release();
        await store.Journal.Append("after", 0);
        (await store.Journal.All("taken")).Count.ShouldBe(1);
        (await store.Journal.All("queued")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Closing_writes_what_waits_and_takes_nothing_more()
    {
        var store = _database.Open(out var backend);
        backend.Hold();
        var first = store.Journal.Append("first", 0);
        await backend.HeldAsync();
        var waiting = Enumerable.Range(0, 50).Select(n => store.Journal.Append($"s/{n}", 0)).ToList();
        var closing = Task.Run(store.Dispose);
        backend.Release();
        await closing;

        (await Task.WhenAll([first, .. waiting])).ShouldAllBe(result => result.Status == AppendStatus.Appended);
        await Should.ThrowAsync<ObjectDisposedException>(async () => await store.Journal.AppendAsync("late", 0, Journals.Entries(1)));
        using var again = _database.Open();
        (await again.Journal.ListAsync("s/")).Count.ShouldBe(50);
    }

    /// <summary>
    /// Any appends to a few streams, right and wrong ones, all in one transaction: each is judged against those before it,
    /// as a dictionary would judge them.
    /// </summary>
    [Fact]
    public void Appends_in_one_transaction_see_each_other()
    {
        var appends = ArbMap.Default.ArbFor<int>().Generator
            .Select(n => (Stream: Math.Abs(n % 3), Error: Math.Abs(n / 3 % 4) == 3 ? 1 : 0, Count: 1 + Math.Abs(n / 12 % 3)))
            .ArrayOf();
        using var store = _database.Open(out var backend);
        var run = 0;
        Prop.ForAll(appends.ToArbitrary(), commands =>
        {
            var prefix = $"run{run++}/";
            var model = new Dictionary<string, long>(StringComparer.Ordinal);
            var expected = new List<AppendResult>();
            var answers = WhileHeld(store, backend, () =>
            {
                var tasks = new List<Task<AppendResult>>();
                foreach (var (number, error, count) in commands)
                {
                    var stream = $"{prefix}{number}";
                    var version = model.GetValueOrDefault(stream);
                    tasks.Add(store.Journal.Append(stream, version + error, count));
                    if (error == 0)
                        model[stream] = version + count;
                    expected.Add(new AppendResult(error == 0 ? AppendStatus.Appended : AppendStatus.Conflict, error == 0 ? version + count : version));
                }

                return tasks;
            }).GetAwaiter().GetResult();

            Task.WhenAll(answers).GetAwaiter().GetResult().ShouldBe(expected);
            store.Journal.ListAsync(prefix).Soon().GetAwaiter().GetResult().ToDictionary(stream => stream.Stream, stream => stream.Version)
                .ShouldBe(model, ignoreOrder: true);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40).WithQuietOnSuccess(true));
    }

    private static Task<AppendResult> Large(StoryStore store, string stream, int bytes) =>
        store.Journal.AppendAsync(stream, 0, [new JournalEntry("Large", 1, new byte[bytes])]).Soon();

    /// <summary>Queues requests while the writer stands before the commit of another one, so that they wait together.</summary>
    private static async Task<List<Task<T>>> WhileHeld<T>(StoryStore store, FaultyBackend backend, Func<IEnumerable<Task<T>>> queue)
    {
        backend.Hold();
        var first = store.Journal.Append($"first/{Guid.NewGuid():N}", 0);
        await backend.HeldAsync();
        var waiting = queue().ToList();
        backend.Release();
        await first;
        return waiting;
    }
}
