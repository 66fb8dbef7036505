using System.Collections.Immutable;
using System.Globalization;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Safety;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Rules.Plot;

/// <summary>
/// What is told beside the story: what a viewer missed, what there is to see, a word with a character, an act in short, a
/// review. An order holds what has aired and nothing else, and for a character only what they were there for, so that
/// whoever writes it cannot spoil anything.
/// </summary>
public static class Asides
{
    /// <summary>
    /// How long an aside may take, milliseconds. Whoever waits for one waits less than a grain's response timeout, and shorter where
    /// the film's own words are as good; a summary is for the beats to come.
    /// </summary>
    public static long PatienceMs(AsideKind kind) => kind switch
    {
        AsideKind.Talk or AsideKind.Review => 8_000,
        AsideKind.Summary => 45_000,
        _ => 6_000,
    };

    /// <summary>Which aside of a session goes first where there is no room for all, 0–1: the one without which somebody hears nothing at all.</summary>
    public static double Urgency(AsideKind kind) => kind switch
    {
        AsideKind.Talk => 1,
        AsideKind.Missed or AsideKind.Scene => 0.8,
        AsideKind.Review => 0.5,
        _ => 0.2,
    };

    /// <summary>Longest aside, characters as a reader counts them: one phone's screen.</summary>
    public static WordingLimit Longest { get; } = new(600, 240);

    /// <summary>So many of the newest beats say what was missed.</summary>
    private const int Newest = 4;

    /// <summary>What the aside may know, or why there is none.</summary>
    /// <param name="state">The session.</param>
    /// <param name="film">Its film.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="acts">Acts that were summed up.</param>
    /// <param name="nowMs">UTC milliseconds.</param>
    /// <param name="blocklist">The words in force, or <see langword="null"/> for the built-in ones.</param>
    public static AsideAsked Ask(SessionState state, Film film, AsideRequest request, ImmutableArray<ActSummary> acts, long nowMs, Blocklist? blocklist = null)
    {
        if (!film.Languages.Contains(request.Language, StringComparer.Ordinal)) return No(AsideRefusals.BadLanguage);
        var past = Recall.Aired(state, acts);
        if (past.Beats.IsEmpty) return No(AsideRefusals.NotStarted);
        if (request.Kind == AsideKind.Review && state.Phase != SessionPhase.Ended) return No(AsideRefusals.NotEnded);
        if (request.Kind == AsideKind.Talk)
        {
            if (request.Character is not { } id || film.Cast.All(one => one.Id != id)) return No(AsideRefusals.NotMet);
            if (RemarkScreen.Of(request.Words, film.Rating, blocklist).Refusal is { } unfit) return No(unfit);
            if (Quotation.Of(request.Words) is not { } words) return No(RemarkRefusals.BadRemark);
            past = KnownTo(past, id);
            if (past.Beats.IsEmpty) return No(AsideRefusals.NotMet);
            request = request with { Words = words };
        }

        var moment = state.Current?.Moment ?? state.Told[^1].Moment;
        return new AsideAsked(new AsideOrder(request, film.Ref, past, past.Beats[^1].Ordinal, moment, nowMs + PatienceMs(request.Kind), state.Terms?.Rating, state.Steering.Forbidden), null);
    }

    /// <summary>Who may be spoken to: everyone who was in a beat that has aired, in the film's order.</summary>
    public static ImmutableArray<Met> Company(SessionState state, Film film)
    {
        var seen = Recall.Aired(state).Beats.SelectMany(beat => beat.Cast).ToHashSet(StringComparer.Ordinal);
        return [.. film.Cast.Where(one => seen.Contains(one.Id)).Select(one => new Met(one.Id, one.Name))];
    }

    /// <summary>An act that is over, to be summed up; <see langword="null"/> when nothing of it was told.</summary>
    public static AsideOrder? Summary(SessionState state, Film film, string act, string language, long nowMs)
    {
        ImmutableArray<PastBeat> beats = [.. Recall.Aired(state).Beats.Where(beat => string.Equals(beat.Act, act, StringComparison.Ordinal))];
        return beats.IsEmpty ? null : new AsideOrder(new AsideRequest(AsideKind.Summary, language), film.Ref, new StorySoFar(beats), beats[^1].Ordinal, state.Told[^1].Moment, nowMs + PatienceMs(AsideKind.Summary), state.Terms?.Rating, state.Steering.Forbidden);
    }

    /// <summary>The aside in the film's own words, where there is no model or none that is fit to be shown; <see langword="null"/> for a character, who has no words but a model's.</summary>
    public static string? Plain(Film film, AsideOrder order)
    {
        var language = order.Request.Language;
        var chinese = FilmLimits.IsIdeographic(language);
        var beats = order.Past.Beats;
        return order.Request.Kind switch
        {
            AsideKind.Missed or AsideKind.Summary => string.Join(chinese ? "" : " ", beats.Skip(Math.Max(0, beats.Length - Newest)).Select(beat => Told(beat, language, chinese))),
            AsideKind.Scene => Scene(film, order, language, chinese),
            AsideKind.Review => Review(film, order, language, chinese),
            _ => null,
        };
    }

    private static AsideAsked No(Refusal refusal) => new(null, refusal);

    /// <summary>Where a character was, with what was said there; what is known of acts in sum is nobody's memory.</summary>
    private static StorySoFar KnownTo(StorySoFar past, string character) =>
        new([.. past.Beats.Where(beat => beat.Cast.Contains(character, StringComparer.Ordinal))]);

    private static string Told(PastBeat beat, string language, bool chinese) => beat.Chosen?.In(language) is { } chosen
        ? chinese ? $"{beat.Gist.In(language)}观众选了“{chosen}”。" : $"{beat.Gist.In(language)} The audience chose “{chosen}”."
        : beat.Gist.In(language);

    private static string Scene(Film film, AsideOrder order, string language, bool chinese)
    {
        var now = order.Past.Beats[^1];
        var place = film.Places.FirstOrDefault(one => string.Equals(one.Id, now.Place, StringComparison.Ordinal));
        var present = string.Join(chinese ? "、" : ", ", film.Cast.Where(one => now.Cast.Contains(one.Id, StringComparer.Ordinal)).Select(one => one.Name.In(language)));
        var where = $"{place?.Name.In(language) ?? now.Place}{(chinese ? "，" : ", ")}{order.Moment.In(language)}{(chinese ? "。" : ".")}";
        var heard = place is null ? "" : chinese ? $"听得到：{place.Sound.In(language)}" : $" You hear: {place.Sound.In(language)}";
        var seen = present.Length == 0 ? chinese ? "没有人在场。" : " Nobody is there." : chinese ? $"在场：{present}。" : $" Present: {present}.";
        return where + heard + seen;
    }

    private static string Review(Film film, AsideOrder order, string language, bool chinese)
    {
        var beats = order.Past.Beats;
        var turns = string.Join(chinese ? "，" : ", ", beats.Select(beat => beat.Chosen?.In(language)).OfType<string>().TakeLast(3).Select(one => $"“{one}”"));
        var count = beats.Length.ToString(CultureInfo.InvariantCulture);
        var end = beats[^1].Gist.In(language);
        return chinese
            ? $"《{film.Title.In(language)}》，今晚这一版讲了 {count} 段。全场一路选到{(turns.Length == 0 ? "最后" : turns)}。结局是：{end}"
            : $"{film.Title.In(language)}, as told tonight in {count} beats. {(turns.Length == 0 ? "" : $"The audience's last turns were {turns}. ")}How it ended: {end}";
    }
}
