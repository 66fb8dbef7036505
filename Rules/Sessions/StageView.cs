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
    public static Stage Of(SessionState state, SessionId session, Film film, long seq, long nowMs, int seated, int present, bool wallLost = false)
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
                terms.RunningSeconds, terms.JoinCode, terms.HideTally, terms.Protection, terms.Entry,
                terms.Rehearsal, terms.ScheduledMs, terms.Rating),
            Seated = seated,
            Present = present,
            EndsAtMs = state.EndsAtMs == 0 ? null : state.EndsAtMs,
            Beat = BeatOf(state, film),
            Round = RoundOf(state, film, nowMs),
            Choices = state.Phase == SessionPhase.Ended ? [.. state.Decided.Select(round => Choice(round, film))] : [],
            Epilogues = state.Phase == SessionPhase.Ended ? Epilogues(film) : [],
            WallLost = wallLost && state.Phase == SessionPhase.Playing,
            Landing = state.LandsInsteadOfMs > 0 && state.Phase != SessionPhase.Ended,
            Dark = state.Dark && state.Phase != SessionPhase.Ended,
            Notice = state.Notice,
            NextRound = state.NextRound + (state.Round is { Round: >= 0 } ? 1 : 0),
            RemarksOn = state.House.Remarks && state.Phase != SessionPhase.Ended,
            FeelingsOff = state.House.FeelingsOff,
            TurnsOn = state.Turns.On && state.Phase != SessionPhase.Ended,
            TurnsAuto = state.Turns.Auto && state.Phase != SessionPhase.Ended,
            TurnsOpen = TurnRules.IsOpen(state),
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
    public static ImmutableArray<RoundRecord> Rounds(SessionState state, Film film) =>
    [
        .. state.Decided.Select(round => new RoundRecord(
            Choice(round, film), round.Terms.Rule.Rule, round.Terms.Rule.Ties, round.TieSeed, round.Book, state.Order(round.Round, round.Terms.Protection))),
    ];

    private static ToldBeat ToldOf(Beat beat, int lines, SessionState state, Film film) => new(
        beat.Ordinal,
        ActOf(beat, film),
        PlaceOf(beat, film).Name,
        beat.Moment,
        [.. beat.Lines.Take(lines).Select(line => new ToldLine(Speaker(line, film), line.Words))],
        state.Decided.FirstOrDefault(round => round.Beat == beat.Ordinal && !round.IsVoid) is { } round ? Choice(round, film) : null);

    private static StageBeat? BeatOf(SessionState state, Film film)
    {
        if (state.Current is not { } beat || state.Aired.IsEmpty) return null;
        var place = PlaceOf(beat, film);
        return new StageBeat(
            beat.Ordinal,
            ActOf(beat, film),
            place.Name,
            place.Palette,
            beat.Moment,
            beat.Tension,
            beat.Writer,
            [.. state.Aired.Select(aired => LineOf(beat.Lines[aired.N], aired, film))],
            beat.Lines.Length,
            beat.Ends,
            place.Id,
            place.Type,
            place.Ambience,
            (beat.Still ?? place.Still) is { } still ? Asset(film, still) : null,
            place.Audio is { } audio ? Asset(film, audio) : null,
            state.CurrentPlan?.Reason);
    }

    /// <summary>Where the gateway serves a file of a film; a new version is a new path, so that browsers may keep it.</summary>
    private static string Asset(Film film, string path) => $"/films/{film.Ref.Slug}/{film.Ref.Hash[..12]}/{path}";

    /// <summary>The place of a beat. A rehearsal may have lost the place or the act that is on the wall; then the first stands in.</summary>
    public static Place PlaceOf(Beat beat, Film film) =>
        film.Places.FirstOrDefault(one => string.Equals(one.Id, beat.Place, StringComparison.Ordinal)) ?? film.Places[0];

    private static Text ActOf(Beat beat, Film film) =>
        (film.Acts.FirstOrDefault(act => string.Equals(act.Id, beat.Act, StringComparison.Ordinal)) ?? film.Acts[0]).Name;

    private static StageLine LineOf(Line line, AiredLine aired, Film film) =>
        new(aired.N, Speaker(line, film), line.Words, aired.AtMs, aired.ForMs);

    private static Text? Speaker(Line line, Film film) =>
        line.Speaker is { } id ? film.Cast.FirstOrDefault(one => string.Equals(one.Id, id, StringComparison.Ordinal))?.Name : null;

    private static StageRound? RoundOf(SessionState state, Film film, long nowMs)
    {
        if (film.WarmUp is { } light && WarmUpOf(state, light) is { } warmUp) return warmUp;
        if (state.Round is { } open && state.Current is { } beat)
        {
            var phase = nowMs >= SessionClock.SealsAt(open) && state.Phase == SessionPhase.Playing ? RoundState.Sealed : RoundState.Open;
            return new StageRound(
                open.Round, phase, beat.Question!, [.. beat.Options.Select(option => option.Label)], open.Rule.Rule,
                open.OpenedMs, open.DeadlineMs, null, state.Again, state.Turns.Offered?.Turn);
        }

        return state.Phase is SessionPhase.Playing or SessionPhase.Paused && state.Card is { Round: >= 0 } card
            ? new StageRound(
                card.Round, RoundState.Decided, card.Question, card.Options, card.Terms.Rule.Rule, card.Terms.OpenedMs, card.Terms.DeadlineMs,
                new StageDecision(
                    card.Verdict.Winner, card.Verdict.Counts, card.Verdict.Voters, card.Verdict.Tied, Verdicts.Why(card), state.DueMs,
                    card.Verdict.Abstained, card.Verdict.Protected, card.Verdict.Runoff,
                    (state.CurrentPlan ?? state.Plans.GetValueOrDefault(state.Via))?.Reason, card.Overruled),
                Turn: card.Turn)
            : null;
    }

    /// <summary>The lobby's light vote: open in the lobby, sealed when the show begins, and its card is the show's first picture.</summary>
    private static StageRound? WarmUpOf(SessionState state, WarmUp light)
    {
        if (state.Round is { Round: WarmUpRound.Number } open)
        {
            var phase = state.Phase == SessionPhase.Lobby ? RoundState.Open : RoundState.Sealed;
            return new StageRound(open.Round, phase, light.Question, light.Options, open.Rule.Rule, open.OpenedMs, open.DeadlineMs, null);
        }

        if (state.Phase is not (SessionPhase.Playing or SessionPhase.Paused) || state.Card is not { Round: WarmUpRound.Number, Verdict: { Voters: > 0 } verdict } card) return null;
        return new StageRound(
            card.Round, RoundState.Decided, light.Question, light.Options, card.Terms.Rule.Rule, card.Terms.OpenedMs, card.Terms.DeadlineMs,
            new StageDecision(verdict.Winner, verdict.Counts, verdict.Voters, verdict.Tied, Verdicts.Why(card), state.DueMs, verdict.Abstained, verdict.Protected, verdict.Runoff, null));
    }

    /// <summary>A decision with the roads that were written for its options.</summary>
    public static StageChoice Choice(DecidedRound round, Film film) => new(
        round.Round, round.Question, round.Options, round.Verdict.Winner, round.Verdict.Counts, round.Verdict.Voters, round.Verdict.Abstained,
        round.For, [.. round.Options.Select((_, i) => round.Roads.GetValueOrDefault(i) is { } beat ? Road(beat, film) : null)], round.Overruled, round.Turn);

    /// <summary>The beginning of a scene that may come.</summary>
    public static StageRoad Road(Storylet storylet, Film film) => new(
        film.Places.First(place => string.Equals(place.Id, storylet.Place, StringComparison.Ordinal)).Name,
        storylet.Moment,
        storylet.Lines[0].Speaker is { } id ? film.Cast.FirstOrDefault(one => string.Equals(one.Id, id, StringComparison.Ordinal))?.Name : null,
        storylet.Lines[0].Words);

    private static StageRoad Road(Beat beat, Film film) =>
        new(PlaceOf(beat, film).Name, beat.Moment, Speaker(beat.Lines[0], film), beat.Lines[0].Words);

    private static ImmutableArray<StageEpilogue> Epilogues(Film film) =>
        [.. film.Cast.Where(one => one.Epilogue is not null).Select(one => new StageEpilogue(one.Id, one.Name, one.Epilogue!))];
}
