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

    private static Wanted Want(int option, int rank, long made = 1) => new(Plan(option, made), StorySoFar.Nothing, rank);

    private Task Say(long nowMs, params Wanted[] wanted) => _desk.Want(wanted, nowMs, TestContext.Current.CancellationToken);

    [Fact]
    public async Task One_slot_takes_the_first_and_later_whoever_leads()
    {
        await Say(0, Want(0, 0), Want(1, 1), Want(2, 2));
        _desk.Finished(999).ShouldBeEmpty();
        _desk.NextMs.ShouldBe(1000);
        _desk.Finished(1000).ShouldHaveSingleItem().Plan.Option.ShouldBe(0);
        await Say(1000, Want(0, 0), Want(1, -5), Want(2, -20));
        _desk.Finished(2000).ShouldHaveSingleItem().Plan.Option.ShouldBe(2);
    }

    [Fact]
    public async Task What_nobody_wants_frees_its_slot_and_costs_what_was_written()
    {
        await Say(0, Want(0, 0), Want(1, 1));
        await Say(400, Want(1, -1));
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
        await Say(0, Want(0, 0), Want(1, 1));
        await Say(10, Want(0, 0, made: 2));
        _desk.Jobs.Select(job => job.Fate).ShouldBe([Fate.Cancelled, Fate.NeverBegun, Fate.Running]);
        _desk.Finished(1010).ShouldHaveSingleItem().Beat.ShouldNotBeNull().Made.ShouldBe(2);
    }
}
