using System.Collections.Immutable;
using FsCheck.Fluent;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Rules.Sessions;

public sealed class SittingTests
{
    [Fact]
    public void A_kick_a_ban_and_a_freed_seat_end_a_sitting_and_nothing_else_does()
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film), 1);
        Over(show, 7, 0).ShouldBeNull();
        Usher(show, OperatorAction.Kick, 7);
        Over(show, 7, 0).ShouldBe("kicked");
        Over(show, 7, 1).ShouldBeNull("whoever joins the seat now");
        Over(show, 8, 0).ShouldBeNull("another seat notices nothing");
        Usher(show, OperatorAction.Ban, 7);
        (Over(show, 7, 0), Over(show, 7, 1), Over(show, 7, 2)).ShouldBe(("banned", "banned", null));
        Usher(show, OperatorAction.Unban, 7);
        (Over(show, 7, 1), Over(show, 7, 2)).ShouldBe(("kicked", null), "the phone may come back, but with a new ticket");
        Usher(show, OperatorAction.Free, 7);
        (Over(show, 7, 2), Over(show, 7, 3)).ShouldBe(("freed", null));
        show.Do(SessionRules.Leave(show.State, 7, show.NowMs));
        (Over(show, 7, 3), Over(show, 7, 4)).ShouldBe(("freed", null));
        Usher(show, OperatorAction.Unban, 8);
        show.State.Sittings.Keys.ShouldBe([7]);
    }

    [Fact]
    public void Of_sittings_heard_in_any_order_twice_or_late_the_newest_is_kept() => Properties.Hold(
        Gen.Choose(1, 4).SelectMany(_ => Gen.Choose(1, 6), (seat, number) => new Sitting(seat, number, OperatorAction.Kick)).ListOf(),
        heard =>
        {
            var known = heard.Aggregate(
                ImmutableSortedDictionary<int, Sitting>.Empty, (sittings, sitting) => Sittings.Newest(sittings, [sitting]));
            return known.Values.SequenceEqual(heard.GroupBy(sitting => sitting.Seat).OrderBy(seat => seat.Key).Select(seat => seat.MaxBy(sitting => sitting.Number)!))
                && heard.All(sitting => (Sittings.Over(known, sitting.Seat, sitting.Number) is null) == (sitting.Number == known[sitting.Seat].Number));
        });

    [Fact]
    public void After_the_show_a_forgotten_viewer_leaves_no_trace()
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film), 1);
        show.Operate(OperatorAction.End);
        SessionRules.Leave(show.State, 3, show.NowMs).ShouldBe(SessionDecision.Nothing);
    }

    [Theory]
    [InlineData(1, 24, null)]
    [InlineData(300, 300, null)]
    [InlineData(0, 24, "bad-command")]
    [InlineData(25, 24, "bad-command")]
    [InlineData(290, 301, "bad-command")]
    public void Who_has_codes_printed_is_on_record_each_time(int from, int to, string? refused)
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film) with { Entry = Entry.SeatCode, Secret = new string('a', 32) }, 1);
        var command = new OperatorCommand(OperatorAction.PrintCodes, "kassa", "", 0, false, from, to);
        var decision = SessionRules.Operate(show.State, PaperFilm.Film, command, 17);
        decision.Refusal?.Code.ShouldBe(refused);
        if (refused is null) decision.Events.ShouldBe([new OperatorActed(command, 17)]);
        show.Do(decision);
        SessionRules.Operate(show.State, PaperFilm.Film, command, 18).Events.Length.ShouldBe(refused is null ? 1 : 0, "a second print is a second act");
    }

    [Fact]
    public void Codes_are_printed_while_they_are_good_and_five_hundred_at_once()
    {
        var terms = PaperShow.Terms(PaperFilm.Film) with { Capacity = 2_000, Entry = Entry.SeatCode, Secret = new string('a', 32) };
        var show = new PaperShow(PaperFilm.Film, terms, 1);
        Print(show, 1, 500).ShouldBeNull();
        Print(show, 1, 501).ShouldBe("bad-command");
        show.Operate(OperatorAction.End);
        Print(show, 1, 2).ShouldBe("ended");
        Print(new PaperShow(PaperFilm.Film, terms with { Entry = Entry.JoinCode }, 1), 1, 2).ShouldBe("no-seat-codes");
    }

    private static string? Print(PaperShow show, int from, int to) =>
        SessionRules.Operate(show.State, PaperFilm.Film, new OperatorCommand(OperatorAction.PrintCodes, "kassa", "", 0, false, from, to), 17).Refusal?.Code;

    private static string? Over(PaperShow show, int seat, int number) => Sittings.Over(show.State.Sittings, seat, number)?.Code;

    private static void Usher(PaperShow show, OperatorAction action, int seat) =>
        show.Do(SessionRules.Operate(show.State, PaperFilm.Film, new OperatorCommand(action, "operator", "a test", 0, false, seat), show.NowMs));
}
