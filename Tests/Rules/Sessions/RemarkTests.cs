using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Rules.Sessions;

/// <summary>Whose remark is taken, who says yes, and when it is on the wall.</summary>
public sealed class RemarkTests
{
    private static readonly Guid First = new("0198f0c0-0000-7000-8000-000000000001");
    private static readonly Guid Second = new("0198f0c0-0000-7000-8000-000000000002");

    [Fact]
    public void Nobody_writes_before_an_operator_lets_them()
    {
        var show = Lobby();
        Refuses(show).ShouldBe("remarks-off");
        show.Operate(OperatorAction.RemarksOn).Refusal.ShouldBeNull();
        show.Operate(OperatorAction.RemarksOn).Events.ShouldBeEmpty("it is on already");
        Refuses(show).ShouldBeNull();
        show.Operate(OperatorAction.RemarksOff);
        Refuses(show).ShouldBe("remarks-off");
    }

    [Fact]
    public void A_remark_is_taken_in_the_lobby_and_while_the_story_is_told_and_at_no_other_moment() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = Running(seed);
        if (Seeds.Fraction(Seeds.For(seed, 9)) < 0.2) show.Operate(OperatorAction.Pause);
        var expected = show.State.Phase == SessionPhase.Ended ? "ended"
            : show.State is { Phase: SessionPhase.Playing, Round: null, Aired.IsEmpty: false } ? null : "not-now";
        var stage = StageView.Of(show.State, SessionId.New(DateTimeOffset.UnixEpoch), PaperFilm.Film, 1, show.NowMs, 0, 0);
        (show.State.Phase != SessionPhase.Ended && RemarkRules.IsTime(stage)).ShouldBe(expected is null, "a gateway sees it as the session does");
        return Refuses(show) == expected;
    });

    [Theory]
    [InlineData(null, 0, 0, "bad-remark")]
    [InlineData("x", RemarkRules.MostWaiting, 0, "later")]
    [InlineData("x", RemarkRules.MostWaiting - 1, 0, null)]
    [InlineData("x", 0, RemarkRules.PaceMs - 1, "slow-down")]
    [InlineData("x", 0, RemarkRules.PaceMs, null)]
    public void The_queue_is_bounded_and_so_is_each_seat(string? words, int waiting, long sinceMs, string? code)
    {
        var show = Lobby(OperatorAction.RemarksOn);
        RemarkRules.Refuses(show.State, 5, 0, words, waiting, sinceMs == 0 ? 0 : show.NowMs - sinceMs, show.NowMs)?.Code.ShouldBe(code);
    }

    [Fact]
    public void A_muted_seat_is_told_so_until_it_is_heard_again_and_is_not_read_meanwhile()
    {
        var show = Lobby(OperatorAction.RemarksOn);
        Seat(show, OperatorAction.Mute, 5).ShouldBeNull();
        show.Events.Count(happened => happened is OperatorActed { Command.Action: OperatorAction.Mute }).ShouldBe(1);
        Seat(show, OperatorAction.Mute, 5).ShouldBeNull();
        show.Events.Count(happened => happened is OperatorActed { Command.Action: OperatorAction.Mute }).ShouldBe(1, "twice is once");
        Refuses(show).ShouldBe("muted");
        RemarkRules.Waits(show.State, First, 5, show.NowMs, show.NowMs).ShouldBeFalse();
        RemarkRules.Waits(show.State, First, 6, show.NowMs, show.NowMs).ShouldBeTrue();
        show.State.Banned.ShouldBeEmpty();
        show.State.Sittings.ShouldBeEmpty("its ticket, and so its vote, is as good as before");
        Seat(show, OperatorAction.Unmute, 5).ShouldBeNull();
        Refuses(show).ShouldBeNull();
        Seat(show, OperatorAction.Mute, 0).ShouldBe("bad-command");
        Seat(show, OperatorAction.Mute, 301).ShouldBe("bad-command");
    }

    [Fact]
    public void A_void_ticket_writes_nothing()
    {
        var show = Lobby(OperatorAction.RemarksOn);
        Seat(show, OperatorAction.Kick, 5);
        Refuses(show).ShouldBe("kicked");
        RemarkRules.Refuses(show.State, 5, 1, "x", 0, 0, show.NowMs).ShouldBeNull();
        Seat(show, OperatorAction.Ban, 5);
        RemarkRules.Refuses(show.State, 5, 9, "x", 0, 0, show.NowMs)!.Code.ShouldBe("banned");
    }

    [Fact]
    public void Ten_minutes_old_a_remark_waits_no_more()
    {
        var show = Lobby(OperatorAction.RemarksOn);
        RemarkRules.Waits(show.State, First, 5, show.NowMs - RemarkRules.WaitsMs + 1, show.NowMs).ShouldBeTrue();
        RemarkRules.Waits(show.State, First, 5, show.NowMs - RemarkRules.WaitsMs, show.NowMs).ShouldBeFalse();
    }

    [Fact]
    public void Nothing_goes_on_the_wall_without_a_yes_and_each_yes_once() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = Lobby(OperatorAction.RemarksOn);
        var ids = Enumerable.Range(1, 6).Select(n => new Guid(n, 0, 0, new byte[8])).ToArray();
        long freeMs = 0;
        for (var n = 0; n < 60; n++)
        {
            var draw = Seeds.For(seed, n);
            var house = show.State.House;
            var now = show.NowMs + (n * 1_700L);
            switch (Seeds.Below(draw, 6))
            {
                case 0 or 1:
                    show.Do(RemarkRules.Judge(show.State, new JudgeRemark(ids[Seeds.Below(Seeds.For(draw, 1), 6)], (RemarkVerdict)Seeds.Below(Seeds.For(draw, 2), 3), "d"), now));
                    break;
                case 2 when Seeds.Fraction(Seeds.For(draw, 3)) < 0.2:
                    show.Operate(house.Remarks ? OperatorAction.RemarksOff : OperatorAction.RemarksOn);
                    break;
                default:
                    var (shown, again) = RemarkRules.Next(show.State, now, false, id => id != ids[5]);
                    if (shown is null)
                    {
                        again.ShouldBeGreaterThan(now);
                        break;
                    }

                    house.Approved.ShouldContain(shown.Id);
                    house.Remarks.ShouldBeTrue();
                    shown.Id.ShouldNotBe(ids[5], "its words are gone");
                    now.ShouldBeGreaterThanOrEqualTo(house.OnWall is null ? 0 : freeMs);
                    show.Do(SessionDecision.Of(shown));
                    freeMs = now + shown.ForMs + RemarkRules.PauseMs;
                    show.State.House.Approved.ShouldNotContain(shown.Id);
                    break;
            }
        }

        var aired = show.Events.OfType<RemarkShown>().Select(shown => shown.Id).ToList();
        return aired.Distinct().Count() == aired.Count;
    });

    [Fact]
    public void The_wall_has_one_at_a_time_with_a_breath_between_in_the_order_of_the_yes()
    {
        var show = Lobby(OperatorAction.RemarksOn);
        Judge(show, Second, RemarkVerdict.Approve);
        Judge(show, First, RemarkVerdict.Approve);
        Next(show).Shown!.Id.ShouldBe(Second);
        show.Do(SessionDecision.Of(Next(show).Shown!));
        Next(show).ShouldBe((null, show.NowMs + RemarkRules.ShowsMs + RemarkRules.PauseMs));
        RemarkRules.Visible(show.State, show.NowMs + RemarkRules.ShowsMs - 1)!.Id.ShouldBe(Second);
        RemarkRules.Visible(show.State, show.NowMs + RemarkRules.ShowsMs).ShouldBeNull();
        RemarkRules.Next(show.State, show.NowMs + RemarkRules.ShowsMs + RemarkRules.PauseMs, false, _ => true).Shown!.Id.ShouldBe(First);
    }

    [Fact]
    public void None_stands_on_a_dark_wall_or_over_a_vote_or_its_card_or_while_a_wall_is_missed()
    {
        var show = Lobby(OperatorAction.RemarksOn);
        Judge(show, First, RemarkVerdict.Approve);
        RemarkRules.Next(show.State, show.NowMs, held: true, _ => true).ShouldBe((null, show.NowMs + RemarkRules.LookAgainMs));
        show.Operate(OperatorAction.Blank);
        Next(show).ShouldBe((null, long.MaxValue));
        show.Operate(OperatorAction.Unblank);
        show.Do(SessionDecision.Of(Next(show).Shown!));
        RemarkRules.Visible(show.State, show.NowMs).ShouldNotBeNull();
        show.Operate(OperatorAction.Blank);
        RemarkRules.Visible(show.State, show.NowMs).ShouldBeNull();

        var telling = Running(3, state => state.Round is not null);
        Judge(telling, First, RemarkVerdict.Approve);
        Next(telling).ShouldBe((null, long.MaxValue));
    }

    [Fact]
    public void What_the_vote_would_cut_off_waits_until_after_it() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = Running(seed);
        Judge(show, First, RemarkVerdict.Approve);
        if (Next(show).Shown is null) return true;
        return show.State.Phase == SessionPhase.Lobby || show.State.Current!.Ends || show.NowMs + RemarkRules.LeastMs <= show.State.TellUntilMs;
    });

    [Fact]
    public void A_decision_is_taken_back_wherever_that_is_still_possible()
    {
        var show = Lobby(OperatorAction.RemarksOn);
        Judge(show, First, RemarkVerdict.Reject);
        show.State.House.Undecided(First).ShouldBeFalse();
        Judge(show, First, RemarkVerdict.Withdraw);
        show.State.House.Undecided(First).ShouldBeTrue("a slip of the finger is not the end of it");
        Judge(show, First, RemarkVerdict.Approve);
        Judge(show, First, RemarkVerdict.Withdraw);
        Next(show).Shown.ShouldBeNull();
        Judge(show, First, RemarkVerdict.Approve);
        show.Do(SessionDecision.Of(Next(show).Shown!));
        Judge(show, First, RemarkVerdict.Withdraw);
        RemarkRules.Visible(show.State, show.NowMs).ShouldBeNull("off the wall at once");
        show.State.House.Undecided(First).ShouldBeFalse("and not back in the queue");
        var before = show.Events.Count;
        Judge(show, First, RemarkVerdict.Withdraw).ShouldBeNull();
        Judge(show, First, RemarkVerdict.Approve).ShouldBeNull();
        show.Events.Count.ShouldBe(before);
        Judge(show, First, RemarkVerdict.Reject).ShouldBe("no-remark");
    }

    [Fact]
    public void Twenty_wait_for_the_wall_and_no_more()
    {
        var show = Lobby(OperatorAction.RemarksOn);
        for (var n = 0; n < RemarkRules.MostApproved; n++) Judge(show, new Guid(n + 1, 0, 0, new byte[8]), RemarkVerdict.Approve).ShouldBeNull();
        Judge(show, First, RemarkVerdict.Approve).ShouldBe("wall-full");
        show.Operate(OperatorAction.RemarksOff);
        show.State.House.Approved.ShouldBeEmpty();
        Judge(show, First, RemarkVerdict.Approve).ShouldBe("remarks-off");
        Next(show).ShouldBe((null, long.MaxValue));
    }

    [Fact]
    public void Feelings_that_are_off_steer_nothing()
    {
        var show = Running(8, state => state.Round is { Round: 1 });
        show.Do(SessionDecision.Of(new FeelingsMeasured(show.NowMs, new FeelingSums(20, [0, 0, 9, 9, 0, 0, 0, 0]))));
        show.State.Arousal.ShouldNotBeNull();
        show.Operate(OperatorAction.FeelingsOff).Refusal.ShouldBeNull();
        show.Operate(OperatorAction.FeelingsOff).Events.ShouldBeEmpty();
        (show.State.Arousal, show.State.Feelings, show.State.House.FeelingsOff).ShouldBe((null, null, true));
        show.Operate(OperatorAction.FeelingsOn);
        show.State.House.FeelingsOff.ShouldBeFalse();
    }

    private static string? Refuses(PaperShow show) => RemarkRules.Refuses(show.State, 5, 0, "x", 0, 0, show.NowMs)?.Code;

    private static (RemarkShown? Shown, long AgainMs) Next(PaperShow show) => RemarkRules.Next(show.State, show.NowMs, false, _ => true);

    private static string? Judge(PaperShow show, Guid remark, RemarkVerdict verdict)
    {
        var decision = RemarkRules.Judge(show.State, new JudgeRemark(remark, verdict, "director"), show.NowMs);
        show.Do(decision);
        return decision.Refusal?.Code;
    }

    private static string? Seat(PaperShow show, OperatorAction action, int seat)
    {
        var decision = SessionRules.Operate(show.State, PaperFilm.Film, new OperatorCommand(action, "operator", "", 0, false, seat), show.NowMs);
        show.Do(decision);
        return decision.Refusal?.Code;
    }

    private static PaperShow Lobby(params OperatorAction[] then)
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film), 1);
        show.Operate(OperatorAction.Open);
        foreach (var action in then) show.Operate(action).Refusal.ShouldBeNull();
        return show;
    }

    private static PaperShow Running(long seed, Func<SessionState, bool>? until = null)
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film), seed);
        show.Operate(OperatorAction.Open);
        show.Operate(OperatorAction.RemarksOn);
        show.Advance();
        show.Operate(OperatorAction.Start);
        var steps = until is null ? Seeds.Below(Seeds.For(seed, 5), 200) : 500;
        for (var step = 0; step < steps && show.State.Phase != SessionPhase.Ended && until?.Invoke(show.State) != true; step++) show.Advance();
        return show;
    }
}
