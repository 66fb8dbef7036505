using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Voting;
using Orleans.Story.Tests.Grains.Support;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Grains;

public sealed class AudienceTests
{
    private static readonly RoundTerms Terms = new(0, 3, VotingRule.Plurality);
    private static readonly RoundOrder Plain = new(0, 0, []);

    [Fact]
    public async Task Receipts_survive_the_shard_and_repeats_change_nothing()
    {
        await using var hall = await TestHall.OpenAsync();
        var key = new AudienceKey(SessionId.New(hall.Clock.GetUtcNow()), 0);
        var first = await hall.Grains.Audience(key).Cast(new BallotBatch(Terms, [new Ballot(1, 1, "0"), new Ballot(2, 1, "1")]));
        var changed = await hall.Grains.Audience(key).Cast(new BallotBatch(Terms, [new Ballot(1, 2, "2"), new Ballot(2, 1, "1")]));
        changed.Select(receipt => (receipt.Status, receipt.N, receipt.Choice, receipt.Version))
            .ShouldBe([(ReceiptStatus.Counted, 2, "2", 2L), (ReceiptStatus.Counted, 1, "1", 1L)]);
        first[1].ShouldBe(changed[1]);

        await using var after = await TestHall.OpenAsync(await Down(hall));
        var again = await after.Grains.Audience(key).Cast(new BallotBatch(Terms, [new Ballot(1, 2, "2"), new Ballot(2, 1, "0")]));
        again[0].ShouldBe(changed[0]);
        again[1].ShouldBe(changed[1] with { Status = ReceiptStatus.Stale });
        var book = await after.Grains.Audience(key).Seal(Plain);
        book.Lines.ShouldBe([new BookLine("1", 1, 1), new BookLine("2", 1, 1)]);
        var same = await after.Grains.Audience(key).Seal(Plain);
        (same.Version, same.Lines.Length).ShouldBe((book.Version, 2));
    }

    [Fact]
    public async Task A_busy_journal_acknowledges_nothing()
    {
        FaultyJournal? faulty = null;
        await using var hall = await TestHall.OpenAsync(journal: inner => faulty = new FaultyJournal(inner));
        var key = new AudienceKey(SessionId.New(hall.Clock.GetUtcNow()), 0);
        faulty!.IsBusy = _ => true;
        var busy = await hall.Grains.Audience(key).Cast(new BallotBatch(Terms, [new Ballot(1, 1, "0")]));
        busy[0].ShouldBe(new Receipt(ReceiptStatus.Busy, 0, 1, 0, "", 0, 0));
        faulty.IsBusy = _ => false;
        (await hall.Grains.Audience(key).Standing(0, 1)).N.ShouldBe(0);
    }

    [Fact]
    public async Task When_the_answer_is_lost_the_same_ballot_may_be_sent_again_and_counts_once()
    {
        FaultyJournal? faulty = null;
        await using var hall = await TestHall.OpenAsync(journal: inner => faulty = new FaultyJournal(inner));
        var key = new AudienceKey(SessionId.New(hall.Clock.GetUtcNow()), 0);
        faulty!.LosesAnswer = _ => true;
        var batch = new BallotBatch(Terms, [new Ballot(1, 1, "0")]);
        await Should.ThrowAsync<Exception>(() => hall.Grains.Audience(key).Cast(batch));
        faulty.LosesAnswer = _ => false;
        (await hall.Grains.Audience(key).Cast(batch))[0].ShouldBe(new Receipt(ReceiptStatus.Counted, 0, 1, 1, "0", 0, 1));
        (await hall.Grains.Audience(key).Seal(Plain)).Lines.ShouldBe([new BookLine("0", 1, 1)]);
    }

    [Fact]
    public async Task Five_shards_are_sealed_into_one_verdict()
    {
        await using var hall = await TestHall.OpenAsync();
        var terms = PaperShow.Terms(PaperFilm.Film, minutes: 3) with { Capacity = 10_000, Shards = 5 };
        var session = (await hall.ScheduleAsync(terms)).Session;
        await hall.OperateAsync(session, OperatorAction.Start);
        var open = (await hall.UntilOpenAsync(session, 0)).Round!;
        foreach (var seat in Enumerable.Range(1, 50))
        {
            var shard = Shards.Of(seat, 5);
            var batch = new BallotBatch(new RoundTerms(0, open.Options.Length, open.Rule), [new Ballot(seat, 1, seat <= 30 ? "2" : "1")]);
            (await hall.Grains.Audience(new AudienceKey(session, shard)).Cast(batch))[0].Status.ShouldBe(ReceiptStatus.Counted);
        }

        var decided = await hall.UntilAsync(session, stage => stage.Round is { State: RoundState.Decided }, "the verdict");
        decided.Round!.Decision!.Counts.ShouldBe([0, 20, 30]);
    }

    private static async Task<TestHall> Down(TestHall hall)
    {
        await hall.KillAsync();
        return hall;
    }
}
