namespace Orleans.Story.Contracts;

/// <summary>Why something was not done: a code for programs and a sentence a person can act on. A value, never thrown.</summary>
/// <param name="Code">Lower-case words joined by hyphens; stable across versions.</param>
/// <param name="Sentence">What to do about it, in every language of the interface.</param>
[GenerateSerializer, Immutable, Alias("story.Refusal")]
public sealed record Refusal([property: Id(0)] string Code, [property: Id(1)] Text Sentence);

/// <summary>Done, or refused.</summary>
/// <param name="Refusal">Why not, or <see langword="null"/> when it was done.</param>
[GenerateSerializer, Immutable, Alias("story.Outcome")]
public sealed record Outcome([property: Id(0)] Refusal? Refusal)
{
    /// <summary>It was done.</summary>
    public static Outcome Done { get; } = new((Refusal?)null);

    /// <summary>Whether it was done.</summary>
    public bool IsDone => Refusal is null;
}
