using System.Collections.Immutable;
using System.Text.Json;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Exports;
using Orleans.Story.Rules.Journal;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Rules.Exports;

/// <summary>What writing ahead cost and won follows from the order of the journal and from what its beats say of themselves.</summary>
public sealed class SpeculationTests
{
    [Fact]
    public void Every_token_on_record_was_told_was_never_told_or_bought_nothing() =>
        Properties.Hold(Properties.Seeds, seed =>
        {
            var events = Evening(seed).Events;
            var show = Of(events);
            if (show.Speculation is not { } sum) return !events.OfType<BeatPrepared>().Any(one => one.Beat is { Writing: not null } or { Lost: > 0 });
            var beats = events.OfType<BeatPrepared>().Select(one => one.Beat).ToList();
            var told = show.Beats.Sum(beat => Tokens(beat.Writing));
            return sum.Tokens == beats.Sum(beat => Tokens(beat.Writing) + beat.Lost)
                && sum.LostTokens == beats.Sum(beat => (long)beat.Lost)
                && sum.Tokens == told + sum.UntoldTokens + sum.LostTokens
                && sum.Written == beats.Count(beat => beat.Writing is not null)
                && sum.Untold == sum.Written - show.Beats.Count(beat => beat.Writing is not null)
                && show.Writers.Sum(writer => writer.Untold) == sum.Untold && show.Writers.Sum(writer => writer.UntoldTokens) == sum.UntoldTokens;
        }, count: 200);

    [Fact]
    public void A_beat_is_ready_when_it_stands_before_the_decision_that_leads_to_it() =>
        Properties.Hold(Properties.Seeds, seed =>
        {
            var events = Evening(seed).Events;
            var show = Of(events);
            if (show.Speculation is not { } sum) return true;
            // Told apart by the plan that they answer, which no other has.
            bool Before(InsightBeat told)
            {
                var beat = Aired(events, told.Beat);
                var written = events.FindLastIndex(one => one is BeatPrepared prepared && prepared.Beat.Made == beat.Made);
                return written < events.FindLastIndex(Line(events, told.Beat), one => one is RoundDecided);
            }

            var followed = show.Beats.Where(beat => beat.Beat > 0).ToList();
            return show.Beats[0].Ready is null && followed.All(beat => beat.Ready == Before(beat))
                && followed.Where(beat => beat.Fallback == Fallback.Late).All(beat => beat.Ready == false)
                && sum.Followed == followed.Count && sum.Ready == followed.Count(beat => beat.Ready == true)
                && sum.ReadyByModel == followed.Count(beat => beat.Ready == true && beat.Writing is not null);
        }, count: 200);

    [Fact]
    public void A_replayed_show_gives_the_same_numbers() =>
        Properties.Hold(Properties.Seeds, seed =>
        {
            var events = Evening(seed).Events;
            var again = events.Select(EventCodecs.Session.Write).Select(row => EventCodecs.Session.Read(row.Type, row.Format, row.Body.Span)).ToList();
            return JsonSerializer.Serialize(Of(events)) == JsonSerializer.Serialize(Of(again));
        }, count: 50);

    [Fact]
    public void A_model_that_is_always_in_time_is_told_once_for_every_vote_and_paid_for_every_option()
    {
        var events = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, minutes: 3) with { TokenBudget = 500_000 }, 4) { Models = 1 }.Play().Events;
        var show = Of(events);
        var sum = show.Speculation.ShouldNotBeNull();
        var options = show.Rounds.Sum(round => round.Options.Length);
        sum.ShouldBe(new Speculation(
            show.Rounds.Length, show.Rounds.Length, show.Rounds.Length, 1 + options, options - show.Rounds.Length, 3400L * (1 + options), 3400L * (options - show.Rounds.Length), 0, 500_000));
        show.Writers.ShouldHaveSingleItem().Untold.ShouldBe(sum.Untold);
    }

    [Fact]
    public void What_the_house_overruled_was_written_ahead_all_the_same()
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, minutes: 3), 4) { Models = 1 }.Until(state => state.Decided.Length == 1);
        var other = show.State.Via == 0 ? 1 : 0;
        show.Operate(OperatorAction.Override, reason: "a test", option: other).Refusal.ShouldBeNull();
        show.Until(state => state.Phase == SessionPhase.Ended);
        var told = Of(show.Events);
        told.Rounds[0].Overruled!.Taken.ShouldBe(other);
        told.Beats[1].Ready.ShouldBe(true);
        told.Speculation!.Ready.ShouldBe(told.Speculation.Followed);
    }

    [Fact]
    public void A_beat_that_the_director_wanted_otherwise_after_the_vote_was_not_ready_and_the_first_one_was_paid_for_nothing()
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, minutes: 3), 4) { Models = 1 }.Until(state => state.Decided.Length == 1);
        show.Direct(DirectorAction.Tension, tension: 0.9).Refusal.ShouldBeNull();
        show.Until(state => state.Phase == SessionPhase.Ended);
        var told = Of(show.Events);
        told.Beats[1].Ready.ShouldBe(false);
        told.Beats.Skip(2).ShouldAllBe(beat => beat.Ready == true);
        told.Speculation!.Ready.ShouldBe(told.Speculation.Followed - 1);
    }

    [Fact]
    public void A_show_without_models_has_nothing_to_say_of_them()
    {
        var show = Of(new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, minutes: 3), 4).Play().Events);
        show.Speculation.ShouldBeNull();
        show.Writers.ShouldHaveSingleItem().Untold.ShouldBe(0);
        show.Beats.Skip(1).ShouldAllBe(beat => beat.Ready == true);
    }

    [Fact]
    public void A_model_of_which_nothing_was_ever_told_is_on_the_bill()
    {
        var told = Of(new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, minutes: 3), 4) { Refused = 1 }.Play().Events);
        var sum = told.Speculation.ShouldNotBeNull();
        (sum.Written, sum.Untold, sum.ReadyByModel).ShouldBe((0, 0, 0));
        sum.Tokens.ShouldBe(sum.LostTokens);
        sum.LostTokens.ShouldBe(6800L * (1 + told.Rounds.Sum(round => round.Options.Length)));
    }

    private static PaperShow Evening(long seed) =>
        new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, minutes: 3), seed) { WriterFails = 0.6, Pauses = 0.05, Models = seed % 7 == 0 ? 0 : 0.5, Refused = seed % 7 == 0 ? 0 : 0.2 }.Play();

    private static Insights Of(IEnumerable<SessionEvent> events) =>
        ShowInsights.Of(new SessionId(new Guid("0190a6c8-7f1e-7c3a-9b52-5e1c6a7d8e9f")), PaperFilm.Film, events, 120, ImmutableDictionary<int, int>.Empty).ShouldNotBeNull();

    private static int Line(List<SessionEvent> events, int beat) => events.FindIndex(one => one is LineAired { N: 0 } aired && aired.Beat == beat);

    /// <summary>The beat on the wall when its first line aired, by folding all over again.</summary>
    private static Beat Aired(List<SessionEvent> events, int beat) =>
        events.Take(Line(events, beat) + 1).Aggregate(SessionState.None, SessionFold.Evolve).Current!;

    private static long Tokens(Writing? writing) => writing is null ? 0 : (long)writing.TokensIn + writing.TokensOut;
}
