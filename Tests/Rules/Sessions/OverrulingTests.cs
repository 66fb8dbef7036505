using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules;
using Orleans.Story.Rules.Exports;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Rules.Sessions;

/// <summary>The house has the story follow another option, or asks the hall again.</summary>
public sealed class OverrulingTests
{
    private const string Why = "The projector jammed.";

    [Fact]
    public void The_story_follows_the_other_option_and_the_hall_keeps_its_verdict() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = OnCard(seed);
        var (hall, version) = (show.State.Decided[^1].Verdict, show.State.Version);
        var other = (hall.Winner + 1) % hall.Counts.Length;
        show.Operate(OperatorAction.Override, reason: Why, option: other).Refusal.ShouldBeNull();
        show.State.Version.ShouldBe(version + 1);
        var last = show.State.Decided[^1];
        last.Verdict.ShouldBe(hall);
        last.Overruled.ShouldBe(new Overruled(other, Why));
        show.State.Via.ShouldBe(other);
        var option = show.State.Told[^1].Options[other];
        option.Sets.All(show.State.Story.Facts.Contains).ShouldBeTrue();
        var rejected = show.State.Told[^1].Options[hall.Winner].Sets.Except(option.Sets).Where(fact => show.State.Undo!.Story.Facts.Contains(fact) is false);
        rejected.Any(show.State.Story.Facts.Contains).ShouldBeFalse();
        (show.State.DueMs - show.NowMs).ShouldBe(show.State.Terms!.CardSeconds * 1000L);
        show.Operate(OperatorAction.Override, reason: Why, option: other).Events.ShouldBeEmpty();
        show.Until(state => state.Phase == SessionPhase.Ended);
        show.State.Decided[^1].Round.ShouldBe(show.State.Decided.Length - 1);
        return Replays(show);
    });

    [Fact]
    public void Under_what_the_house_follows_the_count_names_what_the_hall_chose()
    {
        var named = 0;
        Properties.Hold(Properties.Seeds, seed =>
        {
            var show = OnCard(seed);
            var hall = show.State.Decided[^1].Verdict;
            show.Operate(OperatorAction.Override, reason: Why, option: (hall.Winner + 1) % hall.Counts.Length);
            var (votes, chose, why) = (hall.Counts[hall.Winner], hall.Voters - hall.Abstained, Stage(show).Round!.Decision!.Reason);
            if (hall.Tied.Length > 1 || hall.Runoff.Length > 1 || hall.Protected is not null || chose == 0) return true;
            named++;
            var letter = (char)('A' + hall.Winner);
            return why.In("en") == $"{votes} of {chose} voted for {letter}." && why.In("zh") == $"{chose} 人中有 {votes} 人选了 {letter}。";
        });
        named.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Overruled_back_to_the_halls_own_word_it_is_no_overruling() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = OnCard(seed);
        var before = show.State;
        var hall = before.Decided[^1].Verdict.Winner;
        show.Operate(OperatorAction.Override, reason: Why, option: (hall + 1) % before.Decided[^1].Options.Length);
        show.Operate(OperatorAction.Override, reason: "A slip.", option: hall);
        show.State.Decided[^1].Overruled.ShouldBeNull();
        return show.State.Via == hall && show.State.Story.Facts.SetEquals(before.Story.Facts) && show.State.Current?.Storylet == before.Current?.Storylet;
    });

    [Fact]
    public void A_round_that_is_held_again_is_a_new_one_and_the_old_one_leads_nowhere() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = OnCard(seed);
        var (number, ordinal, told, facts) = (show.State.Decided[^1].Round, show.State.Ordinal, show.State.Told.Length, show.State.Undo!.Story.Facts);
        show.Operate(OperatorAction.Rerun, reason: Why).Refusal.ShouldBeNull();
        show.Until(state => state.Round is not null);
        show.State.Round!.Round.ShouldBe(number + 1);
        (show.State.Ordinal, show.State.Told.Length).ShouldBe((ordinal - 1, told - 1));
        show.State.Story.Facts.SetEquals(facts).ShouldBeTrue();
        Stage(show).Round!.Again.ShouldBe(Why);
        show.State.Order(number + 1, 1).Winners[number].ShouldBe(-1);
        show.Until(state => state.Decided.Length == number + 2);
        Stage(show).Round!.Decision!.Overruled.ShouldBeNull();
        show.Until(state => state.Phase == SessionPhase.Ended);
        var recorded = Recordings.Of(SessionId.New(DateTimeOffset.UnixEpoch), PaperFilm.Film, show.Events)!;
        var beat = recorded.Beats[ordinal - 1];
        beat.Void!.Value.Single().Choice.Overruled.ShouldBe(new Overruled(null, Why));
        beat.Vote!.Choice.Round.ShouldBe(number + 1);
        recorded.Beats.Select(one => one.Ordinal).ShouldBe(Enumerable.Range(0, recorded.Beats.Length));
        return Replays(show);
    });

    [Fact]
    public void However_often_the_house_overrules_the_show_ends_on_time_and_every_round_has_its_own_number() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = OnCard(seed);
        var (scheduled, again) = (show.State.EndsAtMs, 0);
        for (var steps = 0; show.State.Phase != SessionPhase.Ended; steps++)
        {
            steps.ShouldBeLessThan(3000);
            if (show.State.Undo is { } before && show.Draw() < 0.3)
            {
                if (again < 3 && show.Draw() < 0.4)
                {
                    again++;
                    show.Operate(OperatorAction.Rerun, reason: Why).Refusal.ShouldBeNull();
                }
                else
                {
                    show.Operate(OperatorAction.Override, reason: Why, option: (int)(show.Draw() * before.Current!.Options.Length)).Refusal.ShouldBeNull();
                }
            }

            show.Advance();
        }

        show.State.Decided.Select(round => round.Round).ShouldBe(Enumerable.Range(0, show.State.Decided.Length));
        show.State.Current!.Ends.ShouldBeTrue();
        // A round more in the last beats is time that nothing can give back.
        (show.NowMs - scheduled).ShouldBeLessThan(45_000);
        return Replays(show);
    });

    [Theory]
    [InlineData(OperatorAction.Override, "", 0)]
    [InlineData(OperatorAction.Override, "   ", 0)]
    [InlineData(OperatorAction.Override, Why, null)]
    [InlineData(OperatorAction.Override, Why, 4)]
    [InlineData(OperatorAction.Override, Why, -1)]
    [InlineData(OperatorAction.Rerun, "", null)]
    public void What_the_hall_could_not_read_or_follow_is_refused(OperatorAction action, string reason, int? option)
    {
        var show = OnCard(3);
        var before = show.State;
        show.Operate(action, reason: reason, option: option).Refusal!.Code.ShouldBe("bad-command");
        show.State.ShouldBeSameAs(before);
    }

    [Theory]
    [InlineData(OperatorAction.Override)]
    [InlineData(OperatorAction.Rerun)]
    public void Once_the_next_beat_has_begun_or_before_a_decision_it_is_too_late_or_too_early(OperatorAction action)
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film), 5).Until(state => state.Aired.Length > 0);
        show.Operate(action, reason: Why, option: 0).Refusal!.Code.ShouldBe("wrong-phase");
        show.Until(state => state is { Ordinal: 1, Aired.Length: > 0 });
        show.Operate(action, reason: Why, option: 0).Refusal!.Code.ShouldBe("wrong-phase");
    }

    [Fact]
    public void While_the_show_is_held_there_is_time_for_a_reason_and_the_card_then_stands_its_whole_time() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = OnCard(seed);
        var (card, other) = (show.State.Terms!.CardSeconds * 1000L, (show.State.Via + 1) % show.State.Decided[^1].Options.Length);
        var again = Seeds.Below(Seeds.For(seed, 4), 2) == 0;
        show.Operate(OperatorAction.Pause);
        show.Wait(40_000);
        show.Operate(again ? OperatorAction.Rerun : OperatorAction.Override, reason: Why, option: again ? null : other).Refusal.ShouldBeNull();
        show.Wait(3_000);
        show.Operate(OperatorAction.Resume);
        return show.State.DueMs - show.NowMs == (again ? 0 : card);
    });

    private static bool Replays(PaperShow show) => show.Events.Aggregate(SessionState.None, SessionFold.Evolve).Version == show.State.Version;

    private static PaperShow OnCard(long seed)
    {
        var rounds = 1 + Seeds.Below(Seeds.For(seed, 9), 3);
        return new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, minutes: 8), seed) { WriterFails = 0.2 }.Until(state => state.Decided.Length == rounds);
    }

    private static Stage Stage(PaperShow show) => StageView.Of(show.State, SessionId.New(DateTimeOffset.UnixEpoch), PaperFilm.Film, 1, show.NowMs, 0, 0);
}
