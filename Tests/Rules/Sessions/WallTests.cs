using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Rules.Sessions;

/// <summary>What nobody could see is not told.</summary>
public sealed class WallTests
{
    [Fact]
    public void A_wall_that_was_there_is_lost_five_seconds_after_it_went()
    {
        var watch = WallWatch.None.With(1, 1000).With(0, 2000);
        watch.Lost(6999).ShouldBeFalse();
        watch.Lost(7000).ShouldBeTrue();
        watch.With(0, 6000).LostAtMs.ShouldBe(7000, "telling it again that there is none changes nothing");
        watch.With(1, 7500).Lost(60_000).ShouldBeFalse();
    }

    [Fact]
    public void A_hall_that_never_had_a_wall_misses_none() => WallWatch.None.With(0, 1000).Lost(long.MaxValue - 1).ShouldBeFalse();

    [Fact]
    public void To_go_on_without_one_holds_until_the_next_one_goes()
    {
        var gone = WallWatch.None.With(1, 1000).With(0, 2000);
        gone.Holds(goOnMs: 0, 8000).ShouldBeTrue();
        gone.Holds(goOnMs: 8500, 9000).ShouldBeFalse();
        gone.With(1, 10_000).With(0, 20_000).Holds(goOnMs: 8500, 26_000).ShouldBeTrue();
    }

    [Fact]
    public void Without_a_wall_no_line_airs_and_no_round_opens_but_an_open_round_is_decided()
    {
        var film = PaperFilm.Film;
        var show = new PaperShow(film, PaperShow.Terms(film), 1);
        show.Operate(OperatorAction.Open);
        show.Advance();
        show.Operate(OperatorAction.Start);
        while (show.State.Round is null)
        {
            var due = SessionClock.Next(show.State, film, show.NowMs) is Happen { Events: [LineAired or RoundOpened, ..] };
            if (due) SessionClock.Next(show.State, film, show.NowMs, wallLost: true).ShouldBe(new Wait(long.MaxValue));
            show.Advance();
        }

        SessionClock.Next(show.State, film, SessionClock.SealsAt(show.State.Round), wallLost: true).ShouldBeOfType<SealRound>();
    }
}
