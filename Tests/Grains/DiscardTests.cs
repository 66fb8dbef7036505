using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Tests.Grains.Support;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Grains;

/// <summary>Of a rehearsal nothing is left in the database, and of a show everything is.</summary>
public sealed class DiscardTests
{
    private static SessionTerms Show => PaperShow.Terms(PaperFilm.Film, minutes: 3) with { Secret = new string('a', 32) };

    [Fact]
    public async Task A_rehearsal_that_ended_leaves_no_row_and_a_show_beside_it_is_untouched()
    {
        await using var hall = await TestHall.OpenAsync();
        var show = await PlayedAsync(hall, Show);
        var rehearsal = await PlayedAsync(hall, Show with { Rehearsal = true });
        Traces.Of(hall.Folder, rehearsal).Count.ShouldBeGreaterThan(10, "or there was nothing to remove");
        var before = Traces.Of(hall.Folder, show).Where(row => !row.StartsWith("grain_state", StringComparison.Ordinal)).ToList();

        (await hall.Grains.Session(rehearsal).Discard()).Refusal.ShouldBeNull();
        await hall.Grains.Hall().Withdraw(rehearsal);

        Traces.Of(hall.Folder, rehearsal).ShouldBeEmpty();
        Traces.Of(hall.Folder, show).Where(row => !row.StartsWith("grain_state", StringComparison.Ordinal)).ShouldBe(before);
        (await hall.Grains.Hall().Sessions()).ShouldHaveSingleItem().Session.ShouldBe(show);
        (await hall.Grains.Session(rehearsal).Look()).ShouldBeNull();
        (await hall.Grains.Session(rehearsal).Recording()).ShouldBeNull();
        (await hall.Grains.Session(rehearsal).Discard()).Refusal.ShouldBeNull("asking again is harmless");
    }

    [Fact]
    public async Task A_rehearsal_that_still_runs_is_ended_and_removed_and_stragglers_write_nothing()
    {
        await using var hall = await TestHall.OpenAsync();
        var rehearsal = await VotingAsync(hall, Show with { Rehearsal = true });
        var shard = hall.Grains.Audience(new AudienceKey(rehearsal, 0));
        var terms = new RoundTerms(0, 2, VotingRule.Plurality);
        (await shard.Cast(new BallotBatch(terms, [new Ballot(1, 5, "0")])))[0].Status.ShouldBe(ReceiptStatus.Counted);

        (await hall.Grains.Session(rehearsal).Discard()).Refusal.ShouldBeNull();
        await hall.Grains.Hall().Withdraw(rehearsal);
        (await shard.Cast(new BallotBatch(terms, [new Ballot(2, 1, "1")])))[0].Status.ShouldBe(ReceiptStatus.Busy);
        (await hall.Grains.Session(rehearsal).Join(ViewerId.New(), null)).Refusal.ShouldNotBeNull();

        Traces.Of(hall.Folder, rehearsal).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_rehearsal_whose_process_died_is_removed_by_the_next()
    {
        await using var hall = await TestHall.OpenAsync();
        var rehearsal = await VotingAsync(hall, Show with { Rehearsal = true });
        await hall.KillAsync();

        await using var after = await TestHall.OpenAsync(hall);
        (await after.Grains.Hall().Sessions()).ShouldHaveSingleItem().Rehearsal.ShouldBeTrue();
        (await after.Grains.Session(rehearsal).Discard()).Refusal.ShouldBeNull();
        await after.Grains.Hall().Withdraw(rehearsal);
        Traces.Of(after.Folder, rehearsal).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_show_is_never_removed()
    {
        await using var hall = await TestHall.OpenAsync();
        var show = await PlayedAsync(hall, Show);
        var before = Traces.Of(hall.Folder, show);
        (await hall.Grains.Session(show).Discard()).Refusal!.Code.ShouldBe("not-rehearsal");
        await hall.Grains.Hall().Withdraw(show);
        Traces.Of(hall.Folder, show).ShouldBe(before);
        (await hall.Grains.Hall().Sessions()).ShouldHaveSingleItem().Session.ShouldBe(show);
    }

    private static async Task<SessionId> VotingAsync(TestHall hall, SessionTerms terms)
    {
        var session = (await hall.ScheduleAsync(terms)).Session;
        for (var viewer = 0; viewer < 3; viewer++) (await hall.Grains.Session(session).Join(ViewerId.New(), null)).Refusal.ShouldBeNull();
        await hall.OperateAsync(session, OperatorAction.Start);
        var open = await hall.UntilOpenAsync(session, 0);
        await hall.Grains.Audience(new AudienceKey(session, 0)).Cast(TestHall.Ballots(open.Round!, 1, 0, 1, 0));
        return session;
    }

    private static async Task<SessionId> PlayedAsync(TestHall hall, SessionTerms terms)
    {
        var session = await VotingAsync(hall, terms);
        await hall.UntilAsync(session, stage => stage.Phase == SessionPhase.Ended, "the end");
        return session;
    }
}
