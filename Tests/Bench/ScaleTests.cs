using FsCheck;
using FsCheck.Fluent;
using Orleans.Story.Bench.Scale;

namespace Orleans.Story.Tests.Bench;

/// <summary>What the simulation of scale must keep whatever it is asked.</summary>
public sealed class ScaleTests
{
    private static readonly Costs Costs = new();

    private static readonly Gen<Evening> Evenings =
        from halls in Gen.Choose(1, 30)
        from seats in Gen.Choose(1, 400)
        from silos in Gen.Choose(2, 9)
        from gateways in Gen.Choose(1, 9)
        from seed in Gen.Choose(0, int.MaxValue)
        select new Evening { Halls = halls, Seats = seats, Silos = silos, Gateways = gateways, Seconds = 30, Seed = (ulong)seed };

    private static Evening Few => new() { Halls = 20, Seats = 300, Silos = 4, Gateways = 3, Seconds = 300 };

    private static void Hold<T>(Gen<T> cases, Func<T, bool> property, int count) =>
        Prop.ForAll(Arb.From(cases), property).Check(Config.QuickThrowOnFailure.WithMaxTest(count).WithQuietOnSuccess(true));

    private static Cluster Placed(PlacementPolicy policy, Evening evening)
    {
        var cluster = new Cluster(policy, evening, 0.01, 0.01, new Dice(evening.Seed));
        cluster.Start(3);
        return cluster;
    }

    private static bool IsWhole(Cluster cluster, Evening evening) => Enumerable.Range(0, evening.Halls).All(hall =>
        cluster.IsUp(cluster.Sessions[hall]) && cluster.Shards(hall).Count == evening.Shards && cluster.Shards(hall).All(cluster.IsUp));

    [Theory]
    [InlineData(SpreadPolicy.Random)]
    [InlineData(SpreadPolicy.LeastConnections)]
    [InlineData(SpreadPolicy.ByHall)]
    internal void Every_phone_is_at_exactly_one_gateway(SpreadPolicy policy) => Hold(
        Evenings,
        evening =>
        {
            var spread = Spreading.Of(policy, evening, new Dice(evening.Seed));
            var halls = Enumerable.Range(0, evening.Halls).All(hall => Enumerable.Range(0, evening.Gateways).Sum(gateway => spread.Phones(hall, gateway)) == evening.Seats);
            var at = Enumerable.Range(0, evening.Gateways).Select(spread.At).ToArray();
            return halls && at.Sum() == evening.Phones
                && (policy != SpreadPolicy.LeastConnections || at.Max() - at.Min() <= 1)
                && (policy != SpreadPolicy.ByHall || Enumerable.Range(0, evening.Halls).All(hall => spread.Observers(hall) == 1));
        },
        200);

    [Theory]
    [InlineData(PlacementPolicy.ShardsAtRandom)]
    [InlineData(PlacementPolicy.ResourceOptimized)]
    [InlineData(PlacementPolicy.Random)]
    [InlineData(PlacementPolicy.HashBased)]
    internal void Every_grain_is_on_one_silo_that_is_there_also_after_a_loss_and_after_all_were_replaced(PlacementPolicy policy) => Hold(
        Evenings,
        evening =>
        {
            var cluster = Placed(policy, evening);
            if (!IsWhole(cluster, evening)) return false;
            var before = cluster.Sessions.ToArray();
            cluster.Lose(0);
            // Only what was lost moves.
            if (!IsWhole(cluster, evening) || !before.Zip(cluster.Sessions).All(pair => pair.First == 0 || pair.First == pair.Second)) return false;
            cluster = Placed(policy, evening);
            cluster.Roll();
            return IsWhole(cluster, evening);
        },
        200);

    [Fact]
    public void Random_placement_is_even_in_the_mean()
    {
        var evening = new Evening { Halls = 8_000, Seats = 1, Silos = 8, Gateways = 1 };
        var cluster = new Cluster(PlacementPolicy.Random, evening, 0, 0, new Dice(7));
        cluster.Start(100_000);
        var at = cluster.Sessions.CountBy(silo => silo).Select(silo => silo.Value).ToArray();
        // A thousand each, by a binomial of standard deviation 29.6: six of them are once in half a billion.
        at.ShouldAllBe(count => Math.Abs(count - 1_000) < 178);
    }

    [Theory]
    [InlineData(PlacementPolicy.ShardsAtRandom)]
    [InlineData(PlacementPolicy.ResourceOptimized)]
    [InlineData(PlacementPolicy.Random)]
    [InlineData(PlacementPolicy.HashBased)]
    internal void The_silo_that_was_replaced_last_is_empty_and_the_others_carry_its_share(PlacementPolicy policy)
    {
        var evening = new Evening { Halls = 400, Seats = 300, Silos = 4, Gateways = 1 };
        var cluster = Placed(policy, evening);
        cluster.Roll();
        cluster.Sessions.ShouldAllBe(silo => silo != 3);
        // Three carry what four did: a third more each, at the least.
        cluster.Sessions.CountBy(silo => silo).Max(silo => silo.Value).ShouldBeGreaterThanOrEqualTo(134);
    }

    [Fact]
    public void By_default_a_shard_stays_with_the_silo_that_calls_it_while_silos_are_alike()
    {
        var evening = new Evening { Halls = 400, Seats = 300, Silos = 8, Gateways = 1 };
        Placed(PlacementPolicy.ResourceOptimized, evening with { Protection = true }).Together.ShouldBeGreaterThan(0.9);
        // From gateways and by chance one in eight: a binomial of 400, standard deviation 1.65 %.
        Placed(PlacementPolicy.ResourceOptimized, evening).Together.ShouldBe(0.125, 0.1);
        Placed(PlacementPolicy.Random, evening with { Protection = true }).Together.ShouldBe(0.125, 0.1);
        Placed(PlacementPolicy.ShardsAtRandom, evening with { Protection = true }).Together.ShouldBe(0.125, 0.1);
    }

    [Fact]
    public void Fifty_shards_that_a_session_calls_at_once_are_spread_at_random_and_were_all_beside_it_by_default()
    {
        var festival = new Evening { Halls = 1, Seats = 100_000, Silos = 8, Gateways = 12 };
        festival.Shards.ShouldBe(50);
        Placed(PlacementPolicy.ResourceOptimized, festival with { Protection = true }).Together.ShouldBe(1);
        Placed(PlacementPolicy.ResourceOptimized, festival).Shards(0).CountBy(silo => silo).Max(silo => silo.Value).ShouldBeLessThan(20);
        // A silo with 20 of 50 at random, where 6.25 are due, is beyond five standard deviations.
        Placed(PlacementPolicy.ShardsAtRandom, festival with { Protection = true }).Shards(0).CountBy(silo => silo).Max(silo => silo.Value).ShouldBeLessThan(20);
    }

    [Fact]
    public void A_scenario_places_shards_at_random_and_one_writer_had_more_of_them_before()
    {
        var protective = new Evening { Halls = 1, Seats = 20_000, Silos = 8, Gateways = 12, Seconds = 60, StartSpread = 0, Protection = true };
        var now = new Scenario(protective, Costs, SpreadPolicy.Random, Mends.None);
        var before = new Scenario(protective, Costs, SpreadPolicy.Random, Mends.None, PlacementPolicy.ResourceOptimized);
        before.Playing.Commit.ShouldBeGreaterThan(now.Playing.Commit);
    }

    [Fact]
    public void The_same_seed_gives_the_same_numbers_and_another_gives_others()
    {
        static string Tell(ulong seed) => string.Join(';', new Scenario(Few with { Seed = seed }, Costs, SpreadPolicy.Random, Mends.None).Verdicts.Select(one => $"{one.What} {one.Wanted:R} {one.Has:R}"));
        Tell(5).ShouldBe(Tell(5));
        Tell(5).ShouldNotBe(Tell(6));
    }

    [Fact]
    public void A_round_has_96_ballots_a_hundred_seats_and_a_beat_its_stages()
    {
        // Long enough that what is cut off at the ends is nothing.
        var shows = Enumerable.Range(0, 200).Select(show => Rhythm.Of(500, 2_000, new Dice((ulong)show))).ToList();
        double Mean(Func<Rhythm, int, double> of) => shows.Average(show => Enumerable.Range(0, 2_000).Sum(second => of(show, second))) / 2_000;
        Mean((show, second) => show.Ballots(second)).ShouldBe(Rhythm.BallotsASeat / Rhythm.Cycle, 0.02 * Rhythm.BallotsASeat / Rhythm.Cycle);
        Mean((show, second) => show.Tallying(second)).ShouldBe(Rhythm.Counting / Rhythm.Cycle, 0.02 * Rhythm.Counting / Rhythm.Cycle);
        Mean((show, second) => show.Stages(second)).ShouldBe((Rhythm.Lines + Rhythm.OtherStages) / Rhythm.Cycle, 0.02 * (Rhythm.Lines + Rhythm.OtherStages) / Rhythm.Cycle);
    }

    [Fact]
    public void Four_times_the_halls_are_four_times_the_load()
    {
        // All of a hall at one gateway, so that each meets as many as before. What is left is chance, and a commit that takes longer.
        var mends = new Mends { ByHall = true };
        var few = new Playing(Few with { Halls = 50 }, Costs, SpreadPolicy.ByHall, mends);
        var many = new Playing(Few with { Halls = 200 }, Costs, SpreadPolicy.ByHall, mends);
        many.SiloCores.Mean.ShouldBe(4 * few.SiloCores.Mean, 0.05 * many.SiloCores.Mean);
        many.Ballots.Mean.ShouldBe(4 * few.Ballots.Mean, 0.05 * many.Ballots.Mean);
        many.Rows.Mean.ShouldBe(4 * few.Rows.Mean, 0.05 * many.Rows.Mean);
        many.Renewals.ShouldBe(4 * few.Renewals);
    }

    [Fact]
    public void Spread_over_more_gateways_a_hall_costs_more_messages_and_rows_and_no_more_ballots()
    {
        var together = new Playing(Few, Costs, SpreadPolicy.ByHall, Mends.None);
        var apart = new Playing(Few, Costs, SpreadPolicy.Random, Mends.None);
        apart.Ballots.ShouldBe(together.Ballots);
        apart.Pushes.Mean.ShouldBeGreaterThan(2.9 * together.Pushes.Mean);
        apart.Rows.Mean.ShouldBeGreaterThan(together.Rows.Mean);
    }

    [Fact]
    public void A_lone_ballot_waits_for_company_and_for_one_commit()
    {
        // One ballot a second: nobody else is ever there.
        var acks = Lanes.Play(1, 1, 3, gathers: false, new Dice(3), seconds: 300);
        acks.Ack.P50.ShouldBe(Limits.Gather + 3, 1e-9);
        acks.BallotsABatch.ShouldBe(1, 0.05);
    }

    [Fact]
    public void A_full_shard_takes_a_commit_of_each_gateway_in_turn_and_once_it_gathers_two_at_most()
    {
        const double Commit = 4;
        var now = Lanes.Play(5_000, 20, Commit, gathers: false, new Dice(4));
        // Every lane always has something: a batch waits for the nineteen others and itself, a ballot half a turn before that.
        now.RowsASecond.ShouldBe(1000 / Commit, 1);
        now.Ack.P50.ShouldBe(1.5 * 20 * Commit, 10);
        Lanes.Batches(5_000, 20, Commit, gathers: false).Rows.ShouldBe(1000 / Commit);
        var gathered = Lanes.Play(5_000, 20, Commit, gathers: true, new Dice(4));
        gathered.Ack.Most.ShouldBeLessThanOrEqualTo(Limits.Gather + (3 * Commit));
        gathered.Ack.P50.ShouldBeLessThan(Limits.Gather + (2 * Commit));
    }

    [Fact]
    public void Every_ballot_is_answered_once_and_none_before_its_commit() => Hold(
        from ballots in Gen.Choose(1, 300)
        from lanes in Gen.Choose(1, 12)
        from gathers in Gen.Elements(true, false)
        from seed in Gen.Choose(0, int.MaxValue)
        select (ballots, lanes, gathers, seed),
        one =>
        {
            var acks = Lanes.Play(one.ballots, one.lanes, 2, one.gathers, new Dice((ulong)one.seed), seconds: 1);
            return acks.Acknowledged == acks.Sent && (acks.Sent == 0 || (acks.BallotsABatch >= 1 && acks.Ack.P50 >= 2));
        },
        300);

    [Fact]
    public void A_commit_grows_with_its_rows_and_never_beyond_a_full_batch()
    {
        var empty = Commit.Transaction(Costs, 0);
        empty.ShouldBe((3 * 0.3) + 1 + 0.045, 1e-9);
        var most = Commit.MostRows(Costs);
        Commit.Transaction(Costs, most).ShouldBeLessThanOrEqualTo(1000 * Limits.BatchRows / most * 1.0001);
        Commit.Transaction(Costs, 10 * most).ShouldBe(1000 * Limits.BatchRows / most, 1e-6);
        Commit.Wait(Costs, 10 * most).ShouldBe(1.5 * Commit.Transaction(Costs, 10 * most), 1e-6);
    }

    [Fact]
    public void The_page_comes_back_as_it_says()
    {
        Reconnecting.Backoff(0, 0).ShouldBe(250);
        Reconnecting.Backoff(0, 1).ShouldBe(500);
        Reconnecting.Backoff(3, 1).ShouldBe(4000);
        Reconnecting.Backoff(40, 1).ShouldBe(8000);
    }

    [Fact]
    public void All_come_back_where_there_is_room_and_as_many_as_fit_where_there_is_not()
    {
        var roomy = Reconnecting.Play(new Evening { Halls = 1, Seats = 40_000, Silos = 2, Gateways = 5 }, Costs, 0.2, 5, new Dice(1));
        roomy.Phones.ShouldBe(8_000);
        roomy.Stranded.ShouldBe(0);
        roomy.Attempts.ShouldBeGreaterThan(8_000);
        // Four gateways with room for 1,000 more each, and 11,000 that look for it.
        var tight = Reconnecting.Play(new Evening { Halls = 1, Seats = 55_000, Silos = 2, Gateways = 5 }, Costs, 0.2, 5, new Dice(1));
        tight.Stranded.ShouldBe(11_000 - (4 * (Limits.Connections - 11_000)));
        // Noticed at once and idle: nobody waits longer than the first pause and the queue behind it.
        var quick = Reconnecting.Play(new Evening { Halls = 1, Seats = 400, Silos = 2, Gateways = 4 }, Costs, 0, 0, new Dice(1));
        quick.Attempts.ShouldBe(100);
        quick.Back.Most.ShouldBeLessThan(0.52);
    }

    [Fact]
    public void Joins_by_hand()
    {
        var festival = new Evening { Halls = 1, Seats = 60_000, Silos = 4, Gateways = 6, JoinMinutes = 10, JoinPeak = 2 };
        var joining = new Joining(festival, Costs, Mends.None);
        joining.Joins.ShouldBe(200);
        joining.Finds.ShouldBe(200);
        joining.FindsWithCache.ShouldBe(0.02, 1e-9);
        joining.ProfileCalls.ShouldBe(600);
        // Whoever was here before has a profile that says the same: one write less.
        var known = new Joining(festival with { NewPhones = 0 }, Costs, Mends.None);
        known.ProfileCalls.ShouldBe(400);
        known.Commits.ShouldBe(joining.Commits - 200, 1e-9);
        known.Commits.ShouldBe(joining.CommitsOfKnown, 1e-9);
        // A commit a seat, in the only turn there is.
        joining.MostAtSession.ShouldBeLessThan(1000 / Commit.Transaction(Costs, 0));
        new Joining(festival, Costs, Mends.All).MostAtSession.ShouldBeGreaterThan(10 * joining.MostAtSession);
    }

    [Fact]
    public void Models_by_hand()
    {
        var writing = new Writing(new Evening { Halls = 199, Seats = 1, Silos = 2, Gateways = 1 }, Costs) { Answer = 500, WritesASecond = 1000, Prompt = 2000, Fresh = 0.5, ReadsASecond = 10_000 };
        // A beat every 99.5 s, three written for one that is told, 0.5 s of writing and 0.1 s of reading each.
        writing.Told.ShouldBe(2);
        writing.Gpus(ahead: false).ShouldBe(1.2, 1e-9);
        writing.Gpus(ahead: true).ShouldBe(3.6, 1e-9);
    }

    [Fact]
    public void What_gives_out_is_said_scarcest_first_and_every_mend_of_a_machine_helps()
    {
        var now = new Scenario(Few, Costs, SpreadPolicy.Random, Mends.None);
        now.Verdicts.Zip(now.Verdicts.Skip(1)).ShouldAllBe(pair => pair.First.Headroom <= pair.Second.Headroom);
        var mended = new Scenario(Few, Costs, SpreadPolicy.Random, Mends.All);
        mended.AllCores.ShouldBeLessThan(now.AllCores);
        mended.AllOut.ShouldBeLessThan(now.AllOut);
        mended.Playing.Rows.P99.ShouldBeLessThan(now.Playing.Rows.P99);
        mended.Acks.Ack.P99.ShouldBeLessThanOrEqualTo(now.Acks.Ack.P99);
    }

    [Fact]
    public void Every_figure_says_where_it_is_from() =>
        Costs.All().ShouldAllBe(one => one.Figure.Value > 0 && one.Figure.Source.Length > 10);
}
