using Orleans.Story.Storage.Journal;
using Orleans.Story.Storage.Writing;
using Orleans.Story.Tests.Storage.Support;

namespace Orleans.Story.Tests.Storage;

public sealed class SqliteFailureTests() : FailureContract(new SqliteDatabase());

public sealed class PostgresFailureTests() : FailureContract(PostgresDatabase.CreateOrSkip());

/// <summary>Commits that fail, answers that are lost, databases that cannot be reached.</summary>
public abstract class FailureContract : IDisposable
{
    private readonly TestDatabase _database;
    private readonly StoryStore _store;
    private readonly FaultyBackend _backend;
    private readonly IJournal _journal;

    private protected FailureContract(TestDatabase database)
    {
        _database = database;
        _store = database.Open(out _backend);
        _journal = _store.Journal;
    }

    public void Dispose()
    {
        _store.Dispose();
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_is_found_and_not_repeated()
    {
        await _journal.Append("s", 0, 2);
        _backend.Fail(CommitFault.AnswerLost);
        (await _journal.Append("s", 2, 2)).ShouldBe(new AppendResult(AppendStatus.Appended, 4));
        (await _journal.All("s")).Count.ShouldBe(4);
        _backend.Commits.ShouldBe(2);
    }

    [Fact]
    public async Task A_lost_commit_is_tried_once_more()
    {
        _backend.Fail(CommitFault.Lost);
        (await _journal.Append("s", 0, 2)).ShouldBe(new AppendResult(AppendStatus.Appended, 2));
        (await _journal.All("s")).Count.ShouldBe(2);
        _backend.Commits.ShouldBe(2);
    }

    [Fact]
    public async Task A_commit_lost_twice_is_said_not_to_be_written()
    {
        _backend.Fail(CommitFault.Lost, CommitFault.Lost);
        (await _journal.Append("s", 0).Failure()).ShouldBe(JournalFailure.NotWritten);
        (await _journal.All("s")).ShouldBeEmpty();
        (await _journal.Append("s", 0)).ShouldBe(new AppendResult(AppendStatus.Appended, 1));
    }

    [Fact]
    public async Task A_commit_that_cannot_be_looked_up_is_said_to_be_unknown()
    {
        _backend.Fail(CommitFault.AnswerLost);
        _backend.RefuseOpens = _database.Options.ReconnectAttempts;
        (await _journal.Append("s", 0).Failure()).ShouldBe(JournalFailure.Unknown);

        (await _journal.All("s")).Count.ShouldBe(1, "it was written; only the answer is missing");
        (await _journal.Append("s", 0)).ShouldBe(new AppendResult(AppendStatus.Conflict, 1), "which is what a caller finds who re-reads");
    }

    [Fact]
    public async Task Reconnecting_pauses_longer_each_time_and_succeeds_at_last()
    {
        _backend.Fail(CommitFault.AnswerLost);
        _backend.RefuseOpens = 3;
        (await _journal.Append("s", 0)).Status.ShouldBe(AppendStatus.Appended);
        _backend.Pauses.Select(pause => pause.TotalMilliseconds).ShouldBe([50, 100, 200]);
    }

    [Fact]
    public async Task An_outage_is_heard_of_at_once_by_those_who_come_later()
    {
        _backend.Fail(CommitFault.Lost);
        _backend.RefuseOpens = _database.Options.ReconnectAttempts + 1;
        (await _journal.Append("s", 0).Failure()).ShouldBe(JournalFailure.Unknown);
        var opens = _backend.Opens;
        (await _journal.Append("s", 0).Failure()).ShouldBe(JournalFailure.NotWritten);
        _backend.Opens.ShouldBe(opens + 1);
        (await _journal.Append("s", 0)).Status.ShouldBe(AppendStatus.Appended);
    }

    /// <summary>Every answer of a transaction stands or falls with it, conflicts and refusals too.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_whole_batch_is_answered_rightly_after_a_failed_commit(bool committed)
    {
        var session = Guid.NewGuid();
        _backend.Hold();
        var first = _journal.Append("first", 0);
        await _backend.HeldAsync();
        var append = _journal.Append("t", 0, 2);
        var loser = _journal.Append("t", 0);
        var seat = _store.Seats.TakeAsync(session, 2, Guid.NewGuid()).Soon();
        var taken = _store.Seats.TakeAsync(session, 2, Guid.NewGuid()).Soon();
        _backend.FailAfterThis(committed ? CommitFault.AnswerLost : CommitFault.Lost);
        _backend.Release();
        await first;

        (await append).Status.ShouldBe(AppendStatus.Appended);
        (await loser).ShouldBe(new AppendResult(AppendStatus.Conflict, 2));
        (await seat).ShouldBeTrue();
        (await taken).ShouldBeFalse();
        (await _journal.All("t")).Count.ShouldBe(2);
        (await _store.Seats.ReadAsync(session)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_transaction_of_tables_only_is_recognised_too(bool committed)
    {
        var (session, viewer) = (Guid.NewGuid(), Guid.NewGuid());
        await _store.Seats.TakeAsync(session, 1, Guid.NewGuid()).Soon();
        _backend.Fail(committed ? CommitFault.AnswerLost : CommitFault.Lost);
        (await _store.Seats.TakeAsync(session, 2, viewer).Soon()).ShouldBeTrue();
        (await _store.Seats.ReadAsync(session)).Count.ShouldBe(2);
        _backend.Commits.ShouldBe(committed ? 2 : 3);
    }

    [Fact]
    public async Task One_request_that_spoils_a_transaction_fails_alone()
    {
        _backend.Hold();
        var first = _journal.Append("first", 0);
        await _backend.HeldAsync();
        var before = _journal.Append("s", 0);
        var spoiler = _store.Writer.WriteAsync(write => write.Execute("insert into nowhere values (1)"), CancellationToken.None);
        var after = _journal.Append("s", 1);
        _backend.Release();
        await first;

        (await spoiler.Failure()).ShouldBe(JournalFailure.NotWritten);
        (await before).Status.ShouldBe(AppendStatus.Appended);
        (await after).ShouldBe(new AppendResult(AppendStatus.Appended, 2));
    }

    [Fact]
    public async Task Conflicts_alone_need_no_commit()
    {
        await _journal.Append("s", 0);
        await _journal.Append("s", 5);
        _backend.Commits.ShouldBe(1);
    }
}
