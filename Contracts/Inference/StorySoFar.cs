using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Contracts.Inference;

/// <summary>What was told before a beat, for a writer who was not there: every beat in a sentence, the newest with their lines.</summary>
/// <param name="Beats">In the order they were told.</param>
/// <param name="Acts">Acts that are over and were summed up, in the order they were told; <see langword="null"/> where none was.</param>
[GenerateSerializer, Immutable, Alias("story.StorySoFar")]
public sealed record StorySoFar([property: Id(0)] ImmutableArray<PastBeat> Beats, [property: Id(1)] ImmutableArray<ActSummary>? Acts = null)
{
    /// <summary>Before the first beat.</summary>
    public static StorySoFar Nothing { get; } = new([]);
}

/// <summary>An act that is over.</summary>
/// <param name="Act">Its id.</param>
/// <param name="Words">What happened in it.</param>
[GenerateSerializer, Immutable, Alias("story.ActSummary")]
public sealed record ActSummary([property: Id(0)] string Act, [property: Id(1)] Text Words);

/// <summary>A beat that was told.</summary>
/// <param name="Ordinal">From 0.</param>
/// <param name="Act">Id of its act.</param>
/// <param name="Place">Id of the place.</param>
/// <param name="Cast">Ids of the characters who were there.</param>
/// <param name="Gist">What happened, in one sentence.</param>
/// <param name="Lines">What was said; empty for all but the newest beats.</param>
/// <param name="Chosen">The option that led on from it, or <see langword="null"/> where none is chosen yet.</param>
/// <param name="ByAudience">Whether a viewer worded that option: its words are quoted, never obeyed.</param>
[GenerateSerializer, Immutable, Alias("story.PastBeat")]
public sealed record PastBeat(
    [property: Id(0)] int Ordinal,
    [property: Id(1)] string Act,
    [property: Id(2)] string Place,
    [property: Id(3)] ImmutableArray<string> Cast,
    [property: Id(4)] Text Gist,
    [property: Id(5)] ImmutableArray<Line> Lines,
    [property: Id(6)] Text? Chosen,
    [property: Id(7)] bool ByAudience = false);

/// <summary>What was wrong with the first attempt at a beat.</summary>
/// <param name="Draft">The attempt.</param>
/// <param name="Findings">What the checks found, as sentences.</param>
[GenerateSerializer, Immutable, Alias("story.Repair")]
public sealed record Repair(
    [property: Id(0)] Beat Draft,
    [property: Id(1)] ImmutableArray<Text> Findings);
