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
                terms.RunningSeconds, terms.JoinCode, terms.HideTally, terms.Protection, terms.Entry),
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
        var counts = state.Terms!.HideTally ? [] : Counting.Counts(round.Rule.Options, book);
        return new Tally(seq, round.Round, counts, Counting.Voters(book), feelings);
    }

    /// <summary>Every beat told so far, the one on the wall last with the lines that have aired.</summary>
    public static ImmutableArray<ToldBeat> Told(SessionState state, Film film)
    {
        var told = state.Told.Select(beat => ToldOf(beat, beat.Lines.Length, state, film));
        return state.Current is { } beat && !state.Aired.IsEmpty ? [.. told, ToldOf(beat, state.Aired.Length, state, film)] : [.. told];
    }

    /// <summary>Every decided round with all that its verdict follows from.</summary>
    public static ImmutableArray<RoundRecord> Rounds(SessionState state) =>
    [
        .. state.Decided.Select(round => new RoundRecord(
            Choice(round), round.Terms.Rule.Rule, round.Terms.Rule.Ties, round.TieSeed, round.Book, state.Order(round.Round, round.Terms.Protection))),
    ];

    private static ToldBeat ToldOf(Beat beat, int lines, SessionState state, Film film) => new(
        beat.Ordinal,
        film.Acts.First(act => string.Equals(act.Id, beat.Act, StringComparison.Ordinal)).Name,
        film.Places.First(one => string.Equals(one.Id, beat.Place, StringComparison.Ordinal)).Name,
        beat.Moment,
        [.. beat.Lines.Take(lines).Select(line => new ToldLine(Speaker(line, film), line.Words))],
        state.Decided.FirstOrDefault(round => round.Round == beat.Ordinal) is { } round ? Choice(round) : null);

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

    private static StageLine LineOf(Line line, AiredLine aired, Film film) =>
        new(aired.N, Speaker(line, film), line.Words, aired.AtMs, aired.ForMs);

    private static Text? Speaker(Line line, Film film) =>
        line.Speaker is { } id ? film.Cast.FirstOrDefault(one => string.Equals(one.Id, id, StringComparison.Ordinal))?.Name : null;

    private static StageRound? RoundOf(SessionState state, long nowMs)
    {
        if (state.Round is { } open && state.Current is { } beat)
        {
            var phase = nowMs >= SessionClock.SealsAt(open) && state.Phase == SessionPhase.Playing ? RoundState.Sealed : RoundState.Open;
            return new StageRound(
                open.Round, phase, beat.Question!, [.. beat.Options.Select(option => option.Label)], open.Rule.Rule,
                open.OpenedMs, open.DeadlineMs, null);
        }

        return state.Phase is SessionPhase.Playing or SessionPhase.Paused && state.Card is { } card
            ? new StageRound(
                card.Round, RoundState.Decided, card.Question, card.Options, card.Terms.Rule.Rule, card.Terms.OpenedMs, card.Terms.DeadlineMs,
                new StageDecision(
                    card.Verdict.Winner, card.Verdict.Counts, card.Verdict.Voters, card.Verdict.Tied, Verdicts.Why(card), state.DueMs,
                    card.Verdict.Abstained, card.Verdict.Protected, card.Verdict.Runoff))
            : null;
    }

    private static ImmutableArray<StageChoice> Choices(SessionState state) => [.. state.Decided.Select(Choice)];

    private static StageChoice Choice(DecidedRound round) => new(
        round.Round, round.Question, round.Options, round.Verdict.Winner, round.Verdict.Counts, round.Verdict.Voters, round.Verdict.Abstained);
}
