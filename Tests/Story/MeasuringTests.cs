using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Plot.Simulation;
using Orleans.Story.Rules.Scoring;
using Orleans.Story.StoryBench;
using Orleans.Story.StoryBench.Measuring;
using Orleans.Story.StoryBench.Shows;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Story;

/// <summary>What is counted, against a show whose mishaps are known.</summary>
public sealed class MeasuringTests
{
    private static async Task<PlayedShow> Play(PaperWriter writer, int patienceMs = 0, bool speculates = true) =>
        await new ShowPlayer(PaperFilm.Film, new ShowTerms(8, "en", PatienceMs: patienceMs, Speculates: speculates), _ => writer, new House("first", Audiences.First), 7)
            .Play(TestContext.Current.CancellationToken);

    [Fact]
    public async Task Fallbacks_repairs_checks_and_tokens_by_hand()
    {
        var show = await Play(new PaperWriter { Errs = plan => plan.Beat is 1 or 2, ErrsAgain = plan => plan.Beat == 2, Throws = plan => plan.Beat == 3 });
        var measures = StoryMeasuring.Of("paper", PaperFilm.Film, "en", [show], null);
        double beats = show.Beats.Length;
        double written = measures.Written;
        measures.Written.ShouldBe(1 + show.Beats.SkipLast(1).Sum(beat => beat.Beat.Options.Length));
        var (one, two, three) = (show.Beats[0].Beat.Options.Length, show.Beats[1].Beat.Options.Length, show.Beats[2].Beat.Options.Length);
        measures.Fallbacks.ShouldBe(2 / beats);
        measures.FallbackReasons.ShouldBe(new Dictionary<string, double> { [nameof(Fallback.Failed)] = 1 / beats, [nameof(Fallback.Refused)] = 1 / beats });
        measures.Repairs.ShouldBe((one + two) / written);
        measures.RepairsPassed.ShouldBe(one / (double)(one + two));
        measures.Findings.ShouldBe(new Dictionary<string, double> { ["place"] = 100 * (one + two) / written });
        // 100 tokens an attempt; repaired beats have two, beats that failed none.
        var tokens = 100 * (written + one + two - three);
        measures.TokensOut.ShouldBe(tokens / beats, 1e-9);
        // Heard: every told beat but those of two and three; the second with its repair.
        measures.Wasted.ShouldNotBeNull().ShouldBe(1 - (100 * (beats - 2 + 1) / tokens), 1e-9);
        measures.SpeculationHits.ShouldNotBeNull().ShouldBe((beats - 3) / (beats - 1), 1e-9);
        measures.DeadAirSeconds.ShouldBe(0);
        measures.Tension.ShouldBeNull();
        // A second a beat; the two that failed five times took rests of 1, 2, 4 and 8 s.
        (measures.WriteSeconds, measures.WriteSeconds95).ShouldBe((1, 15));
    }

    [Fact]
    public async Task Dead_air_is_counted_where_the_wall_waits()
    {
        var show = await Play(new PaperWriter { TakesMs = plan => plan.Beat == 0 ? 0 : 10_000 }, 10_000, speculates: false);
        var measures = StoryMeasuring.Of("paper", PaperFilm.Film, "en", [show, show], null);
        // Ten seconds from the verdict are six after the card of four, a quarter of a second of them the wall's own.
        measures.DeadAirSeconds.ShouldBe(5.75 * (show.Beats.Length - 1), 1e-9);
        measures.SpeculationHits.ShouldBe(0);
        measures.SelfBleuShows.ShouldNotBeNull().ShouldBe(1, 1e-9);
        measures.OnTime.ShouldBe(1);
    }

    [Fact]
    public async Task A_table_has_the_baselines_ratio_beside_every_other()
    {
        var measures = await new StoryRun(new StoryTerms(Shows: 2, Minutes: 8), [PaperFilm.Film]).Of(
            PaperFilm.Film, "en", [WriterSource.Storylets, new WriterSource("paper", _ => new PaperWriter { Errs = plan => plan.Beat == 1 })], TestContext.Current.CancellationToken);
        var rows = StoryTable.Of([measures[0], measures[1] with { Preference = new Preference(3, 1, 0, 1) }], one => one.Writer, measures[0]);
        rows.ShouldAllBe(row => row.Length == 4);
        rows[0].ShouldBe(["", "storylet", "paper", "× storylet"]);
        rows.Single(row => row[0] == "distinct-2")[3].ShouldBe("× 1.00");
        rows.Single(row => row[0] == "tokens out a told beat")[3].ShouldBe("–");
        rows.Single(row => row[0] == "preferred to the storylet %").ShouldBe(["preferred to the storylet %", "–", "88", "–"]);
        rows.ShouldContain(row => row[0] == "check place: of 100 failed" && row[1] == "0.0");
    }
}
