using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Rules.Sessions;

/// <summary>A rehearsal goes on with what its writer has just saved.</summary>
public sealed class ReloadTests
{
    private static readonly Film Newer = FilmReader.Read(
        PaperFilm.Sources.Select(source => source with { Content = source.Content.Replace("Rain on the one window", "Snow on the one window", StringComparison.Ordinal) })).Film!;

    [Fact]
    public void What_is_on_the_wall_stays_and_what_comes_is_planned_anew()
    {
        var show = Playing(rehearsal: true);
        var onWall = show.State.Current!;
        show.State.Prepared.ShouldNotBeEmpty();
        show.Do(SessionRules.Reload(show.State, Newer, show.NowMs));
        show.State.Current.ShouldBe(onWall);
        (show.State.Prepared.Count, show.State.Plans.Count, show.State.Film).ShouldBe((0, 0, Newer.Ref));
        SessionClock.Next(show.State, Newer, show.NowMs).ShouldBeOfType<Happen>().Events.ShouldAllBe(planned => planned is PlanMade);
    }

    [Fact]
    public void Only_a_rehearsal_of_the_same_film_may_and_saving_twice_changes_nothing()
    {
        SessionRules.Reload(Playing(rehearsal: false).State, Newer, 0).Refusal!.Code.ShouldBe("not-rehearsal");
        var show = Playing(rehearsal: true);
        SessionRules.Reload(show.State, Newer with { Ref = Newer.Ref with { Slug = "other" } }, 0).Refusal!.Code.ShouldBe("not-rehearsal");
        SessionRules.Reload(show.State, PaperFilm.Film, 0).ShouldBe(SessionDecision.Nothing);
        SessionRules.Reload(show.State, Newer with { Minutes = new RunningTimes(2, 3) }, 0).Refusal!.Code.ShouldBe("bad-terms");
        show.Operate(OperatorAction.End);
        SessionRules.Reload(show.State, Newer, 0).Refusal!.Code.ShouldBe("ended");
    }

    private static PaperShow Playing(bool rehearsal)
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film) with { Rehearsal = rehearsal }, 1);
        show.Operate(OperatorAction.Open);
        show.Advance();
        show.Operate(OperatorAction.Start);
        while (show.State.Aired.Length < 2) show.Advance();
        return show;
    }
}
