using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Journal;
using Orleans.Story.Rules.Voting;
using Orleans.Story.Storage.Journal;
using Orleans.Story.Tests.Grains.Support;

namespace Orleans.Story.Tests.Grains;

/// <summary>A journal that fails before, during and after COMMIT, as the grains meet it.</summary>
public sealed class JournalFaultTests
{
    private static readonly RoundTerms Terms = new(0, 3, VotingRule.Plurality);

    [Fact]
    public async Task Before_the_commit_everyone_is_told_busy_nothing_changed_and_nothing_is_read_again()
    {
        FaultyJournal? faulty = null;
        await using var hall = await TestHall.OpenAsync(journal: inner => faulty = new FaultyJournal(inner));
        var audience = hall.Grains.Audience(new AudienceKey(SessionId.New(hall.Clock.GetUtcNow()), 0));
        var first = await audience.Cast(new BallotBatch(Terms, [new Ballot(1, 1, "0")]));
        var loads = faulty!.Loads;

        faulty.WritesNothing = _ => true;
        for (var tries = 0; tries < 5; tries++)
        {
            var told = await audience.Cast(new BallotBatch(Terms, [new Ballot(1, 2, "1"), new Ballot(2, 1, "2")]));
            told.ShouldAllBe(receipt => receipt.Status == ReceiptStatus.Busy);
            (await audience.Standing(0, 1)).ShouldBe(first[0], "nothing is acknowledged early");
            (await audience.Standing(0, 2)).N.ShouldBe(0);
        }

        faulty.Loads.ShouldBe(loads, "a full disk in a full hall must not read a whole stream for each batch");
        faulty.WritesNothing = _ => false;
        var taken = await audience.Cast(new BallotBatch(Terms, [new Ballot(1, 2, "1"), new Ballot(2, 1, "2")]));
        taken.Select(receipt => (receipt.Status, receipt.N, receipt.Choice)).ShouldBe([(ReceiptStatus.Counted, 2, "1"), (ReceiptStatus.Counted, 1, "2")]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task During_or_after_the_commit_the_next_try_finds_what_is_true(bool written)
    {
        FaultyJournal? faulty = null;
        await using var hall = await TestHall.OpenAsync(journal: inner => faulty = new FaultyJournal(inner));
        var audience = hall.Grains.Audience(new AudienceKey(SessionId.New(hall.Clock.GetUtcNow()), 0));
        await audience.Cast(new BallotBatch(Terms, [new Ballot(1, 1, "0")]));

        if (written) faulty!.LosesAnswer = _ => true;
        else faulty!.LosesCommit = _ => true;
        await Should.ThrowAsync<Exception>(() => audience.Cast(new BallotBatch(Terms, [new Ballot(1, 2, "1")])));
        (faulty.LosesAnswer, faulty.LosesCommit) = (_ => false, _ => false);

        (await audience.Standing(0, 1)).ShouldSatisfyAllConditions(
            standing => standing.N.ShouldBe(written ? 2 : 1), standing => standing.Choice.ShouldBe(written ? "1" : "0"));
        var again = (await audience.Cast(new BallotBatch(Terms, [new Ballot(1, 2, "1")])))[0];
        (again.Status, again.N, again.Choice, again.Version).ShouldBe((ReceiptStatus.Counted, 2, "1", 2L), "once, whichever it was");
    }

    [Fact]
    public async Task A_seat_that_comes_back_is_told_what_another_activation_has_acknowledged()
    {
        FaultyJournal? shared = null;
        await using var hall = await TestHall.OpenAsync(journal: inner => shared = new FaultyJournal(inner) { IsShared = true });
        var key = new AudienceKey(SessionId.New(hall.Clock.GetUtcNow()), 0);
        var audience = hall.Grains.Audience(key);
        await audience.Cast(new BallotBatch(Terms, [new Ballot(1, 1, "0")]));

        // Silos have lost each other: this shard is active on the other side too, and took a newer ballot there.
        var row = EventCodecs.Audience.Write(new BallotsCast(0, [new Ballot(1, 2, "1")]));
        (await shared!.AppendAsync(key.Stream, 1, [new JournalEntry(row.Type, row.Format, row.Body)])).Status.ShouldBe(AppendStatus.Appended);
        var told = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => audience.Standing(0, 1)));
        told.ShouldAllBe(standing => standing.N == 2 && standing.Choice == "1");

        shared.ReadsNothing = true;
        (await audience.Standing(0, 1)).N.ShouldBe(2, "a database that is away keeps nobody from what is known");
        (await audience.Cast(new BallotBatch(Terms, [new Ballot(1, 3, "2")])))[0].Version.ShouldBe(3);
    }

    [Fact]
    public async Task A_show_whose_journal_fails_waits_and_goes_on_by_itself()
    {
        FaultyJournal? faulty = null;
        await using var hall = await TestHall.OpenAsync(journal: inner => faulty = new FaultyJournal(inner));
        var session = (await hall.ScheduleAsync()).Session;
        await hall.OperateAsync(session, OperatorAction.Start);
        var open = (await hall.UntilOpenAsync(session, 0)).Round!;
        await hall.Grains.Audience(new AudienceKey(session, 0)).Cast(TestHall.Ballots(open, 1, 0, 1, 1));

        faulty!.WritesNothing = _ => true;
        hall.Clock.Advance(TimeSpan.FromMilliseconds(open.DeadlineMs - hall.Clock.NowMs + 3_000));
        var held = (await hall.Grains.Session(session).Look())!;
        held.Stage.Round!.Decision.ShouldBeNull("a verdict that is not on disk is none");
        held.Health.Journal.ShouldNotBeNull().State.ShouldBe(JournalState.Well, "the fault lies above the real journal here");

        faulty.WritesNothing = _ => false;
        var decided = await hall.UntilAsync(session, stage => stage.Round?.Decision is not null, "the verdict");
        decided.Round!.Decision!.Counts.ShouldBe([1, 2, 0]);
    }
}
