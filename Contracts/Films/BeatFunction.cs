namespace Orleans.Story.Contracts.Films;

/// <summary>What a beat does in the arc.</summary>
[GenerateSerializer, Alias("story.BeatFunction")]
public enum BeatFunction
{
    /// <summary>Who, where, what is wanted.</summary>
    Setup,

    /// <summary>It gets harder.</summary>
    Complication,

    /// <summary>It turns into its opposite.</summary>
    Reversal,

    /// <summary>Something hidden comes out.</summary>
    Reveal,

    /// <summary>The dilemma at its sharpest.</summary>
    Crisis,

    /// <summary>The decisive act.</summary>
    Climax,

    /// <summary>How it ends; the only function without options.</summary>
    Resolution,
}
