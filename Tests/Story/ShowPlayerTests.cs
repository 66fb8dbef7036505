using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Inference.Writers;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot.Simulation;
using Orleans.Story.StoryBench.Shows;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Story;

/// <summary>Shows with writers who take time, by the rules of a hall.</summary>
public sealed class ShowPlayerTests
{
    private static readonly ShowTerms Terms = new(8, "en");
    private static readonly House House = new("first", Audiences.First);

    private static Task<PlayedShow> Play(IBeatWriter writer, ShowTerms? terms = null, long seed = 7, Film? film = null) =>
        new ShowPlayer(film ?? PaperFilm.Film, terms ?? Terms, _ => writer, House, seed).Play(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(99)]
    public async Task With_storylets_it_tells_what_a_rehearsal_on_paper_tells(long seed)
    {
        for (var number = 0; number < 4; number++)
        {
            var house = Houses.Of(PaperFilm.Film, number, seed);
            var told = Rehearsals.Tell(PaperFilm.Film, new RehearsalTerms(8 * 60, Languages: ["en"]), house.Audience, seed);
            var played = await new ShowPlayer(PaperFilm.Film, Terms, _ => new StoryletWriter(), house, seed).Play(TestContext.Current.CancellationToken);
            played.Beats.Select(beat => beat.Beat.Storylet).ShouldBe(told.Storylets);
            played.LateSeconds.ShouldBe(told.Late, 1e-9);
            played.Unpaid.ShouldBe(told.Unpaid);
            played.Opened.ShouldBe(told.Opened);
            played.Beats.ShouldAllBe(beat => beat.Hit && beat.DeadMs == 0 && beat.Beat.Fallback == Fallback.None);
        }
    }

    [Fact]
    public async Task A_film_with_a_lobby_question_begins_and_ends_too() =>
        (await Play(new StoryletWriter(), film: PaperFilm.Warm)).Beats[^1].Beat.Ends.ShouldBeTrue();

    [Fact]
    public async Task A_writer_in_time_tells_the_show_and_what_another_way_would_have_told_is_unused()
    {
        var show = await Play(new PaperWriter());
        show.Beats.ShouldAllBe(beat => beat.Beat.Writer == "paper" && beat.Hit);
        show.Jobs.Count(job => job.Fate == Fate.Told).ShouldBe(show.Beats.Length);
        show.Jobs.Count(job => job.Fate == Fate.Unused).ShouldBe(show.Beats.SkipLast(1).Sum(beat => beat.Beat.Options.Length - 1));
        show.Jobs.ShouldAllBe(job => job.Fate == Fate.Told || job.Fate == Fate.Unused);
        show.Jobs.ShouldAllBe(job => job.TokensIn == 1000 && job.TokensOut == 100 && job.TookMs == 1000);
    }

    [Fact]
    public async Task A_writer_who_is_never_in_time_is_replaced_by_storylets_and_no_air_is_dead()
    {
        var show = await Play(new PaperWriter { TakesMs = plan => plan.Beat == 0 ? 1000 : 900_000 });
        show.Beats[0].Beat.Fallback.ShouldBe(Fallback.None);
        show.Beats.Skip(1).ShouldAllBe(beat => beat.Beat.Fallback == Fallback.Late && !beat.Hit && beat.DeadMs == 0);
        show.Jobs.Skip(1).ShouldAllBe(job => job.Fate == Fate.Cancelled && job.TokensOut < 100);
    }

    [Fact]
    public async Task A_patient_wall_waits_in_dead_air_instead()
    {
        // One slot, 50 s each, no speculation: a beat is begun at the verdict and comes 46 s after the card of 4 s; a quarter of a second is a wall's own.
        var show = await Play(new PaperWriter { Slots = 1, TakesMs = _ => 50_000 }, Terms with { Speculates = false, PatienceMs = 60_000 });
        show.Beats.Skip(1).ShouldAllBe(beat => beat.Beat.Fallback == Fallback.None && !beat.Hit && beat.DeadMs == 45_750);
        var impatient = await Play(new PaperWriter { Slots = 1, TakesMs = _ => 50_000 }, Terms with { Speculates = false, PatienceMs = 10_000 });
        impatient.Beats.Skip(1).ShouldAllBe(beat => beat.Beat.Fallback == Fallback.Late && beat.DeadMs == 9_750);
    }

    [Fact]
    public async Task With_one_slot_the_first_option_is_written_first_and_the_last_may_be_late()
    {
        // About a minute lies between a beat being known and its round's verdict: one of two is written, the other begun.
        var writer = new PaperWriter { Slots = 1, TakesMs = plan => plan.Beat == 0 ? 1000 : 35_000 };
        var first = await new ShowPlayer(PaperFilm.Film, Terms, _ => writer, new House("first", Audiences.First), 7).Play(TestContext.Current.CancellationToken);
        first.Beats.Skip(1).ShouldAllBe(beat => beat.Hit);
        var last = await new ShowPlayer(PaperFilm.Film, Terms, _ => new PaperWriter { Slots = 1, TakesMs = writer.TakesMs }, new House("last", Audiences.Last), 7)
            .Play(TestContext.Current.CancellationToken);
        last.Beats.Skip(1).ShouldContain(beat => beat.Beat.Fallback == Fallback.Late);
    }

    [Fact]
    public async Task What_the_checks_refuse_is_repaired_once_and_then_a_storylet_tells_it()
    {
        var writer = new PaperWriter { Errs = plan => plan.Beat > 0, ErrsAgain = plan => plan.Beat == 2 };
        var show = await Play(writer);
        foreach (var job in show.Jobs)
        {
            job.Repaired.ShouldBe(job.Plan.Beat > 0);
            job.Findings.ShouldBe(job.Plan.Beat > 0 ? ["place"] : []);
            job.StillFound.ShouldBe(job.Plan.Beat == 2 ? ["place"] : []);
            job.TookMs.ShouldBe(job.Plan.Beat > 0 ? 2000 : 1000);
            job.TokensOut.ShouldBe(job.Plan.Beat > 0 ? 200 : 100);
        }

        show.Beats.ShouldAllBe(beat => beat.Beat.Fallback == (beat.Plan.Beat == 2 ? Fallback.Refused : Fallback.None));
        var repair = writer.Orders.First(order => order.Repair is not null);
        repair.Repair!.Draft.Place.ShouldBe("nowhere");
        repair.Repair.Findings.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_writer_who_fails_is_replaced_and_what_he_said_is_kept()
    {
        var show = await Play(new PaperWriter { Throws = plan => plan.Beat == 1 });
        show.Beats[1].Beat.Fallback.ShouldBe(Fallback.Failed);
        show.Jobs.Where(job => job.Plan.Beat == 1).ShouldAllBe(job => job.Failure == "Nothing came of it.");
    }

    [Fact]
    public async Task A_writer_is_told_what_was_told_and_chosen()
    {
        var writer = new PaperWriter();
        var show = await Play(writer);
        foreach (var order in writer.Orders)
        {
            var past = order.Past.ShouldNotBeNull().Beats;
            past.Length.ShouldBe(order.Plan.Beat);
            if (order.Plan.Beat > 0) past[^1].Chosen.ShouldBe(show.Beats[order.Plan.Beat - 1].Beat.Options[order.Plan.Option].Label);
        }
    }
}
