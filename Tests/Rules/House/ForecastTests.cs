using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.House;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Rules.House;

/// <summary>When a show will end, as far as anyone can know.</summary>
public sealed class ForecastTests
{
    [Fact]
    public void A_show_that_is_told_in_its_time_is_never_forecast_far_from_where_it_ends() =>
        Properties.Hold(Properties.Seeds, seed =>
        {
            var film = PaperFilm.Film;
            var show = new PaperShow(film, PaperShow.Terms(film, minutes: 5), seed);
            show.Operate(OperatorAction.Open);
            show.Advance();
            if (Forecast.EndsMs(show.State, film, show.NowMs) != 0) return false;
            show.Operate(OperatorAction.Start);
            var worst = 0L;
            while (show.State.Phase != SessionPhase.Ended)
            {
                worst = Math.Max(worst, Forecast.EndsMs(show.State, film, show.NowMs) - show.State.EndsAtMs);
                if (Forecast.EndsMs(show.State, film, show.NowMs) < show.State.EndsAtMs) return false;
                show.Advance();
            }

            // A beat and its round are what a forecast may be wrong by before the plan has answered.
            return worst < 60_000;
        }, count: 200);

    [Fact]
    public void Time_that_nothing_can_absorb_is_said_at_once_and_stays_true()
    {
        var film = PaperFilm.Film;
        var show = new PaperShow(film, PaperShow.Terms(film, minutes: 5), 7);
        show.Operate(OperatorAction.Open);
        show.Advance();
        show.Operate(OperatorAction.Start);
        while (show.State.Current is not { Ends: true } || show.State.Aired.IsEmpty) show.Advance();
        show.Operate(OperatorAction.Pause);
        var (paused, ends) = (show.NowMs, show.State.EndsAtMs);
        Forecast.EndsMs(show.State, film, paused + 600_000).ShouldBeGreaterThanOrEqualTo(ends + 500_000, "ten minutes in the ending are ten minutes late");
        Forecast.EndsMs(show.State, film, paused + 660_000).ShouldBe(Forecast.EndsMs(show.State, film, paused + 600_000) + 60_000);
    }

    [Fact]
    public void A_pause_that_moves_the_end_moves_the_forecast_with_every_second()
    {
        var film = PaperFilm.Film;
        var show = new PaperShow(film, PaperShow.Terms(film, minutes: 30), 7);
        show.Operate(OperatorAction.Open);
        show.Advance();
        show.Operate(OperatorAction.Start);
        for (var i = 0; i < 5; i++) show.Advance();
        show.Operate(OperatorAction.Pause, shift: true);
        Forecast.EndsMs(show.State, film, show.NowMs + 90_000).ShouldBe(show.State.EndsAtMs + 90_000);
    }
}
