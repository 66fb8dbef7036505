using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans.Story.Contracts;

namespace Orleans.Story.Rules.Preflight;

/// <summary>How something stands before a show.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Readiness>))]
public enum Readiness
{
    /// <summary>As it should.</summary>
    Green,

    /// <summary>The show can begin; somebody should look at it first.</summary>
    Amber,

    /// <summary>The show should not begin before it is mended.</summary>
    Red,
}

/// <summary>What is looked at before a show.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PreflightItem>))]
public enum PreflightItem
{
    /// <summary>A wall shows a picture.</summary>
    Wall,

    /// <summary>The hall hears it.</summary>
    Sound,

    /// <summary>A phone in the hall gets through.</summary>
    Network,

    /// <summary>There is space to write the show down.</summary>
    Disk,

    /// <summary>Somebody writes the beats, in time.</summary>
    Writer,

    /// <summary>Clocks agree.</summary>
    Clock,

    /// <summary>What is voted gets written down.</summary>
    Journal,
}

/// <summary>One thing, and what to do about it.</summary>
/// <param name="Item">What.</param>
/// <param name="Verdict">How it stands.</param>
/// <param name="Says">One sentence.</param>
/// <param name="Mend">What to do; <see langword="null"/> when green.</param>
public sealed record PreflightCheck(PreflightItem Item, Readiness Verdict, Text Says, Text? Mend);

/// <summary>Everything, and whether the show can begin.</summary>
/// <param name="Ready">Whether nothing is red.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Checks">By item.</param>
public sealed record PreflightReport(bool Ready, Text Summary, ImmutableArray<PreflightCheck> Checks);
