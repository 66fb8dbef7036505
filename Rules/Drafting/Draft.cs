using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans.Story.Contracts;

namespace Orleans.Story.Rules.Drafting;

/// <summary>What a part of a draft is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PartKind>))]
public enum PartKind
{
    /// <summary>Title, logline, rating, warm-up.</summary>
    Head,

    /// <summary>Who may speak.</summary>
    Cast,

    /// <summary>Where it may happen.</summary>
    Places,

    /// <summary>Facts and promises.</summary>
    Canon,

    /// <summary>The arc.</summary>
    Acts,

    /// <summary>One storylet.</summary>
    Storylet,
}

/// <summary>Whether somebody has agreed to a part.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PartState>))]
public enum PartState
{
    /// <summary>Nothing is proposed yet, or what was is rejected.</summary>
    Open,

    /// <summary>Waits for a person.</summary>
    Proposed,

    /// <summary>A person said yes. Nothing but a person changes it.</summary>
    Accepted,
}

/// <summary>One wording of a part: a piece of the film's own text, as <c>docs/film-format.md</c> has it.</summary>
/// <param name="Content">YAML.</param>
/// <param name="By">Who wrote it: <see cref="Scaffold"/>, <see cref="Import"/>, <see cref="Hand"/>, or a model's name.</param>
/// <param name="Note">What a person should know about it, or <see langword="null"/>.</param>
public sealed record Proposal(string Content, string By, Text? Note = null)
{
    /// <summary>The grammar.</summary>
    public const string Scaffold = "scaffold";

    /// <summary>What was brought along, in a scaffold.</summary>
    public const string Import = "import";

    /// <summary>A person.</summary>
    public const string Hand = "hand";

    /// <summary>Longest content, characters; a storylet is a tenth of it.</summary>
    public const int Longest = 40_000;
}

/// <summary>A part of a draft with all that was proposed for it.</summary>
/// <param name="Id"><c>head</c>, <c>cast</c>, <c>places</c>, <c>canon</c>, <c>acts</c>, or a storylet's id.</param>
/// <param name="Kind">What it is.</param>
/// <param name="State">Whether somebody agreed.</param>
/// <param name="Alternatives">Wordings, oldest first; at most <see cref="DraftFold.MostAlternatives"/>.</param>
/// <param name="Chosen">Index of the one in force; −1 when there is none.</param>
public sealed record DraftPart(string Id, PartKind Kind, PartState State, ImmutableArray<Proposal> Alternatives, int Chosen)
{
    /// <summary>The scene of what was brought along that it tells, from 0; −1 when none.</summary>
    public int Beat { get; init; } = -1;

    /// <summary>The place in the scaffold that it takes; empty for parts of the film's head.</summary>
    public string Slot { get; init; } = "";

    /// <summary>File of its storylet, without ending: <c>1-arrival</c>. Empty for parts of the film's head.</summary>
    public string File { get; init; } = "";

    /// <summary>Nothing proposed.</summary>
    public static DraftPart Of(string id, PartKind kind) => new(id, kind, PartState.Open, [], -1);

    /// <summary>The wording in force, or <see langword="null"/>.</summary>
    [JsonIgnore]
    public Proposal? Current => Chosen >= 0 ? Alternatives[Chosen] : null;
}

/// <summary>A film in the making. Immutable; <see cref="DraftFold"/> makes the next one.</summary>
/// <param name="Premise">What it began with.</param>
/// <param name="Slug">The film's slug.</param>
/// <param name="Genre">Id of the grammar's genre.</param>
/// <param name="Parts">In the order in which they are written and accepted.</param>
public sealed record Draft(Premise Premise, string Slug, string Genre, ImmutableArray<DraftPart> Parts)
{
    /// <summary>What a person should know about the whole.</summary>
    public ImmutableArray<Text> Notes { get; init; } = [];

    /// <summary>The part, or <see langword="null"/>.</summary>
    public DraftPart? Find(string id) => Parts.FirstOrDefault(part => part.Id == id);

    /// <summary>The first part that nobody has agreed to, or <see langword="null"/>.</summary>
    [JsonIgnore]
    public DraftPart? Next => Parts.FirstOrDefault(part => part.State != PartState.Accepted);

    /// <summary>Whether every part has a wording.</summary>
    [JsonIgnore]
    public bool IsWhole => Parts.All(part => part.Current is not null);
}
