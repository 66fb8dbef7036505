using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;

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
    long Seed);

/// <summary>
/// Decides what the next beat must do. Time comes first: the seconds that are left are shared out over the beats that
/// still fit before the ending, so that pauses, long rounds and late starts are absorbed a little by each.
/// </summary>
public static class Planner
{
    /// <summary>How far the hall's arousal moves the target tension at most.</summary>
    private const double Sway = 0.15;

    /// <summary>The plan.</summary>
    public static Plan Make(PlanInputs inputs)
    {
        var telling = AverageSeconds(inputs, ending: false);
        var ending = AverageSeconds(inputs, ending: true);
        var slot = telling + inputs.VoteSeconds;
        var room = inputs.LeftSeconds - ending;
        var ends = inputs.Beat > 0 && (room < slot / 2 || !StoryletChoice.HasMore(inputs.Film, inputs.Story));
        var beats = Math.Max(1, (int)Math.Round(room / slot));
        var (act, target) = Arc(inputs);
        if (ends || beats == 1) act = inputs.Film.Acts[^1];
        var tension = Math.Clamp(target + (inputs.Arousal is { } felt ? Sway * (target - felt) : 0), 0, 1);
        var function = ends ? BeatFunction.Resolution : Function(inputs, act, last: beats == 1);
        return new Plan
        {
            Beat = inputs.Beat,
            Option = inputs.Option,
            Function = function,
            Act = act.Id,
            Tension = Math.Round(tension, 3),
            Seconds = Math.Round(ends ? Math.Max(ending / 2, inputs.LeftSeconds) : Math.Max(telling / 2, (room / beats) - inputs.VoteSeconds), 1),
            Facts = [.. inputs.Story.Facts],
            Promises = [.. inputs.Story.Promises],
            Told = inputs.Story.Told,
            Arousal = inputs.Arousal,
            Seed = Seeds.For(Seeds.For(inputs.Seed, inputs.Beat), inputs.Option),
            Reason = Reasons.For(function, target, inputs.Arousal, ends, beats),
        };
    }

    private static double AverageSeconds(PlanInputs inputs, bool ending) =>
        inputs.Film.Storylets
            .Where(storylet => storylet.IsEnding == ending)
            .Select(storylet => storylet.Lines.Sum(line => Pace.Seconds(line.Words, inputs.Languages)))
            .DefaultIfEmpty(20)
            .Average();

    private static (Act Act, double Tension) Arc(PlanInputs inputs)
    {
        var running = Math.Max(1, inputs.ElapsedSeconds + Math.Max(0, inputs.LeftSeconds));
        var progress = Math.Clamp(inputs.ElapsedSeconds / running, 0, 1);
        var from = 0.0;
        foreach (var act in inputs.Film.Acts)
        {
            if (progress < from + act.Share || act == inputs.Film.Acts[^1])
            {
                var within = Math.Clamp((progress - from) / act.Share, 0, 1);
                return (act, act.TensionFrom + (within * (act.TensionTo - act.TensionFrom)));
            }

            from += act.Share;
        }

        throw new InvalidOperationException("A film has at least one act; its reader checks.");
    }

    private static BeatFunction Function(PlanInputs inputs, Act act, bool last)
    {
        if (inputs.Beat == 0) return BeatFunction.Setup;
        if (last) return BeatFunction.Climax;
        var place = (inputs.Film.Acts.IndexOf(act) + 0.5) / inputs.Film.Acts.Length;
        var alternate = inputs.Beat % 2 == 0;
        return place switch
        {
            < 0.25 => BeatFunction.Setup,
            < 0.5 => BeatFunction.Complication,
            < 0.75 => alternate ? BeatFunction.Reversal : BeatFunction.Reveal,
            _ => BeatFunction.Crisis,
        };
    }
}
