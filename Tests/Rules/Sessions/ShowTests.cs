using System.Text.Json;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Journal;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Rules.Sessions;

public sealed class ShowTests
{
    [Fact]
    public void Every_show_ends_on_time_whatever_the_votes() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = Played(seed);
        var lateMs = show.NowMs - show.State.EndsAtMs;
        return Math.Abs(lateMs) < 12_000;
    });

    [Fact]
    public void Pauses_are_absorbed_or_shift_the_end() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, minutes: 6), seed) { Pauses = 0.02 }.Play();
        var lateMs = show.NowMs - show.State.EndsAtMs;
        return lateMs > -12_000 && lateMs < 12_000 + HeldAfterTheLastPlan(show);
    });

    [Fact]
    public void Whatever_the_writers_do_the_wall_always_has_a_beat() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film), seed) { WriterFails = 0.9 }.Play();
        var told = show.Events.OfType<BeatPrepared>().Select(prepared => prepared.Beat).ToList();
        return told.Count > 0 && DeadAirOf(show) == 0;
    });

    [Fact]
    public void No_storylet_is_told_twice_and_the_last_one_is_an_ending() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = Played(seed);
        return show.State.Story.Told.Distinct(StringComparer.Ordinal).Count() == show.State.Story.Told.Length
            && show.State.Current!.Ends
            && show.State.Decided.Length == show.State.Ordinal;
    });

    [Fact]
    public void Replay_gives_the_same_state_to_the_byte() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = Played(seed);
        var replayed = SessionState.None;
        foreach (var happened in show.Events)
        {
            var row = EventCodecs.Session.Write(happened);
            replayed = SessionFold.Evolve(replayed, EventCodecs.Session.Read(row.Type, row.Format, row.Body.Span));
        }

        return Bytes(replayed).AsSpan().SequenceEqual(Bytes(show.State));
    });

    [Fact]
    public void A_repeated_command_yields_no_event() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film), seed);
        show.Operate(OperatorAction.Open);
        show.Advance();
        show.Operate(OperatorAction.Start);
        for (var steps = 0; show.State.Phase != SessionPhase.Ended && steps < 500; steps++)
        {
            show.Advance();
            var draw = show.Draw();
            var action = draw < 0.05 ? OperatorAction.Pause : draw > 0.995 ? OperatorAction.End : (OperatorAction?)null;
            if (action is not { } now) continue;
            show.Operate(now);
            if (!show.Operate(now).Events.IsEmpty) return false;
            if (now == OperatorAction.Pause) show.Operate(OperatorAction.Resume);
            if (!show.Operate(OperatorAction.Resume).Events.IsEmpty) return false;
        }

        return SessionRules.Create(show.State, PaperShow.Terms(PaperFilm.Film), show.NowMs) is { Events.IsEmpty: true, Refusal: null };
    });

    [Fact]
    public void A_beat_that_comes_twice_late_or_unasked_changes_nothing() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = Played(seed);
        return show.Events.OfType<BeatPrepared>().All(prepared => SessionRules.Prepare(show.State, prepared.Beat).Events.IsEmpty);
    });

    [Theory]
    [InlineData(VotingRule.Approval, 0)]
    [InlineData(VotingRule.Ranked, 0)]
    [InlineData(VotingRule.Plurality, 3)]
    public void A_show_by_any_rule_plays_to_its_end(VotingRule rule, int protection)
    {
        var terms = PaperShow.Terms(PaperFilm.Film, rule: rule) with { Protection = protection };
        var show = new PaperShow(PaperFilm.Film, terms, 7).Play();
        show.State.Phase.ShouldBe(SessionPhase.Ended);
        show.State.Decided.Length.ShouldBeGreaterThan(2);
        show.State.Decided.ShouldAllBe(round => round.Terms.Rule.Rule == rule && round.Terms.Protection == protection);
        show.State.Order(2, protection).Winners.ShouldBe(show.State.Decided.Take(2).Select(round => round.Verdict.Winner));
        show.State.Told.Length.ShouldBe(show.State.Decided.Length);
    }

    private static PaperShow Played(long seed) => new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film), seed) { WriterFails = 0.1 }.Play();

    /// <summary>What no plan could absorb any more: pauses that do not shift the end, once the beat before the ending was planned.</summary>
    private static long HeldAfterTheLastPlan(PaperShow show)
    {
        long held = 0, since = 0;
        foreach (var happened in show.Events)
        {
            if (happened is PlanMade made && made.Plan.Beat < show.State.Ordinal) held = 0;
            if (happened is OperatorActed { Command.Action: OperatorAction.Pause } pause) since = pause.Command.Shift ? long.MaxValue : pause.AtMs;
            if (happened is OperatorActed { Command.Action: OperatorAction.Resume } resume) held += Math.Max(0, resume.AtMs - since);
        }

        return held;
    }

    private static byte[] Bytes(SessionState state) => JsonSerializer.SerializeToUtf8Bytes(state);

    /// <summary>Time between a card's end and the next beat's first line, over the whole show.</summary>
    private static long DeadAirOf(PaperShow show)
    {
        long due = 0, dead = 0;
        foreach (var happened in show.Events)
        {
            if (happened is RoundDecided decided) due = decided.AtMs + (show.State.Terms!.CardSeconds * 1000L);
            if (happened is LineAired { N: 0, Beat: > 0 } aired) dead += aired.AtMs - due;
        }

        return dead;
    }
}
