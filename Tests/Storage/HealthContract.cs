using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Storage.Journal;
using Orleans.Story.Storage.Writing;
using Orleans.Story.Tests.Storage.Support;

namespace Orleans.Story.Tests.Storage;

public sealed class SqliteHealthTests() : HealthContract(new SqliteDatabase());

public sealed class PostgresHealthTests() : HealthContract(PostgresDatabase.CreateOrSkip());

/// <summary>What an operator is told of the journal, and when it is well again.</summary>
public abstract class HealthContract : IDisposable
{
    private readonly TestDatabase _database;
    private readonly StoryStore _store;
    private readonly FaultyBackend _backend;
    private readonly IJournal _journal;

    private protected HealthContract(TestDatabase database)
    {
        _database = database;
        database.Options.ProbeEvery = TimeSpan.FromHours(1);
        _store = database.Open(out _backend);
        _journal = _store.Journal;
    }

    private JournalHealth Now => _store.Health.Now;

    public void Dispose()
    {
        _store.Dispose();
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_journal_that_writes_is_well_and_says_how_it_writes()
    {
        Now.ShouldBe(new JournalHealth(JournalState.Well, null, null, _database.Time.Now.ToUnixTimeMilliseconds(), 0, 0, 0));
        await _journal.Append("s", 0, 3);
        (Now.State, Now.BatchSize).ShouldBe((JournalState.Well, 3));
        _database.Log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_outage_is_one_state_with_a_sentence_in_both_languages_and_one_line_whatever_is_tried()
    {
        var since = _database.Time.Now.ToUnixTimeMilliseconds();
        _backend.Fail(CommitFault.Lost);
        _backend.RefuseOpens = _database.Options.ReconnectAttempts + 20;
        await _journal.Append("s", 0).Failure();
        for (var tries = 0; tries < 10; tries++)
        {
            _database.Time.Now += TimeSpan.FromSeconds(1);
            (await _journal.Append("s", 0).Failure()).ShouldBe(JournalFailure.NotWritten);
        }

        (Now.State, Now.Kind, Now.SinceMs).ShouldBe((JournalState.Failing, JournalTrouble.Unreachable, since));
        Now.Sentence!.In("en").ShouldContain(_backend.Place);
        Now.Sentence.In("zh").ShouldContain(_backend.Place);
        Now.Sentence.In("zh").ShouldNotBe(Now.Sentence.In("en"));
        _database.Log.Lines.ShouldHaveSingleItem().Level.ShouldBe(LogLevel.Error);
    }

    [Fact]
    public async Task The_first_write_that_succeeds_makes_it_well_and_says_for_how_long_it_was_not()
    {
        _backend.Fail(CommitFault.Lost);
        _backend.RefuseOpens = _database.Options.ReconnectAttempts;
        await _journal.Append("s", 0).Failure();
        _database.Time.Now += TimeSpan.FromSeconds(7);
        await _journal.Append("s", 0);
        (Now.State, Now.Kind, Now.Sentence, Now.SinceMs).ShouldBe((JournalState.Well, null, null, _database.Time.Now.ToUnixTimeMilliseconds()));
        _database.Log.Lines.Count.ShouldBe(2);
        _database.Log.Lines.Last().ShouldSatisfyAllConditions(
            last => last.Level.ShouldBe(LogLevel.Warning), last => last.Line.ShouldContain("well again after 7.0 s"));
    }

    [Fact]
    public async Task With_nobody_voting_the_writer_finds_out_by_itself()
    {
        _store.Dispose();
        _database.Options.ProbeEvery = TimeSpan.FromMilliseconds(5);
        using var store = _database.Open(out var backend);
        backend.Fail(CommitFault.Lost);
        backend.RefuseOpens = _database.Options.ReconnectAttempts + 3;
        await store.Journal.Append("s", 0).Failure();
        store.Health.Now.State.ShouldBe(JournalState.Failing);
        await Eventually(() => store.Health.Now.State == JournalState.Well, "the journal to be well again");
        backend.RefuseOpens.ShouldBeLessThan(0, "three tries found nobody, the fourth did");
        (await store.Journal.All("s")).ShouldBeEmpty("a try of its own is no event");
    }

    [Fact]
    public async Task A_full_queue_is_busy_until_it_has_not_been_full_for_a_while()
    {
        _store.Dispose();
        _database.Options.QueueCapacity = 1;
        using var store = _database.Open(out var backend);
        backend.Hold();
        var first = store.Journal.Append("a", 0);
        await backend.HeldAsync();
        var second = store.Journal.Append("b", 0);
        (await store.Journal.Append("c", 0)).Status.ShouldBe(AppendStatus.Busy);
        (store.Health.Now.State, store.Health.Now.Kind, store.Health.Now.QueueDepth).ShouldBe((JournalState.Busy, null, 1));
        store.Health.Now.Sentence.ShouldNotBeNull().In("zh").ShouldContain(backend.Place);
        backend.Release();
        await Task.WhenAll(first, second);
        _database.Time.Now += TimeSpan.FromSeconds(4);
        store.Health.Now.State.ShouldBe(JournalState.Well);
        _database.Log.Lines.ShouldBeEmpty("busy is nobody's fault");
    }

    [Fact]
    public async Task A_commit_that_hangs_is_busy_while_it_does()
    {
        _backend.Hold();
        var append = _journal.Append("a", 0);
        await _backend.HeldAsync();
        _database.Time.Step = TimeSpan.FromSeconds(2);
        Now.State.ShouldBe(JournalState.Busy);
        _database.Time.Step = TimeSpan.Zero;
        _backend.Release();
        await append;
        Now.State.ShouldBe(JournalState.Well);
    }

    [Fact]
    public async Task One_request_that_was_wrong_is_no_trouble_of_the_journals()
    {
        (await _store.Writer.WriteAsync(write => write.Execute("insert into nowhere values (1)"), CancellationToken.None).Failure()).ShouldBe(JournalFailure.NotWritten);
        Now.State.ShouldBe(JournalState.Well);
    }

    [Fact]
    public async Task A_journal_that_nobody_writes_to_learns_that_its_database_is_gone_by_asking()
    {
        TakeAway();
        Now.State.ShouldBe(JournalState.Well, "nobody wrote");
        var asked = await Asked();
        (asked.State, asked.Kind, asked.SinceMs).ShouldBe((JournalState.Failing, JournalTrouble.Unreachable, _database.Time.Now.ToUnixTimeMilliseconds()));
        asked.Sentence!.In("en").ShouldContain(_backend.Place);
        asked.Sentence.In("zh").ShouldNotBe(asked.Sentence.In("en"));
        await Eventually(() => Now is { State: JournalState.Failing, Kind: JournalTrouble.Unreachable }, "the writer to have found out by a write of its own");
        (_backend.RefuseOpens, _backend.RefuseReaders) = (0, 0);
        await _journal.Append("s", 0);
        (await Asked()).State.ShouldBe(JournalState.Well);
        (await _journal.All("s")).Count.ShouldBe(1, "a try of its own is no event");
    }

    [Fact]
    public async Task A_failing_journal_is_a_figure_too()
    {
        MeasuredAsFailing().ShouldBe(0);
        TakeAway();
        await Asked();
        await Eventually(() => MeasuredAsFailing() == 1, "the figure to say it");
    }

    [Fact]
    public async Task However_often_it_is_asked_the_database_is_read_once_a_second()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Asked()));
        await Asked();
        _backend.Readers.ShouldBe(1);
        _database.Time.Step = TimeSpan.FromSeconds(2);
        (await Asked()).State.ShouldBe(JournalState.Well);
        _backend.Readers.ShouldBe(2);
    }

    [Fact]
    public async Task A_commit_is_an_answer_too()
    {
        await _journal.Append("s", 0);
        (await Asked()).State.ShouldBe(JournalState.Well);
        _backend.Readers.ShouldBe(0);
    }

    [Fact]
    public async Task A_connection_that_broke_long_ago_is_no_outage()
    {
        _backend.RefuseReaders = 1;
        (await Asked()).State.ShouldBe(JournalState.Well);
        _backend.Readers.ShouldBe(2);
    }

    [Fact]
    public async Task A_database_that_says_nothing_is_waited_for_a_second_and_by_one_reader()
    {
        var forever = new TaskCompletionSource();
        _backend.ReadersWaitFor = forever.Task;
        // Each look is later than an answer stands.
        _database.Time.Step = TimeSpan.FromSeconds(2);
        for (var asks = 0; asks < 2; asks++)
        {
            var asked = await Asked();
            (asked.State, asked.Kind).ShouldBe((JournalState.Failing, JournalTrouble.Unreachable));
        }

        _backend.Readers.ShouldBe(1);
        forever.SetResult();
        await Eventually(() => Asked().GetAwaiter().GetResult().State == JournalState.Well, "the database to have answered");
    }

    /// <summary>Before, during and after COMMIT: what the caller hears, what is on disk, what the operator sees.</summary>
    [Theory]
    [InlineData(CommitFault.Lost, false, AppendStatus.Appended)]
    [InlineData(CommitFault.AnswerLost, false, AppendStatus.Appended)]
    [InlineData(CommitFault.Lost, true, null)]
    [InlineData(CommitFault.AnswerLost, true, null)]
    public async Task A_failed_commit_is_told_rightly_and_seen(CommitFault fault, bool stays, AppendStatus? answer)
    {
        _backend.Fail(fault);
        if (stays) _backend.RefuseOpens = _database.Options.ReconnectAttempts;
        var append = _journal.Append("s", 0);
        if (answer is { } expected) (await append).Status.ShouldBe(expected);
        else (await append.Failure()).ShouldBe(JournalFailure.Unknown);
        Now.State.ShouldBe(stays ? JournalState.Failing : JournalState.Well);
        (await _journal.All("s")).Count.ShouldBe(fault == CommitFault.Lost && stays ? 0 : 1);
    }

    [Fact]
    public async Task Whoever_is_about_to_give_up_learns_that_it_answers_again_before_the_writer_does()
    {
        TakeAway();
        (await Asked()).State.ShouldBe(JournalState.Failing);
        (await Answers()).ShouldBeFalse();
        // Readers come through again; the writer has not tried yet.
        _backend.RefuseReaders = 0;
        (await Answers()).ShouldBeTrue();
    }

    /// <summary>The database is gone, and nobody notices by himself.</summary>
    private void TakeAway()
    {
        _backend.Fail(CommitFault.Lost);
        (_backend.RefuseOpens, _backend.RefuseReaders) = (1_000_000, 1_000_000);
    }

    private Task<JournalHealth> Asked() => _store.Health.AskAsync().WaitAsync(TimeSpan.FromSeconds(30));

    private Task<bool> Answers() => _store.Health.AnswersAsync().WaitAsync(TimeSpan.FromSeconds(30));

    private int MeasuredAsFailing()
    {
        var measured = -1;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == "story.storage.failing" && instrument.Meter.Tags!.Any(tag => Equals(tag.Value, _backend.Place))) listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => measured = Math.Max(measured, value));
        listener.Start();
        listener.RecordObservableInstruments();
        return measured;
    }

    private static async Task Eventually(Func<bool> there, string what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!there())
        {
            if (patience.IsCancellationRequested) throw new TimeoutException($"Waited 60 s for {what}.");
            // Looks again soon; what it waits for decides, not how long it slept.
            await Task.Delay(2);
        }
    }
}
