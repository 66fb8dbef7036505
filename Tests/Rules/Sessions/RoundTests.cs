using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Rules.Sessions;

/// <summary>A round around its edges: what is shown of it, what a restart and a pause do to it, who is kept out of it.</summary>
public sealed class RoundTests
{
    private const long Seal = SessionClock.SealMs;

    [Fact]
    public void A_hidden_tally_says_how_many_voted_and_nothing_else()
    {
        var show = Open(PaperShow.Terms(PaperFilm.Film) with { HideTally = true });
        var tally = StageView.TallyOf(show.State, [new BallotBook(0, 1, [new BookLine("0", 1, 7), new BookLine("-", 1, 2)])], 1)!;
        tally.Counts.ShouldBeEmpty();
        tally.Voters.ShouldBe(9);
        StageView.Of(show.State, SessionId, PaperFilm.Film, 1, show.NowMs, 9, 9).Terms.HideTally.ShouldBeTrue();
    }

    [Fact]
    public void A_restart_gives_an_open_round_time_and_a_sealed_one_its_verdict()
    {
        var show = Open();
        var late = show.State.Round!.DeadlineMs + 3_000;
        var extended = SessionRules.Recover(show.State, isSealed: false, late).Events.ShouldHaveSingleItem().ShouldBeOfType<RoundExtended>();
        extended.DeadlineMs.ShouldBe(late + 10_000);
        SessionRules.Recover(show.State, isSealed: true, late).Events.ShouldBeEmpty();
        SessionClock.Next(show.State, PaperFilm.Film, late).ShouldBe(new SealRound(0));
    }

    [Fact]
    public void A_pause_keeps_the_time_that_was_left_but_opens_no_round_that_was_being_sealed()
    {
        var before = Open();
        var deadline = before.State.Round!.DeadlineMs;
        Paused(before.State, deadline - 4_000).Round!.DeadlineMs.ShouldBe(deadline + 60_000);
        var sealing = Paused(before.State, deadline + Seal);
        sealing.Round!.DeadlineMs.ShouldBe(deadline);
        SessionClock.Next(sealing, PaperFilm.Film, deadline + Seal + 60_000).ShouldBe(new SealRound(0));
    }

    [Fact]
    public void A_seat_is_closed_once_and_only_if_there_is_one()
    {
        var show = Open();
        SessionRules.Operate(show.State, PaperFilm.Film, Command(OperatorAction.Ban, 0), show.NowMs).Refusal!.Code.ShouldBe("bad-command");
        SessionRules.Operate(show.State, PaperFilm.Film, Command(OperatorAction.Ban, 301), show.NowMs).Refusal!.Code.ShouldBe("bad-command");
        SessionRules.Operate(show.State, PaperFilm.Film, Command(OperatorAction.Unban, 7), show.NowMs).Events.ShouldBeEmpty();
        show.Do(SessionRules.Operate(show.State, PaperFilm.Film, Command(OperatorAction.Ban, 7), show.NowMs));
        show.State.Banned.ShouldBe([7]);
        SessionRules.Operate(show.State, PaperFilm.Film, Command(OperatorAction.Ban, 7), show.NowMs).Events.ShouldBeEmpty();
        show.Do(SessionRules.Operate(show.State, PaperFilm.Film, Command(OperatorAction.Unban, 7), show.NowMs));
        show.State.Banned.ShouldBeEmpty();
    }

    [Fact]
    public void Seat_codes_are_unlike_each_other_and_read_back_however_they_are_typed()
    {
        const string secret = "00112233445566778899aabbccddeeff";
        var parts = SeatCodes.Parts(secret, 10_000);
        parts.ShouldBeUnique();
        SeatCodes.Parts(secret, 17).ShouldBe(parts.Take(17), "a page of cards has the codes of the whole hall");
        var code = SeatCodes.Of("JGYMDW", parts[16]);
        foreach (var typed in new[] { code, code.ToLowerInvariant(), code.Replace("-", " ", StringComparison.Ordinal), $" {code[..9]} - {code[9..]} " })
            SeatCodes.Split(typed).ShouldBe(("JGYMDW", parts[16]));
        SeatCodes.Split("jgy mdw").ShouldBe(("JGYMDW", null));
        SeatCodes.Parts("10112233445566778899aabbccddeeff", 17)[16].ShouldNotBe(parts[16]);
    }

    [Fact]
    public void Two_seats_whose_codes_would_be_alike_get_different_ones()
    {
        SeatCodes.Parts(4, purpose => purpose.Length < 7 ? "SAME" : purpose).ShouldBe(["SAME", "seat/2/1", "seat/3/1", "seat/4/1"]);
    }

    private static Contracts.SessionId SessionId { get; } = Contracts.SessionId.New(DateTimeOffset.UnixEpoch);

    private static OperatorCommand Command(OperatorAction action, int seat) => new(action, "operator", "a test", 0, false, seat);

    private static SessionState Paused(SessionState state, long atMs)
    {
        var held = SessionFold.Evolve(state, SessionRules.Operate(state, PaperFilm.Film, Command(OperatorAction.Pause, 0), atMs).Events.Single());
        return SessionFold.Evolve(held, SessionRules.Operate(held, PaperFilm.Film, Command(OperatorAction.Resume, 0), atMs + 60_000).Events.Single());
    }

    private static PaperShow Open(SessionTerms? terms = null)
    {
        var show = new PaperShow(PaperFilm.Film, terms ?? PaperShow.Terms(PaperFilm.Film), 3);
        show.Operate(OperatorAction.Open);
        show.Advance();
        show.Operate(OperatorAction.Start);
        while (show.State.Round is null) show.Advance();
        return show;
    }
}
