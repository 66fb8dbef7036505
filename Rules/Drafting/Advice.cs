using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans.Story.Contracts;
using Orleans.Story.Rules.Films.Audit;

namespace Orleans.Story.Rules.Drafting;

/// <summary>What a piece of advice is about.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AdviceKind>))]
public enum AdviceKind
{
    /// <summary>What the film's reader reports.</summary>
    Problem,

    /// <summary>Audiences had nothing left to be told.</summary>
    DeadEnd,

    /// <summary>Shows ended at the wrong time, told something twice or broke the canon.</summary>
    Telling,

    /// <summary>An act without contrast.</summary>
    FlatAct,

    /// <summary>An act that is calmer than the one before it.</summary>
    SaggingArc,

    /// <summary>A promise that is left open.</summary>
    UnpaidPromise,

    /// <summary>A storylet or ending that no audience saw.</summary>
    NeverTold,

    /// <summary>Options after which everything goes on alike.</summary>
    SameWay,

    /// <summary>Audiences of opposite mind saw much the same film.</summary>
    SameFilm,

    /// <summary>Characters between whom the hall never chooses.</summary>
    NoConflict,

    /// <summary>Lines that are said twice.</summary>
    Alike,

    /// <summary>A wording that is the same in both languages.</summary>
    Untranslated,

    /// <summary>Parts that are still the scaffold's.</summary>
    Scaffold,
}

/// <summary>Something to do about a draft.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="IsMust">Whether the film is not ready before it is done; else it is for the writer to decide.</param>
/// <param name="Part">The part, or <see langword="null"/> for the film as a whole.</param>
/// <param name="What">What was found.</param>
/// <param name="Mend">What to do.</param>
public sealed record Advice(AdviceKind Kind, bool IsMust, string? Part, Text What, Text Mend);

/// <summary>What many audiences saw of a draft, and what follows from it.</summary>
/// <param name="Reading">The draft as files.</param>
/// <param name="Audit">What the audiences saw; <see langword="null"/> while the draft is no film.</param>
/// <param name="Endings">How often each ending was told, the most frequent first.</param>
/// <param name="Advice">What to do, what must be done first.</param>
public sealed record DraftReport(DraftReading Reading, AuditReport? Audit, ImmutableArray<Reach> Endings, ImmutableArray<Advice> Advice)
{
    /// <summary>Whether it is a film that can be told.</summary>
    public bool IsFilm => Reading.Film is not null;

    /// <summary>Whether nothing that must be done is left.</summary>
    public bool IsReady => IsFilm && !Advice.Any(advice => advice.IsMust);
}
