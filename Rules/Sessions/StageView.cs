using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Feelings;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Voting;

namespace Orleans.Story.Rules.Sessions;

/// <summary>What wall and phones see of a session.</summary>
public static class StageView
{
    /// <summary>The film's card.</summary>
    public static FilmCard Card(Film film) =>
        new(film.Ref, film.Title, film.Logline, film.Rating, film.Languages, film.Minutes.Shortest, film.Minutes.Longest);

    /// <summary>The whole present.</summary>
    public static Stage Of(SessionState state, SessionId session, Film film, long seq, long nowMs, int seated, int present)
    {
        var terms = state.Terms!;
        return new Stage
        {
            Seq = seq,
            Session = session,
            Phase = state.Phase,
            NowMs = nowMs,
            Film = Card(film),
            Terms = new StageTerms(
                terms.Language, terms.WallLanguages, terms.Capacity, terms.Rule, terms.WindowSeconds, terms.CardSeconds,
                terms.RunningSeconds, terms.JoinCode),
            Seated = seated,
            Present = present,
            EndsAtMs = state.EndsAtMs == 0 ? null : state.EndsAtMs,
            Beat = BeatOf(state, film),
            Round = RoundOf(state, nowMs),
            Choices = state.Phase == SessionPhase.Ended ? Choices(state) : [],
        };
    }

    /// <summary>The open round's count over the shards' newest books, or <see langword="null"/> when no round is open.</summary>
    public static Tally? TallyOf(SessionState state, IEnumerable<BallotBook> books, long seq)
    {
        if (state.Round is not { } round) return null;
        var book = Books.Sum(books, round.Round);
        var feelings = state.Feelings is { Contributors: >= Affects.FewestContributors } shown ? shown : null;
        return new Tally(seq, round.Round, Counting.Counts(round.Options, book), Counting.Voters(book), feelings);
    }

    private static StageBeat? BeatOf(SessionState state, Film film)
    {
        if (state.Current is not { } beat || state.Aired.IsEmpty) return null;
        var place = film.Places.First(one => string.Equals(one.Id, beat.Place, StringComparison.Ordinal));
        return new StageBeat(
            beat.Ordinal,
            film.Acts.First(act => string.Equals(act.Id, beat.Act, StringComparison.Ordinal)).Name,
            place.Name,
            place.Palette,
            beat.Moment,
            beat.Tension,
            beat.Writer,
            [.. state.Aired.Select(aired => LineOf(beat.Lines[aired.N], aired, film))],
            beat.Lines.Length,
            beat.Ends);
    }

    private static StageLine LineOf(Line line, AiredLine aired, Film film) => new(
        aired.N,
        line.Speaker is { } id ? film.Cast.FirstOrDefault(one => string.Equals(one.Id, id, StringComparison.Ordinal))?.Name : null,
        line.Words,
        aired.AtMs,
        aired.ForMs);

    private static StageRound? RoundOf(SessionState state, long nowMs)
    {
        if (state.Round is { } open && state.Current is { } beat)
        {
            var phase = nowMs >= SessionClock.SealsAt(open) && state.Phase == SessionPhase.Playing ? RoundState.Sealed : RoundState.Open;
            return new StageRound(
                open.Round, phase, beat.Question!, [.. beat.Options.Select(option => option.Label)], state.Terms!.Rule,
                open.OpenedMs, open.DeadlineMs, null);
        }

        return state.Phase is SessionPhase.Playing or SessionPhase.Paused && state.Card is { } card
            ? new StageRound(
                card.Round, RoundState.Decided, card.Question, card.Options, state.Terms!.Rule, card.OpenedMs, card.DeadlineMs,
                new StageDecision(
                    card.Verdict.Winner, card.Verdict.Counts, card.Verdict.Voters, card.Verdict.Tied, Why(card.Verdict), state.DueMs))
            : null;
    }

    private static ImmutableArray<StageChoice> Choices(SessionState state) =>
    [
        .. state.Decided.Select(round => new StageChoice(
            round.Round, round.Question, round.Options, round.Verdict.Winner, round.Verdict.Counts, round.Verdict.Voters)),
    ];

    private static Text Why(Verdict verdict) => verdict switch
    {
        { Voters: 0 } => Text.Both("Nobody voted, so the film chose for itself.", "无人投票，影片自己作了选择。"),
        { Tied.Length: > 1 } => Text.Both("A dead heat. The draw decided.", "票数相同，由抽签决定。"),
        _ when 2 * verdict.Counts[verdict.Winner] > verdict.Voters => Text.Both(
            $"{verdict.Counts[verdict.Winner]} of {verdict.Voters} wanted it so.", $"{verdict.Voters} 人中有 {verdict.Counts[verdict.Winner]} 人这样选。"),
        _ => Text.Both(
            $"The hall was divided; {verdict.Counts[verdict.Winner]} of {verdict.Voters} carried it.",
            $"全场意见不一，{verdict.Voters} 人中 {verdict.Counts[verdict.Winner]} 人占了上风。"),
    };
}
