using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Exports.Data;

/// <summary>
/// A row as it may leave the house. What is in it by the rules of <see cref="StoryRows"/> names nobody; left are the words of
/// options that a viewer suggested. They were on the wall, but a person wrote them, for one evening and not for a data set.
/// </summary>
public static class Anonymous
{
    /// <summary>What stands for words that a viewer wrote.</summary>
    public static Text LeftOut { get; } = Text.Both("[a turn that the audience suggested]", "［观众提议的走向］");

    /// <summary>The row without them.</summary>
    public static StoryRow Of(StoryRow row) => row with { Past = Of(row.Past), Beat = Of(row.Beat) };

    private static StorySoFar Of(StorySoFar past) =>
        past.Beats.Any(beat => beat.ByAudience) ? new StorySoFar([.. past.Beats.Select(beat => beat.ByAudience ? beat with { Chosen = LeftOut } : beat)]) : past;

    private static Beat Of(Beat beat) =>
        beat.Options.Any(option => option.ByAudience) ? beat with { Options = [.. beat.Options.Select(option => option.ByAudience ? option with { Label = LeftOut } : option)] } : beat;
}
