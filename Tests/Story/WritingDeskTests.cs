using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Plot;
using Orleans.Story.StoryBench.Shows;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Story;

/// <summary>Slots and turns of the writers on paper.</summary>
public sealed class WritingDeskTests
{
    private readonly WritingDesk _desk = new(
        new PaperWriter { Slots = 1, TakesMs = _ => 1000 }, new ShowTime(), PaperFilm.Film, SessionId.New(DateTimeOffset.UnixEpoch), "en");

    private static Plan Plan(int option, long made = 1) => Planner.Make(new PlanInputs(
        PaperFilm.Film, Rules.Plot.Story.Untold, 0, option, 0, 480, 24, ["en"], null, 1) { Made = made });

    private static Wanted Want(int option, double likelihood, long made = 1, bool live = false) => new(Plan(option, made), StorySoFar.Nothing, likelihood, live);

    private Task Say(long nowMs, params Wanted[] wanted) => _desk.Want(wanted, nowMs, TestContext.Current.CancellationToken);

    [Fact]
    public async Task One_slot_takes_the_first_and_later_whoever_leads()
    {
        await Say(0, Want(0, 0.5), Want(1, 0.3), Want(2, 0.2));
        _desk.Finished(999).ShouldBeEmpty();
        _desk.NextMs.ShouldBe(1000);
        _desk.Finished(1000).ShouldHaveSingleItem().Plan.Option.ShouldBe(0);
        await Say(1000, Want(0, 0.1), Want(1, 0.2), Want(2, 0.7));
        _desk.Finished(2000).ShouldHaveSingleItem().Plan.Option.ShouldBe(2);
    }

    [Fact]
    public async Task What_nobody_wants_frees_its_slot_and_costs_what_was_written()
    {
        await Say(0, Want(0, 0.6), Want(1, 0.4));
        await Say(400, Want(1, 1, live: true));
        _desk.Jobs[0].Fate.ShouldBe(Fate.Cancelled);
        _desk.Jobs[0].TokensOut.ShouldBe(40);
        _desk.Jobs[1].Fate.ShouldBe(Fate.Running);
        _desk.NextMs.ShouldBe(1400);
        await Say(500);
        _desk.Jobs[1].TokensOut.ShouldBe(10);
        _desk.NextMs.ShouldBe(long.MaxValue);
    }

    [Fact]
    public async Task A_plan_made_again_is_written_again()
    {
        await Say(0, Want(0, 0.6), Want(1, 0.4));
        await Say(10, Want(0, 0.6, made: 2));
        _desk.Jobs.Select(job => job.Fate).ShouldBe([Fate.Cancelled, Fate.NeverBegun, Fate.Running]);
        _desk.Finished(1010).ShouldHaveSingleItem().Beat.ShouldNotBeNull().Made.ShouldBe(2);
    }

    [Fact]
    public async Task One_slot_in_four_is_kept_for_what_the_wall_waits_for()
    {
        var desk = new WritingDesk(new PaperWriter { Slots = 4 }, new ShowTime(), PaperFilm.Film, SessionId.New(DateTimeOffset.UnixEpoch), "en");
        await desk.Want([Want(0, 0.4), Want(1, 0.3), Want(2, 0.2), Want(3, 0.1)], 0, TestContext.Current.CancellationToken);
        desk.Jobs.Select(job => job.Fate).ShouldBe([Fate.Running, Fate.Running, Fate.Running, Fate.Waiting]);
        await desk.Want([Want(0, 0.4), Want(1, 0.3), Want(2, 0.2), Want(3, 0.1, live: true)], 1, TestContext.Current.CancellationToken);
        desk.Jobs[3].Fate.ShouldBe(Fate.Running);
    }

    [Fact]
    public async Task A_server_away_for_fifteen_seconds_loses_no_beat_and_five_failures_are_enough()
    {
        var writer = new PaperWriter { TakesMs = _ => 1000 };
        writer = new PaperWriter { TakesMs = _ => 1000, Throws = _ => writer.Orders.Count < 5, Orders = writer.Orders };
        var desk = new WritingDesk(writer, new ShowTime(), PaperFilm.Film, SessionId.New(DateTimeOffset.UnixEpoch), "en");
        await desk.Want([Want(0, 1)], 0, TestContext.Current.CancellationToken);
        // Four times nothing, with rests of 1, 2, 4 and 8 s, then a second of writing.
        desk.NextMs.ShouldBe(16_000);
        desk.Finished(16_000).ShouldHaveSingleItem().Beat.ShouldNotBeNull().Fallback.ShouldBe(Fallback.None);

        desk = new WritingDesk(new PaperWriter { Throws = _ => true }, new ShowTime(), PaperFilm.Film, SessionId.New(DateTimeOffset.UnixEpoch), "en");
        await desk.Want([Want(0, 1)], 0, TestContext.Current.CancellationToken);
        desk.NextMs.ShouldBe(15_000);
        desk.Jobs[0].Failures.ShouldBe(5);
        desk.Finished(15_000).ShouldHaveSingleItem().Beat.ShouldNotBeNull().Fallback.ShouldBe(Fallback.Failed);
    }
}
