using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Safety;
using Orleans.Story.Rules.Suggestions;

namespace Orleans.Story.Rules.Sessions;

/// <summary>Whose suggestion is taken, who decides about it, and which becomes an option: <c>docs/design/22-turns-from-the-audience.md</c>.</summary>
public static class TurnRules
{
    /// <summary>Between two suggestions of a seat, milliseconds.</summary>
    public const long PaceMs = 15_000;

    /// <summary>Suggestions of a seat for one beat; a further one is refused with <c>enough</c>.</summary>
    public const int MostPerSeat = 3;

    /// <summary>Suggestions for one beat, of all seats; a further one is refused with <c>later</c>.</summary>
    public const int Most = 400;

    /// <summary>Suggestions with a yes for one beat; a further yes is refused with <c>turns-full</c>.</summary>
    public const int MostApproved = 8;

    /// <summary>Seats that must ask for the like before it needs no person's yes, where the house says so: more than a prankster with two friends.</summary>
    public const int AutoSeats = 4;

    /// <summary>So short before the vote the choice stays as it is where its beat is written, milliseconds: the next could hardly be.</summary>
    public const long SettledMs = 10_000;

    /// <summary>How soon suggestions that came are counted, milliseconds: many come at once.</summary>
    public const long CountEveryMs = 1_000;

    /// <summary>Whether a turn may be suggested now: a beat is told, and its round has room for an option that leads on.</summary>
    public static bool IsOpen(SessionState state) =>
        state is { Turns.On: true, Phase: SessionPhase.Playing, Round: null, Aired.IsEmpty: false, Turns.Offered: null, Current.Ends: false }
        && state.Current!.Options.Length < FilmLimits.MostOptions
        && !state.Plans.Values.Any(plan => plan.Ends)
        // A question that is asked again is the same question.
        && state.Again is null;

    /// <summary>Why a seat's suggestion is not taken, or <see langword="null"/>.</summary>
    /// <param name="state">The session.</param>
    /// <param name="seat">The seat.</param>
    /// <param name="sitting">The sitting of the ticket.</param>
    /// <param name="typed">The suggestion as it came.</param>
    /// <param name="terms">The rating and the list that it is screened by.</param>
    /// <param name="all">Suggestions for the present beat.</param>
    /// <param name="own">Those of them that are the seat's.</param>
    /// <param name="lastMs">When the seat sent its last, UTC milliseconds; 0 for never.</param>
    /// <param name="joins">Whether it joins a group, or there is room for another.</param>
    /// <param name="nowMs">UTC milliseconds.</param>
    public static Refusal? Refuses(SessionState state, int seat, int sitting, string typed, CheckTerms terms, int all, int own, long lastMs, Func<bool> joins, long nowMs)
    {
        if (state.Terms is null) return Refusals.NoSession;
        if (state.Phase == SessionPhase.Ended) return Refusals.Ended;
        if (Sittings.Over(state.Sittings, seat, sitting) is { } over) return over;
        if (state.Banned.Contains(seat)) return Refusals.Banned;
        if (!state.Turns.On) return TurnRefusals.Off;
        if (state.House.Muted.Contains(seat)) return RemarkRefusals.Muted;
        if (!IsOpen(state)) return TurnRefusals.NotNow;
        if (SuggestionScreen.Refuses(typed, state.Steering, terms) is { } screened) return screened;
        if (own >= MostPerSeat) return TurnRefusals.Enough;
        if (lastMs > 0 && nowMs < lastMs + PaceMs) return TurnRefusals.TooSoon;
        return all >= Most || !joins() ? TurnRefusals.Later : null;
    }

    /// <summary>A decision about a suggestion that is there. The same once more changes nothing.</summary>
    /// <param name="state">The session.</param>
    /// <param name="judgement">The decision.</param>
    /// <param name="terms">The rating and the list that a new wording is screened by.</param>
    /// <param name="nowMs">UTC milliseconds.</param>
    public static SessionDecision Judge(SessionState state, JudgeSuggestion judgement, CheckTerms terms, long nowMs)
    {
        if (state.Terms is null) return SessionDecision.Not(Refusals.NoSession);
        if (state.Phase == SessionPhase.Ended) return SessionDecision.Not(Refusals.Ended);
        var (turns, id) = (state.Turns, judgement.Id);
        if (turns.Offered is not null || state.Round is not null) return SessionDecision.Not(TurnRefusals.Late);
        switch (judgement.Verdict)
        {
            case SuggestionVerdict.Approve:
                if (!turns.On) return SessionDecision.Not(TurnRefusals.Off);
                string? words = null;
                if (judgement.Words is { } typed)
                {
                    if (SuggestionScreen.Refuses(typed, state.Steering, terms) is { } screened) return SessionDecision.Not(screened);
                    words = SuggestionWords.Clean(typed);
                }

                if (turns.Yes(id) is { } yes && string.Equals(yes.Words, words, StringComparison.Ordinal)) return SessionDecision.Nothing;
                return turns.Yes(id) is null && turns.Approved.Length >= MostApproved
                    ? SessionDecision.Not(TurnRefusals.Full)
                    : SessionDecision.Of(new SuggestionApproved(id, judgement.By, nowMs, words));
            case SuggestionVerdict.Reject:
                return turns.Rejected.Contains(id) ? SessionDecision.Nothing : SessionDecision.Of(new SuggestionRejected(id, judgement.By, nowMs));
            case SuggestionVerdict.Withdraw:
                return turns.Yes(id) is not null || turns.Rejected.Contains(id)
                    ? SessionDecision.Of(new SuggestionWithdrawn(id, judgement.By, nowMs))
                    : SessionDecision.Nothing;
            default:
                return SessionDecision.Not(TurnRefusals.NoSuggestion);
        }
    }

    /// <summary>
    /// Which suggestion becomes an option as things stand: of those with a yes that lead anywhere the one of most seats,
    /// then the earliest, then by the session's seed. None where the film offers the like already.
    /// </summary>
    /// <param name="state">The session.</param>
    /// <param name="film">The version of its film that is told from now on.</param>
    /// <param name="groups">The suggestions that may be read, by likeness.</param>
    /// <param name="nowMs">UTC milliseconds.</param>
    /// <returns>What changed; empty when the choice stays.</returns>
    public static ImmutableArray<SessionEvent> Choose(SessionState state, Film film, ImmutableArray<SuggestionGroup> groups, long nowMs)
    {
        if (!IsOpen(state)) return [];
        var next = state.Turns.Next;
        var able = groups.Where(group => IsAble(state, group)).ToList();
        var stays = next is not null && able.Exists(group => group.Center.Id == next.Id);
        if (stays && state.Prepared.ContainsKey(state.Current!.Options.Length) && nowMs + SettledMs > state.TellUntilMs) return [];
        var seed = Seeds.For(state.Terms!.Seed, 2_000 + state.Ordinal);
        foreach (var group in able.OrderByDescending(group => group.Seats).ThenBy(group => group.AtMs).ThenBy(group => Draw(seed, group.Center.Id)))
        {
            // A road that the director chose for it is as good as its own.
            var kept = next?.Id == group.Center.Id && !IsClosed(state);
            var storylet = kept ? next!.Storylet : Road(state, film, group.Center, nowMs)?.Id;
            if (storylet is null && !WritesFreely(state)) continue;
            if (next?.Id == group.Center.Id && string.Equals(next.Storylet, storylet, StringComparison.Ordinal)) return [];
            var chosen = new TurnChosen(state.Ordinal, group.Center.Id, storylet);
            return state.Turns.Yes(group.Center.Id) is null ? [new SuggestionApproved(group.Center.Id, "", nowMs), chosen] : [chosen];
        }

        return next is null ? [] : [new TurnChosen(state.Ordinal, null, null)];
    }

    /// <summary>The option, when the vote opens: not where the beat that it leads to would have nothing to do with it.</summary>
    /// <param name="state">The session.</param>
    /// <param name="words">The words of <see cref="Turns.Next"/>, or <see langword="null"/> when they are gone or may not be read.</param>
    /// <param name="nowMs">UTC milliseconds.</param>
    public static TurnOffered? Offer(SessionState state, TurnWords? words, long nowMs)
    {
        if (words is null || state.Turns.Next is not { } next || !IsOpen(state) || SuggestionScreen.IsForbidden(words.Label.Words, state.Steering)) return null;
        var option = state.Current!.Options.Length;
        if (!state.Plans.TryGetValue(option, out var plan) || plan.Ends) return null;
        var isWritten = state.Prepared.TryGetValue(option, out var beat) && IsModel(beat);
        if (!isWritten && (!state.Chosen.TryGetValue(option, out var road) || !string.Equals(road, plan.Storylet, StringComparison.Ordinal))) return null;
        return new TurnOffered(state.Ordinal, next.Id, new Option(words.Label, [], null, ByAudience: true, ByDirector: words.ByDirector), words.Seats, nowMs);
    }

    /// <summary>The scene that a suggestion would lead to, or <see langword="null"/> when none that the canon allows is like it.</summary>
    public static Storylet? Road(SessionState state, Film film, Suggestion suggestion, long nowMs)
    {
        if (state.Current is not { } beat) return null;
        film = SteeredFilm.Of(film, state.Steering);
        var languages = state.Terms!.WallLanguages;
        var plan = SessionClock.PlanFor(state with { Chosen = state.Chosen.Remove(beat.Options.Length) }, film, beat.Options.Length, nowMs);
        if (plan.Ends) return null;
        // Where another option leads already, this one would be no choice.
        var taken = state.Plans.Values.Where(one => one.Option < beat.Options.Length).Select(one => one.Storylet).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var may = StoryletChoice.Others(film, languages, plan, null).Where(one => !taken.Contains(one.Id));
        return Roads.Find(film, may, suggestion.Like, SuggestionWords.Label(suggestion.Words, languages).Language);
    }

    /// <summary>Whether the present beat offers the like of a suggestion already.</summary>
    public static bool IsOption(SessionState state, Suggestion suggestion) => state.Current is { } beat && beat.Options.Any(option =>
        !option.ByAudience && (LikeWords.AreAlike(LikeWords.Of(option.Label.Words), suggestion.Like) || option.Label.Others.Any(other => LikeWords.AreAlike(LikeWords.Of(other.Words), suggestion.Like))));

    private static bool IsAble(SessionState state, SuggestionGroup group) =>
        (state.Turns.Yes(group.Center.Id) is not null || IsAuto(state, group)) && !IsOption(state, group.Center);

    private static bool IsAuto(SessionState state, SuggestionGroup group) =>
        state.Turns.Auto && group.Seats >= AutoSeats && !state.Turns.Rejected.Contains(group.Center.Id) && state.Turns.Approved.Length < MostApproved;

    /// <summary>Whether what is planned for the extra option is another scene than was wanted: that one was told, refused or forbidden.</summary>
    private static bool IsClosed(SessionState state)
    {
        var option = state.Current!.Options.Length;
        return state.Chosen.TryGetValue(option, out var wanted) && state.Plans.TryGetValue(option, out var plan) && !string.Equals(wanted, plan.Storylet, StringComparison.Ordinal);
    }

    /// <summary>Whether a model is at work, as the beats at hand show: it can tell what no scene of the film does.</summary>
    private static bool WritesFreely(SessionState state) => IsModel(state.Current!) || state.Prepared.Values.Any(IsModel);

    private static bool IsModel(Beat beat) => beat.Fallback == Fallback.None && !string.Equals(beat.Writer, StoryletTelling.Writer, StringComparison.Ordinal);

    private static long Draw(long seed, Guid id) => Seeds.For(seed, (long)Fnv.Hash64(id.ToByteArray()));
}
