using System.Collections.Immutable;
using System.Globalization;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Voting;
using Orleans.Story.Tests.Grains.Support;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Grains;

/// <summary>
/// Whole shows on the real grains, and then nothing but the record and the slips the viewers kept: every slip stands in the
/// record with its choice, the ballots add up to the book, and the book to the winner, by a count that shares no line with
/// the product's.
/// </summary>
public sealed class RecordTests
{
    private const string Secret = "ffeeddccbbaa99887766554433221100";

    [Theory]
    [InlineData(VotingRule.Plurality, 2)]
    [InlineData(VotingRule.Approval, 1)]
    [InlineData(VotingRule.Ranked, 3)]
    [InlineData(VotingRule.Ranked, 0)]
    public async Task Every_receipt_stands_in_the_record_and_the_record_counts_up_to_its_winners(VotingRule rule, int protection)
    {
        await using var hall = await TestHall.OpenAsync();
        var terms = PaperShow.Terms(PaperFilm.Film, minutes: 3, rule: rule) with
        {
            Capacity = 5_000, Shards = 3, Protection = protection, Secret = Secret,
        };
        var session = (await hall.ScheduleAsync(terms)).Session;
        (await hall.Grains.Session(session).Rounds()).ShouldBeEmpty();
        var drawer = await Play(hall, session, new Random(7 + protection));
        drawer.Rounds.Count.ShouldBeGreaterThan(2);

        var published = await Publish(hall, session);
        published.Select(round => round.Choice.Round).ShouldBe(drawer.Rounds.Keys.Order());
        var (backs, sure) = (new Dictionary<int, int>(), 0);
        foreach (var round in published)
        {
            var slips = drawer.Rounds[round.Choice.Round];
            round.Rule.ShouldBe(rule);
            round.Ballots.Length.ShouldBe(slips.Standing.Count);
            round.Ballots.Select(ballot => ballot.Proof).ShouldBe(round.Ballots.Select(ballot => ballot.Proof).Order(StringComparer.Ordinal));
            var byProof = round.Ballots.ToDictionary(ballot => ballot.Proof, StringComparer.Ordinal);
            foreach (var (seat, slip) in slips.Standing)
            {
                byProof[slip.Proof].Choice.ShouldBe(slip.Choice, $"what the viewer in seat {seat} keeps");
                byProof[slip.Proof].Weight.ShouldBe(1 + Math.Min(protection, backs.GetValueOrDefault(seat)), $"the losing streak of seat {seat}");
            }

            slips.Replaced.ShouldNotBeEmpty();
            foreach (var proof in slips.Replaced) byProof.ShouldNotContainKey(proof);
            round.Book.Sum(line => line.Count).ShouldBe(round.Ballots.Length);
            foreach (var line in round.Book)
                round.Ballots.Count(ballot => ballot.Choice == line.Choice && ballot.Weight == line.Weight).ShouldBe(line.Count);

            var winners = SlowWinners(round);
            winners.ShouldContain(round.Choice.Winner);
            if (winners.Count == 1) sure++;
            foreach (var (seat, slip) in slips.Standing)
            {
                if (slip.Choice == "-") continue;
                backs[seat] = Backed(slip.Choice).Contains(round.Choice.Winner) ? 0 : backs.GetValueOrDefault(seat) + 1;
            }
        }

        sure.ShouldBeGreaterThan(0, "or every round was a tie, and the count proved nothing");
        if (protection > 0) published.SelectMany(round => round.Ballots).Max(ballot => ballot.Weight).ShouldBe(1 + protection);

        await hall.KillAsync();
        await using var after = await TestHall.OpenAsync(hall);
        var again = await Publish(after, session);
        System.Text.Json.JsonSerializer.Serialize(again).ShouldBe(System.Text.Json.JsonSerializer.Serialize(published), "a restart publishes the same");
    }

    [Fact]
    public async Task The_story_so_far_is_what_has_aired_and_what_was_decided()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync()).Session;
        (await hall.Grains.Session(session).Story()).ShouldBeEmpty();
        await hall.OperateAsync(session, OperatorAction.Start);
        var stage = await hall.UntilAsync(session, now => now.Beat is { Ordinal: 1, Lines.Length: > 0 }, "the second beat");
        var story = await hall.Grains.Session(session).Story();
        story.Select(beat => beat.Ordinal).ShouldBe([0, 1]);
        story[0].Choice!.Round.ShouldBe(0);
        story[1].Choice.ShouldBeNull();
        story[1].Lines.Select(line => line.Words.In("zh")).ShouldBe(stage.Beat!.Lines.Select(line => line.Words.In("zh")));
    }

    /// <summary>What the gateway makes of what the grains answer.</summary>
    private static async Task<List<PublishedRound>> Publish(TestHall hall, SessionId session)
    {
        var published = new List<PublishedRound>();
        foreach (var round in await hall.Grains.Session(session).Rounds())
        {
            var ballots = new List<CountedBallot>();
            for (var shard = 0; shard < 3; shard++) ballots.AddRange(await hall.Grains.Audience(new AudienceKey(session, shard)).Counted(round.Order));
            published.Add(Publishing.Of(round, ballots, Secret));
        }

        return published;
    }

    /// <summary>Plays to the end; in each round some of 150 seats vote, change their minds, abstain or stay away.</summary>
    private static async Task<Drawer> Play(TestHall hall, SessionId session, Random chance)
    {
        var drawer = new Drawer();
        var seats = Enumerable.Range(1, 5_000).OrderBy(_ => chance.Next()).Take(150).ToList();
        await hall.OperateAsync(session, OperatorAction.Start);
        while (true)
        {
            var stage = await hall.UntilAsync(
                session,
                now => now.Phase == SessionPhase.Ended || (now.Round is { State: RoundState.Open } open && !drawer.Rounds.ContainsKey(open.Round)),
                "the next round or the end");
            if (stage.Phase == SessionPhase.Ended) return drawer;
            var round = stage.Round!;
            var slips = drawer.Rounds[round.Round] = new Slips();
            foreach (var n in (int[])[1, 2])
            {
                var voters = seats.Where(_ => chance.NextDouble() < (n == 1 ? 0.9 : 0.3)).ToList();
                var ballots = voters.Select(seat => new Ballot(seat, n, Choose(round, chance))).ToList();
                foreach (var shard in ballots.GroupBy(ballot => Shards.Of(ballot.Seat, 3)))
                {
                    var batch = new BallotBatch(new RoundTerms(round.Round, round.Options.Length, round.Rule), [.. shard]);
                    foreach (var receipt in await hall.Grains.Audience(new AudienceKey(session, shard.Key)).Cast(batch)) slips.Keep(receipt);
                }
            }
        }
    }

    private static string Choose(StageRound round, Random chance)
    {
        var options = Enumerable.Range(0, round.Options.Length).OrderBy(_ => chance.Next()).ToList();
        var kept = options.Take(chance.Next(0, options.Count + 1)).ToList();
        if (round.Rule == VotingRule.Plurality) kept = [.. kept.Take(1)];
        return Ballots.Canonical(round.Rule, round.Options.Length, kept)!;
    }

    /// <summary>Who may have won: one option, or several where a tie had to be broken on the way.</summary>
    private static HashSet<int> SlowWinners(PublishedRound round)
    {
        var options = Enumerable.Range(0, round.Choice.Options.Length).ToImmutableList();
        return round.Rule == VotingRule.Ranked ? Runoff(options) : Level(options, option => Votes(ballot => Backed(ballot.Choice).Contains(option)));

        int Votes(Func<PublishedBallot, bool> supports) => round.Ballots.Where(supports).Sum(ballot => ballot.Weight);

        HashSet<int> Runoff(ImmutableList<int> still)
        {
            var votes = still.ToDictionary(option => option, option => Votes(ballot => Named(ballot.Choice).FirstOrDefault(still.Contains, -1) == option));
            if (still.Count == 2 || votes.Values.Max() * 2 > votes.Values.Sum()) return Level(still, option => votes[option]);
            var fewest = votes.Values.Min();
            return [.. still.Where(option => votes[option] == fewest).SelectMany(leaves => Runoff(still.Remove(leaves)))];
        }

        static HashSet<int> Level(ImmutableList<int> among, Func<int, int> votes) => [.. among.Where(option => votes(option) == among.Max(votes))];
    }

    private static List<int> Named(string choice) =>
        choice == "-" ? [] : [.. choice.Split('+', '>').Select(option => int.Parse(option, CultureInfo.InvariantCulture))];

    private static List<int> Backed(string choice) => choice.Contains('>', StringComparison.Ordinal) ? [Named(choice)[0]] : Named(choice);

    private sealed class Drawer
    {
        public Dictionary<int, Slips> Rounds { get; } = [];
    }

    /// <summary>The receipts of one round as its viewers' phones keep them.</summary>
    private sealed class Slips
    {
        public Dictionary<int, (string Proof, string Choice)> Standing { get; } = [];

        public List<string> Replaced { get; } = [];

        public void Keep(Receipt receipt)
        {
            receipt.Status.ShouldBe(ReceiptStatus.Counted);
            if (Standing.TryGetValue(receipt.Seat, out var before)) Replaced.Add(before.Proof);
            // The gateway adds the code to the receipt in the same way.
            Standing[receipt.Seat] = (Proofs.Of(Secret, receipt.Round, receipt.Seat, receipt.N, receipt.Choice), receipt.Choice);
        }
    }
}
