using System.Collections.Immutable;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Exports.Data;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Rules.Exports.Retold;

/// <summary>A show as it was told, and told again by another writer: the same plans, the same choices.</summary>
/// <param name="Film">The edition that it was told again from.</param>
/// <param name="Writer">Who was asked to tell it again.</param>
/// <param name="Beats">Beat by beat, in the order they aired.</param>
public sealed record RetoldShow(Film Film, string Writer, ImmutableArray<RetoldBeat> Beats)
{
    /// <summary>The edition on the record.</summary>
    public FilmRef Recorded => Beats[0].Row.Film;

    /// <summary>The telling language.</summary>
    public string Language => Beats[0].Row.Languages[0];

    /// <summary>Whether it was told again from another edition than the record's.</summary>
    public bool IsOtherEdition => Recorded != Film.Ref;
}

/// <summary>A beat as it was told, and told again.</summary>
/// <param name="Row">What the record has.</param>
/// <param name="Again">The other telling, or <see langword="null"/> where there is none.</param>
/// <param name="Failed">Why there is none, or <see langword="null"/>.</param>
/// <param name="Findings">What the checks found in the other telling, after one repair; empty where it could have aired.</param>
/// <param name="TookMs">From the order to the checked beat, milliseconds.</param>
public sealed record RetoldBeat(StoryRow Row, Beat? Again, string? Failed, ImmutableArray<RowFinding> Findings, long TookMs)
{
    /// <summary>Whether the other telling could have aired.</summary>
    public bool Passed => Again is not null && Findings.IsEmpty;
}
