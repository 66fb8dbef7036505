using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Voting;

namespace Orleans.Story.Tests.Rules.Voting;

public sealed class StreakTests
{
    private static readonly string[] Choices = ["0", "1", "2", "0+1", "1+2", "2>0", "0>1>2", "-"];

    /// <summary>An evening: for each round what seats 1 to 5 cast (null: nothing), and who won (-1: no decision).</summary>
    private sealed record Night(IReadOnlyList<(string?[] Ballots, int Winner)> Rounds, int Cap);

    private static Gen<Night> Nights { get; } =
        from rounds in Gen.Zip(Gen.OneOf(Gen.Elements(Choices).Select(choice => (string?)choice), Gen.Constant<string?>(null)).ArrayOf(5), Gen.Choose(-1, 2)).ListOf()
        from cap in Gen.Choose(0, 3)
        select new Night([.. rounds.Select(round => (round.Item1, round.Item2))], cap);

    [Fact]
    public void Weights_follow_from_ballots_and_winners_as_a_slow_reading_says() => Properties.Hold(Nights, night =>
    {
        var weights = Streaks.Weights(Told(night), Order(night));
        return Enumerable.Range(1, 5).All(seat => weights.GetValueOrDefault(seat, 1) == SlowWeight(night, seat) && weights.GetValueOrDefault(seat) != 1);
    });

    [Fact]
    public void No_ballot_carries_more_than_the_cap_allows_and_none_less_than_one_vote() => Properties.Hold(
        Nights, night => Streaks.Weights(Told(night), Order(night)).Values.All(weight => weight >= 2 && weight <= 1 + night.Cap));

    [Fact]
    public void The_sealed_book_is_what_the_counted_ballots_add_up_to() => Properties.Hold(Nights.Where(night => night.Rounds.Count > 0), night =>
    {
        var last = night.Rounds.Count - 1;
        var order = Order(night with { Rounds = [.. night.Rounds.Take(last)] });
        var shard = Told(night);
        var seal = shard.Seal(order)!;
        var closed = shard.Evolve(seal, shard.Version + 1);
        var again = closed.Counted(order).GroupBy(ballot => (ballot.Choice, ballot.Weight))
            .Select(same => new BookLine(same.Key.Choice, same.Key.Weight, same.Count()))
            .OrderBy(line => line.Choice, StringComparer.Ordinal).ThenBy(line => line.Weight);
        return seal.Book.SequenceEqual(again) && closed.Round(last).Book(last, ImmutableDictionary<int, int>.Empty).Lines.SequenceEqual(seal.Book)
            && shard.Counted(order).IsEmpty;
    });

    private static AudienceShard Told(Night night)
    {
        var shard = AudienceShard.Empty;
        for (var round = 0; round < night.Rounds.Count; round++)
        {
            ImmutableArray<Ballot> cast =
            [
                .. night.Rounds[round].Ballots.Select((choice, i) => (choice, seat: i + 1)).Where(one => one.choice is not null)
                    .Select(one => new Ballot(one.seat, 1, one.choice!)),
            ];
            if (!cast.IsEmpty) shard = shard.Evolve(new BallotsCast(round, cast), shard.Version + 1);
        }

        return shard;
    }

    private static RoundOrder Order(Night night) => new(night.Rounds.Count, night.Cap, [.. night.Rounds.Select(round => round.Winner)]);

    /// <summary>Walks back from the newest round until this seat last got what it wanted.</summary>
    private static int SlowWeight(Night night, int seat)
    {
        var lost = 0;
        for (var round = night.Rounds.Count - 1; round >= 0; round--)
        {
            var (ballots, winner) = night.Rounds[round];
            if (winner < 0 || ballots[seat - 1] is not { } choice || choice == "-") continue;
            var wanted = choice.Contains('>', StringComparison.Ordinal) ? choice[..1] : choice;
            if (wanted.Contains((char)('0' + winner), StringComparison.Ordinal)) break;
            lost++;
        }

        return 1 + Math.Min(lost, night.Cap);
    }
}
