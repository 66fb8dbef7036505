using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Rules.Plot;

/// <summary>What a plan is made from.</summary>
/// <param name="Film">The film.</param>
/// <param name="Story">The canon as it will be when the beat begins.</param>
/// <param name="Beat">The beat's ordinal.</param>
/// <param name="Option">The option that leads here, or <see cref="BeatKey.Opening"/>.</param>
/// <param name="ElapsedSeconds">Show time when the beat begins; never negative.</param>
/// <param name="LeftSeconds">Seconds from then to the scheduled end; may be negative when the show is late.</param>
/// <param name="VoteSeconds">A round and its decision card.</param>
/// <param name="Languages">Languages on the wall.</param>
/// <param name="Arousal">The hall's arousal, 0–1, if known.</param>
/// <param name="Seed">The session's seed.</param>
public sealed record PlanInputs(
    Film Film,
    Story Story,
    int Beat,
    int Option,
    double ElapsedSeconds,
    double LeftSeconds,
    double VoteSeconds,
    IReadOnlyCollection<string> Languages,
    double? Arousal,
    long Seed)
{
    /// <summary>What the beat before had to do, or <see langword="null"/> for the opening.</summary>
    public BeatFunction? Before { get; init; }

    /// <summary>The session's version when it is planned; see <see cref="Plan.Made"/>.</summary>
    public long Made { get; init; }

    /// <summary>What the director wants.</summary>
    public Steering Steering { get; init; } = Steering.None;

    /// <summary>The storylet that the director chose for it, or <see langword="null"/>.</summary>
    public string? Chosen { get; init; }

    /// <summary>Whether an operator has the story land: this beat is its climax, or the ending after it, however much time is left.</summary>
    public bool Lands { get; init; }

    /// <summary>Whether time was lost since the beat was planned first, so that it is planned again.</summary>
    public bool Again { get; init; }
}

/// <summary>
/// The drama manager. Time comes first: the seconds that are left are shared out over the beats that still fit before the
/// ending, so that pauses, long rounds and late starts are absorbed a little by each. Then the arc says what the beat must
/// do and how tense it should be, the hall's feelings lean on it, and the storylet that serves it best is chosen.
/// </summary>
public static class Planner
{
    /// <summary>How far the difference between what was told and what was felt moves the target tension at most.</summary>
    private const double Sway = 0.3;

    /// <summary>From here on a beat is a peak, and two of them in a row need air.</summary>
    private const double Peak = 0.75;

    private const double Relief = 0.25;

    /// <summary>The plan.</summary>
    public static Plan Make(PlanInputs inputs)
    {
        var film = FilmIndex.Of(SteeredFilm.Of(inputs.Film, inputs.Steering), inputs.Languages);
        var lived = new Lived(film, inputs.Story.Facts, inputs.Story.Promises, inputs.Story.Told);
        var hasMore = StoryletChoice.HasMore(lived);
        var ends = inputs.Beat > 0 && (!hasMore || Ends(film, inputs.LeftSeconds, inputs.VoteSeconds, inputs.Before, inputs.Lands));
        var slot = film.TellingSeconds + inputs.VoteSeconds;
        var room = inputs.LeftSeconds - film.EndingSeconds;
        var left = ends ? 0 : inputs.Lands ? 1 : Math.Max(1, (int)Math.Round(room / slot));
        var plan = Make(inputs, film, lived, left, outOfStory: ends && !hasMore && room > slot);
        return plan.BeatsLeft > 1 && inputs.Beat > 0 && !LeavesRoom(film, lived, plan, inputs) ? Make(inputs, film, lived, 1, outOfStory: false) : plan;
    }

    /// <summary>
    /// Whether a climax still fits after it. Where the only storylets in reach are far longer than their share of the time,
    /// even read as fast as a wall goes, the beat gives way to the climax: a film without one has no ending, it stops.
    /// </summary>
    private static bool LeavesRoom(FilmIndex film, Lived lived, Plan plan, PlanInputs inputs)
    {
        var least = SessionClock.LeastStretch * film.Entries[film.Storylet(plan.Storylet!)!.Value].Seconds(lived.Facts);
        return !Ends(film, inputs.LeftSeconds - Math.Max(least, plan.Seconds) - inputs.VoteSeconds, inputs.VoteSeconds, plan.Function, lands: false);
    }

    private static Plan Make(PlanInputs inputs, FilmIndex film, Lived lived, int left, bool outOfStory)
    {
        var ends = left == 0;
        var room = inputs.LeftSeconds - film.EndingSeconds;
        var arc = Arc(inputs, ends || left == 1);
        var mood = Mood(inputs, lived, arc.Tension, left);
        var plan = new Plan
        {
            Beat = inputs.Beat,
            Option = inputs.Option,
            Function = ends ? BeatFunction.Resolution : Function(inputs, lived, arc.Place, left),
            Act = arc.Act.Id,
            Tension = Math.Round(inputs.Steering.Tension ?? Math.Clamp(arc.Tension + mood.Shift, 0, 1), 3),
            Seconds = Math.Round(ends ? Math.Max(film.EndingSeconds / 2, inputs.LeftSeconds) : Math.Max(film.TellingSeconds / 2, (room / left) - inputs.VoteSeconds), 1),
            Facts = [.. inputs.Story.Facts],
            Promises = [.. inputs.Story.Promises],
            Told = inputs.Story.Told,
            Arousal = inputs.Arousal,
            Seed = Seeds.For(Seeds.For(inputs.Seed, inputs.Beat), inputs.Option),
            LeftSeconds = Math.Round(inputs.LeftSeconds, 1),
            BeatsLeft = left,
            Made = inputs.Made,
            Steering = inputs.Steering.IsNone ? null : inputs.Steering,
            Reason = Nothing,
        };
        if (Directed(inputs, lived, plan) is { } wanted) return plan with { Storylet = wanted.Storylet.Id, Reason = DirectorsChoice };
        var chosen = StoryletChoice.Choose(lived, plan);
        return plan with
        {
            Storylet = chosen.Storylet.Id,
            Reason = Reasons.For(new Why(lived, plan, chosen, mood.Kind, inputs.Again, outOfStory)),
        };
    }

    /// <summary>
    /// Whether the film ends now. After the climax it does, unless a whole beat more would fit: then the climax came out
    /// too short, and an empty wall would be worse than another turn. Where the story lands, nothing follows the climax.
    /// </summary>
    internal static bool Ends(FilmIndex film, double leftSeconds, double voteSeconds, BeatFunction? before, bool lands)
    {
        if (lands && before == BeatFunction.Climax) return true;
        var slot = film.TellingSeconds + voteSeconds;
        return leftSeconds - film.EndingSeconds < (before == BeatFunction.Climax ? slot : slot / 2);
    }

    /// <summary>The storylet that the director chose, if it still can be told here.</summary>
    private static FilmIndex.Entry? Directed(PlanInputs inputs, Lived lived, Plan plan) =>
        inputs.Chosen is { } id && lived.Film.Storylet(id) is { } number && lived.Film.Entries[number] is var entry
        && entry.Storylet.IsEnding == plan.Ends && lived.Allows(entry) ? entry : null;

    private static Text DirectorsChoice { get; } = Text.Both("The director chose what comes now.", "接下来由导演选定。");

    private static Text Nothing { get; } = Text.Of("en", "");

    /// <summary>Where the show is on the film's arc.</summary>
    private static (Act Act, double Tension, double Place) Arc(PlanInputs inputs, bool last)
    {
        var acts = inputs.Film.Acts;
        var running = Math.Max(1, inputs.ElapsedSeconds + Math.Max(0, inputs.LeftSeconds));
        var progress = Math.Clamp(inputs.ElapsedSeconds / running, 0, 1);
        var from = 0.0;
        for (var i = 0; i < acts.Length; i++)
        {
            var act = acts[i];
            if (last ? i == acts.Length - 1 : progress < from + act.Share || i == acts.Length - 1)
            {
                var within = Math.Clamp((progress - from) / act.Share, 0, 1);
                return (act, act.TensionFrom + (within * (act.TensionTo - act.TensionFrom)), (i + within) / acts.Length);
            }

            from += act.Share;
        }

        throw new InvalidOperationException("A film has at least one act; its reader checks.");
    }

    /// <summary>
    /// Told tension against what the hall felt: a hall calmer than what it was told gets more, one beside itself gets
    /// less. After two peaks in a row there is air, whatever the hall feels; just before the end there is none.
    /// </summary>
    private static (double Shift, Mood Kind) Mood(PlanInputs inputs, Lived lived, double target, int left)
    {
        if (lived.Last is not { } last || left <= 2) return (0, Plot.Mood.Even);
        var peaks = lived.Told.Count > 1 && last.Storylet.Tension >= Peak && lived.Told[^2].Storylet.Tension >= Peak;
        if (peaks) return (-Relief, Plot.Mood.AfterPeaks);
        if (inputs.Arousal is not { } felt) return (0, Plot.Mood.Even);
        var calm = ((target + last.Storylet.Tension) / 2) - felt;
        return (Sway * calm, calm switch { > Reasons.Near => Plot.Mood.Calm, < -Reasons.Near => Plot.Mood.Breathless, _ => Plot.Mood.Even });
    }

    /// <summary>
    /// Setup, complication, the turn in the middle, what comes out, the dilemma; the climax is the beat before the ending.
    /// Inside a stretch the function that was used longest ago comes next, so that no two beats do the same for long.
    /// </summary>
    private static BeatFunction Function(PlanInputs inputs, Lived lived, double place, int left)
    {
        if (inputs.Beat == 0) return BeatFunction.Setup;
        if (left == 1) return BeatFunction.Climax;
        ReadOnlySpan<BeatFunction> stretch = place switch
        {
            < 0.22 => [BeatFunction.Setup, BeatFunction.Complication],
            < 0.45 => [BeatFunction.Complication, BeatFunction.Reveal],
            < 0.55 => [BeatFunction.Reversal, BeatFunction.Complication],
            < 0.75 => [BeatFunction.Reveal, BeatFunction.Reversal, BeatFunction.Complication],
            _ => [BeatFunction.Crisis, BeatFunction.Reversal, BeatFunction.Reveal],
        };
        var next = stretch[0];
        foreach (var one in stretch)
        {
            if (LastUsed(lived, one) < LastUsed(lived, next)) next = one;
        }

        return next;
    }

    /// <summary>The place among the beats told of the last one that did this; −1 for never.</summary>
    private static int LastUsed(Lived lived, BeatFunction function) => lived.Told.FindLastIndex(told => told.Storylet.Function == function);
}

/// <summary>How the hall stands to what it was told.</summary>
internal enum Mood
{
    /// <summary>As it should, or nobody knows.</summary>
    Even,

    /// <summary>Calmer than the story wants.</summary>
    Calm,

    /// <summary>More excited than the story wants.</summary>
    Breathless,

    /// <summary>It has been through two peaks.</summary>
    AfterPeaks,
}
