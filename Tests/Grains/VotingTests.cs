using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules;
using Orleans.Story.Rules.Voting;
using Orleans.Story.Tests.Grains.Support;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Grains;

/// <summary>Rounds by every rule on real grains, and a full house through lost answers and a dead process.</summary>
public sealed class VotingTests
{
    [Fact]
    public async Task Ten_thousand_seats_count_once_each_through_lost_answers_repeats_and_a_kill()
    {
        const int seats = 10_000;
        const int shards = 5;
        FaultyJournal? faulty = null;
        await using var before = await TestHall.OpenAsync(journal: inner => faulty = new FaultyJournal(inner));
        var terms = PaperShow.Terms(PaperFilm.Film, minutes: 3) with { Capacity = seats, Shards = shards };
        var session = (await before.ScheduleAsync(terms)).Session;
        await before.OperateAsync(session, OperatorAction.Start);
        var open = (await before.UntilOpenAsync(session, 0)).Round!;
        var asked = 0;
        faulty!.LosesAnswer = stream => stream.StartsWith("audience/", StringComparison.Ordinal) && Interlocked.Increment(ref asked) % 7 == 0;

        await Vote(before, session, open, [.. Enumerable.Range(1, seats / 2)], n: 1);
        await before.KillAsync();

        await using var after = await TestHall.OpenAsync(before);
        var again = (await after.Grains.Session(session).Look())!.Stage.Round!;
        await Vote(after, session, again, [.. Enumerable.Range(1, seats)], n: 1);
        await Vote(after, session, again, [.. Enumerable.Range(1, seats).Where(seat => seat % 5 == 0)], n: 2);
        var decided = await after.UntilAsync(session, stage => stage.Round is { State: RoundState.Decided }, "the verdict");

        var own = Enumerable.Range(1, seats).CountBy(seat => Choice(seat, seat % 5 == 0 ? 2 : 1, open.Options.Length)).ToDictionary();
        decided.Round!.Decision!.Counts.ShouldBe(Enumerable.Range(0, open.Options.Length).Select(option => own.GetValueOrDefault(option)));
        decided.Round.Decision.Voters.ShouldBe(seats);
    }

    [Fact]
    public async Task Whoever_was_outvoted_counts_for_more_up_to_the_cap_in_the_tally_and_in_the_verdict_through_a_restart()
    {
        await using var before = await TestHall.OpenAsync();
        var terms = PaperShow.Terms(PaperFilm.Film, minutes: 3) with { Protection = 1 };
        var session = (await before.ScheduleAsync(terms)).Session;
        await before.OperateAsync(session, OperatorAction.Start);
        // Seats 1 to 3 want the first option, 4 and 5 the second. The two lose; next time they weigh double, and it tips.
        foreach (var round in Enumerable.Range(0, 2))
        {
            var asked = (await before.UntilOpenAsync(session, round)).Round!;
            await Cast(before, session, asked, "0", "0", "0", "1", "1");
            var told = (await before.UntilAsync(session, now => now.Round?.Decision is not null, "the verdict")).Round!.Decision!;
            told.Winner.ShouldBe(round);
            told.Protected.ShouldBe(round == 0 ? null : new Protected(2, 2, 0));
        }

        await before.KillAsync();
        await using var after = await TestHall.OpenAsync(before);
        var open = (await after.UntilOpenAsync(session, 2)).Round!;
        await Cast(after, session, open, "0", "-", "0", "1", "1");
        // Shards report at most ten times a second, and one has just told its empty book.
        after.Clock.Advance(TimeSpan.FromMilliseconds(100));
        await after.UntilTallyAsync(session, tally => tally.Voters == 5);
        (await after.Grains.Session(session).Look())!.Tally!.Counts.Take(2).ShouldBe([4, 2], "now the three were outvoted");
        var decision = (await after.UntilAsync(session, now => now.Round?.Decision is not null, "the verdict")).Round!.Decision!;
        decision.Winner.ShouldBe(0);
        (decision.Voters, decision.Abstained).ShouldBe((5, 1));
        decision.Counts.Take(2).ShouldBe([4, 2]);
        decision.Protected.ShouldBe(new Protected(2, 2, Otherwise: decision.Protected!.Otherwise));
    }

    [Fact]
    public async Task A_ranked_round_hides_its_count_and_shows_its_run_off()
    {
        await using var hall = await TestHall.OpenAsync();
        var terms = PaperShow.Terms(PaperFilm.Film, minutes: 3, rule: VotingRule.Ranked) with { HideTally = true };
        var session = (await hall.ScheduleAsync(terms)).Session;
        await hall.OperateAsync(session, OperatorAction.Start);
        var open = (await hall.UntilOpenAsync(session, 0)).Round!;
        open.Options.Length.ShouldBe(3);
        await Cast(hall, session, open, "0", "0", "0", "1>2", "1>2", "2>1");
        await hall.UntilTallyAsync(session, tally => tally.Voters == 6);
        (await hall.Grains.Session(session).Look())!.Tally!.Counts.ShouldBeEmpty();
        var decision = (await hall.UntilAsync(session, now => now.Round?.Decision is not null, "the verdict")).Round!.Decision!;
        decision.Counts.ShouldBe([3, 2, 1]);
        decision.Runoff.Select(count => count.Out).ShouldBe([2, null]);
        decision.Runoff[1].Counts.ShouldBe([3, 3, 0]);
        decision.Tied.ShouldBe([0, 1]);
    }

    private static async Task Cast(TestHall hall, SessionId session, StageRound round, params string[] choices)
    {
        var batch = new BallotBatch(
            new RoundTerms(round.Round, round.Options.Length, round.Rule), [.. choices.Select((choice, i) => new Ballot(i + 1, round.Round + 1, choice))]);
        (await hall.Grains.Audience(new AudienceKey(session, 0)).Cast(batch)).ShouldAllBe(receipt => receipt.Status == ReceiptStatus.Counted);
    }

    /// <summary>Every seat votes until it has its receipt; batches of mixed seats, and each batch twice now and then.</summary>
    private static async Task Vote(TestHall hall, SessionId session, StageRound round, int[] seats, int n)
    {
        var terms = new RoundTerms(round.Round, round.Options.Length, round.Rule);
        foreach (var shard in seats.GroupBy(seat => Shards.Of(seat, 5)))
        {
            var audience = hall.Grains.Audience(new AudienceKey(session, shard.Key));
            foreach (var some in shard.Chunk(400))
            {
                var batch = new BallotBatch(terms, [.. some.Select(seat => new Ballot(seat, n, Spell(Choice(seat, n, terms.Options))))]);
                var receipts = await UntilAnswered(audience, batch);
                receipts.ShouldAllBe(receipt => receipt.Status == ReceiptStatus.Counted);
                if (some[0] % 3 == 0) (await UntilAnswered(audience, batch)).ShouldBe(receipts);
            }
        }
    }

    private static async Task<ImmutableArray<Receipt>> UntilAnswered(IAudienceGrain audience, BallotBatch batch)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await audience.Cast(batch);
            }
            catch (Exception lost) when (lost is not ShouldAssertException && attempt < 10)
            {
                // The answer got lost: the same ballots again are harmless.
            }
        }
    }

    private static int Choice(int seat, int n, int options) => Seeds.Below(Seeds.For(seat, n), options);

    private static string Spell(int choice) => choice.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
