using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules;
using Orleans.Story.Rules.Exports;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Safety;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Rules.Sessions;

/// <summary>A director's hand on the script.</summary>
public sealed class DirectorTests
{
    private static Line Own { get; } = new("ann", Text.Both("I will not wait any longer.", "我不再等了。"));

    [Fact]
    public void A_line_of_ones_own_airs_and_the_recording_says_whose_it_is() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = Coming(seed);
        var (beat, option) = (show.State.Ordinal + 1, Seeds.Below(Seeds.For(seed, 3), show.State.Prepared.Count));
        var lines = show.State.Prepared[option].Lines.Add(Own);
        show.Direct(DirectorAction.Revise, beat, option, lines: lines).Refusal.ShouldBeNull();
        show.Direct(DirectorAction.Revise, beat, option, lines: lines).Events.ShouldBeEmpty();
        show.State.Prepared[option].Lines.Count(line => line.ByDirector).ShouldBe(1);
        show.Until(state => state.Ordinal == beat && state.Aired.Length > 0 || state.Phase == SessionPhase.Ended);
        if (show.State.Via != option) return true;
        show.State.Current!.Lines[^1].Words.ShouldBe(Own.Words);
        show.Until(state => state.Phase == SessionPhase.Ended);
        var recorded = Recordings.Of(SessionId.New(DateTimeOffset.UnixEpoch), PaperFilm.Film, show.Events)!;
        return recorded.Beats[beat].Lines[^1] is { ByDirector: true } last && last.Words == Own.Words
            && recorded.Beats.SelectMany(one => one.Lines).Count(line => line.ByDirector) == 1;
    });

    [Fact]
    public void What_has_aired_cannot_be_unsaid_and_what_has_not_can()
    {
        var show = Show(4).Until(state => state.Aired.Length == 1 && state.Current!.Lines.Length > 1);
        var (beat, via, lines) = (show.State.Ordinal, show.State.Via, show.State.Current!.Lines);
        show.Direct(DirectorAction.Revise, beat, via, lines: lines.SetItem(0, Own)).Refusal!.Code.ShouldBe("moved-on");
        show.Direct(DirectorAction.Revise, beat, via, lines: lines.SetItem(1, Own)).Refusal.ShouldBeNull();
        show.Until(state => state.Aired.Length > 1);
        show.State.Current!.Lines[1].ShouldBe(Own with { ByDirector = true });
    }

    [Theory]
    [InlineData("stranger", "Hello.", "你好。", "cannot-tell")]
    [InlineData("ann", "", "你好。", "bad-command")]
    [InlineData("ann", "Hello.\u202e", "你好。", "bad-command")]
    public void A_directors_line_passes_the_checks_of_any_writer(string speaker, string english, string chinese, string code)
    {
        var show = Coming(8);
        var before = show.State;
        var lines = show.State.Prepared[0].Lines.Add(new Line(speaker, Text.Both(english, chinese)));
        show.Direct(DirectorAction.Revise, show.State.Ordinal + 1, 0, lines: lines).Refusal!.Code.ShouldBe(code);
        show.Direct(DirectorAction.Revise, show.State.Ordinal + 3, 0, lines: lines).Refusal!.Code.ShouldBe("moved-on");
        show.State.ShouldBeSameAs(before);
    }

    [Fact]
    public void Another_storylet_is_told_where_the_director_wants_it() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = Coming(seed);
        var (beat, option) = (show.State.Ordinal + 1, Seeds.Below(Seeds.For(seed, 4), show.State.Prepared.Count));
        var offered = Script(show).Coming[option];
        if (offered.Others.IsEmpty) return true;
        var wanted = offered.Others[Seeds.Below(Seeds.For(seed, 5), offered.Others.Length)].Storylet;
        show.Direct(DirectorAction.Swap, beat, option, wanted).Refusal.ShouldBeNull();
        show.Until(state => state.Ordinal == beat && state.Aired.Length > 0 || state.Phase == SessionPhase.Ended);
        return show.State.Via != option || show.State.Current!.Storylet == wanted;
    });

    [Fact]
    public void A_storylet_that_was_refused_is_not_told_that_evening() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = Coming(seed);
        var refused = show.State.Prepared[0].Storylet!;
        if (show.Direct(DirectorAction.Reject, show.State.Ordinal + 1, 0).Refusal is not null) return true;
        show.State.Steering.Refused.ShouldContain(refused);
        show.Until(state => state.Phase == SessionPhase.Ended);
        return show.State.Told.Append(show.State.Current!).All(beat => beat.Storylet != refused);
    });

    [Fact]
    public void A_forbidden_word_is_never_said_again_whatever_was_written_before() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = Show(seed);
        var steps = 1 + Seeds.Below(Seeds.For(seed, 6), 60);
        show.Until(state => state.Aired.Length > 0);
        for (var step = 0; step < steps && show.State.Phase != SessionPhase.Ended; step++) show.Advance();
        // The cardboard film names each of its storylets in its lines.
        var word = $"three-{Seeds.Below(Seeds.For(seed, 7), 5)}";
        var ended = show.State.Phase == SessionPhase.Ended;
        var decision = show.Direct(DirectorAction.Forbid, name: word);
        if (ended) return decision.Refusal!.Code == "ended";
        decision.Refusal.ShouldBeNull();
        show.Direct(DirectorAction.Forbid, name: word.ToUpperInvariant()).Events.ShouldBeEmpty();
        var (told, aired) = (show.State.Ordinal, show.State.Aired.Length);
        show.Until(state => state.Phase == SessionPhase.Ended);
        return show.State.Told.Append(show.State.Current!).Where(beat => beat.Ordinal >= told)
            .All(beat => beat.Lines.Skip(beat.Ordinal == told ? aired : 0).All(line => !ForbiddenWords.In(line.Words, [word])));
    });

    [Fact]
    public void Without_an_ending_that_always_can_be_told_nothing_is_forbidden()
    {
        var show = Coming(2);
        show.Direct(DirectorAction.Forbid, name: "ending-plain").Refusal!.Code.ShouldBe("cannot-tell");
        show.Direct(DirectorAction.Forbid, name: " ").Refusal!.Code.ShouldBe("bad-command");
        show.Direct(DirectorAction.Forbid, name: new string('x', 41)).Refusal!.Code.ShouldBe("bad-command");
    }

    [Fact]
    public void Facts_are_pinned_and_struck_and_plans_follow() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = Coming(seed);
        show.Direct(DirectorAction.Pin, name: "chose-0").Refusal.ShouldBeNull();
        show.Direct(DirectorAction.Pin, name: "chose-0").Events.ShouldBeEmpty();
        show.Advance();
        show.State.Plans.Values.ShouldAllBe(plan => plan.Facts.Contains("chose-0") && plan.Steering!.Pinned.Contains("chose-0"));
        show.Direct(DirectorAction.Strike, name: "chose-0").Refusal.ShouldBeNull();
        show.State.Story.Facts.ShouldNotContain("chose-0");
        show.State.Steering.IsNone.ShouldBeTrue();
        show.Direct(DirectorAction.Pin, name: "unheard-of").Refusal!.Code.ShouldBe("bad-command");
        show.Until(state => state.Phase == SessionPhase.Ended);
        return true;
    });

    [Fact]
    public void The_directors_tension_is_that_of_every_plan_until_it_is_taken_back()
    {
        var show = Coming(3);
        show.Direct(DirectorAction.Tension, tension: 1.2).Refusal!.Code.ShouldBe("bad-command");
        show.Direct(DirectorAction.Tension, tension: double.NaN).Refusal!.Code.ShouldBe("bad-command");
        show.Direct(DirectorAction.Tension, tension: 0.9).Refusal.ShouldBeNull();
        show.Advance();
        show.State.Plans.Values.ShouldAllBe(plan => plan.Tension == 0.9);
        show.Direct(DirectorAction.Tension).Refusal.ShouldBeNull();
        show.Advance();
        show.State.Plans.Values.ShouldAllBe(plan => plan.Tension != 0.9 && plan.Steering == null);
    }

    [Fact]
    public void A_beat_waits_for_its_yes_and_no_longer_than_it_was_told_to() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = Show(seed);
        var (seconds, otherwise) = (8 + Seeds.Below(Seeds.For(seed, 1), 10), Seeds.Below(Seeds.For(seed, 2), 2) == 0 ? Unanswered.Air : Unanswered.Replace);
        show.Until(state => state.Round is not null);
        show.Direct(DirectorAction.Veto, veto: new VetoWindow(seconds, otherwise)).Refusal.ShouldBeNull();
        show.Until(state => state.Decided.Length == 1 && state.Current is not null);
        var (decided, due, planned) = (show.State.Decided[0].AtMs, show.State.DueMs, show.State.Current!.Storylet);
        due.ShouldBe(decided + (seconds * 1000L));
        Script(show).WaitsUntilMs.ShouldBe(due);
        var yes = Seeds.Below(Seeds.For(seed, 3), 2) == 0;
        if (yes) show.Direct(DirectorAction.Approve, show.State.Ordinal, show.State.Via).Refusal.ShouldBeNull();
        show.Until(state => state.Aired.Length > 0);
        var first = show.State.Aired[0].AtMs;
        first.ShouldBe(yes ? decided + (show.State.Terms!.CardSeconds * 1000L) : due);
        if (yes || otherwise == Unanswered.Air) show.State.Current!.Storylet.ShouldBe(planned);
        else show.State.Current!.Storylet.ShouldNotBe(planned);
        show.Direct(DirectorAction.Veto).Refusal.ShouldBeNull();
        show.Until(state => state.Phase == SessionPhase.Ended);
        return true;
    });

    [Fact]
    public void A_yes_given_while_the_hall_still_votes_costs_no_wait()
    {
        var show = Show(6);
        show.Until(state => state.Aired.Length > 0);
        show.Direct(DirectorAction.Veto, veto: new VetoWindow(20, Unanswered.Replace));
        show.Until(state => state.Round is not null && state.Prepared.Count > 0);
        foreach (var option in show.State.Prepared.Keys) show.Direct(DirectorAction.Approve, show.State.Ordinal + 1, option).Refusal.ShouldBeNull();
        show.Until(state => state.Decided.Length == 1);
        (show.State.DueMs - show.State.Decided[0].AtMs).ShouldBe(show.State.Terms!.CardSeconds * 1000L);
        show.State.Waits.ShouldBeFalse();
        show.Direct(DirectorAction.Approve, 40, 0).Refusal!.Code.ShouldBe("moved-on");
        foreach (var seconds in new[] { 0, 2, 31 }) show.Direct(DirectorAction.Veto, veto: new VetoWindow(seconds, Unanswered.Air)).Refusal!.Code.ShouldBe("bad-command");
    }

    /// <summary>Everything a director can do, drawn at random: the show still ends, near its time, and tells nothing twice.</summary>
    [Fact]
    public void Whatever_a_director_does_the_show_ends_and_every_beat_passes_its_checks() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = Show(seed);
        show.Until(state => state.Aired.Length > 0);
        var scheduled = show.State.EndsAtMs;
        for (var steps = 0; show.State.Phase != SessionPhase.Ended; steps++)
        {
            steps.ShouldBeLessThan(4000);
            if (show.Draw() < 0.15) Meddle(show);
            show.Advance();
        }

        var told = show.State.Told.Append(show.State.Current!).Select(beat => beat.Storylet).ToList();
        told.Distinct(StringComparer.Ordinal).Count().ShouldBe(told.Count);
        show.State.Current!.Ends.ShouldBeTrue();
        show.Events.Aggregate(SessionState.None, SessionFold.Evolve).Version.ShouldBe(show.State.Version);
        return show.NowMs - scheduled < 60_000;
    });

    private static void Meddle(PaperShow show)
    {
        var state = show.State;
        var option = (int)(show.Draw() * 2);
        var (beat, via) = show.Draw() < 0.5 ? (state.Ordinal + 1, option) : (state.Ordinal, state.Via);
        var fact = $"chose-{(int)(show.Draw() * 2)}";
        switch ((int)(show.Draw() * 11))
        {
            case 0: show.Direct(DirectorAction.Reject, beat, via); break;
            case 1: show.Direct(DirectorAction.Swap, beat, via); break;
            case 2: show.Direct(DirectorAction.Approve, beat, via); break;
            case 3: show.Direct(DirectorAction.Pin, name: fact); break;
            case 4: show.Direct(DirectorAction.Strike, name: fact); break;
            case 5: show.Direct(DirectorAction.Unpin, name: fact); break;
            case 6: show.Direct(DirectorAction.Tension, tension: show.Draw() < 0.3 ? null : show.Draw()); break;
            case 7: show.Direct(DirectorAction.Forbid, name: $"two-{(int)(show.Draw() * 5)}"); break;
            case 8: show.Direct(DirectorAction.Allow, name: $"two-{(int)(show.Draw() * 5)}"); break;
            case 9: show.Direct(DirectorAction.Veto, veto: show.Draw() < 0.3 ? null : new VetoWindow(3 + (int)(show.Draw() * 6), show.Draw() < 0.5 ? Unanswered.Air : Unanswered.Replace)); break;
            default:
                if (state.Prepared.GetValueOrDefault(option) is { } ready) show.Direct(DirectorAction.Revise, state.Ordinal + 1, option, lines: ready.Lines.SetItem(0, new Line(null, ready.Lines[0].Words)));
                if (state.Undo is not null && show.Draw() < 0.2) show.Operate(OperatorAction.Override, reason: "No.", option: option);
                break;
        }
    }

    private static PaperShow Show(long seed) => new(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, minutes: 8, wall: ["en", "zh"]), seed);

    /// <summary>A beat is on the wall, and what may follow it is written.</summary>
    private static PaperShow Coming(long seed) =>
        Show(seed).Until(state => state.Ordinal == Seeds.Below(Seeds.For(seed, 8), 3) && state.Aired.Length > 0 && state.Current is { } beat && state.Prepared.Count == beat.Options.Length);

    private static Script Script(PaperShow show) => ScriptView.Of(show.State, PaperFilm.Film, show.NowMs);
}
