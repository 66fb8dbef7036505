using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Exports.Data;

/// <summary>What became of a beat that was written.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Fate>))]
public enum Fate
{
    /// <summary>It was told, whole or in part.</summary>
    Aired,

    /// <summary>A road not taken: the story followed another option.</summary>
    NotTaken,

    /// <summary>It was planned and written again before it could air.</summary>
    Replaced,

    /// <summary>A director said no to it.</summary>
    Rejected,

    /// <summary>Nobody said yes to it in time.</summary>
    Withheld,

    /// <summary>The show ended before its turn.</summary>
    Unreached,
}

/// <summary>
/// One beat of a show that has ended, as a line of <c>story.jsonl</c>: what its writer was asked and told, what it wrote, what
/// the checks say of it, and what came of it. No viewer, seat, account, remark, code or address is in it.
/// </summary>
public sealed record StoryRow
{
    /// <summary>Names the shape; a changed one gets a new number.</summary>
    public const string CurrentSchema = "orleans-story-beat/1";

    /// <summary>The shape.</summary>
    public required string Schema { get; init; }

    /// <summary>Which show: rows of one show belong together, for instance on one side of a split.</summary>
    public required SessionId Session { get; init; }

    /// <summary>The exact film that was told when it was planned.</summary>
    public required FilmRef Film { get; init; }

    /// <summary>The highest age rating that might be told, or <see langword="null"/> for the whole film.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Rating { get; init; }

    /// <summary>The languages on the wall, the telling language first.</summary>
    public required ImmutableArray<string> Languages { get; init; }

    /// <summary>The beat's ordinal, from 0.</summary>
    public required int Ordinal { get; init; }

    /// <summary>The option that leads to it, or −1 for the opening.</summary>
    public required int Option { get; init; }

    /// <summary>What became of it.</summary>
    public required Fate Fate { get; init; }

    /// <summary>What it had to do.</summary>
    public required Plan Plan { get; init; }

    /// <summary>The story so far, as its writer was told it.</summary>
    public required StorySoFar Past { get; init; }

    /// <summary>Who wrote it, and how.</summary>
    public required RowWriter Writer { get; init; }

    /// <summary>What was written, before any director's hand.</summary>
    public required Beat Beat { get; init; }

    /// <summary>What the checks of the program that wrote the row say of it; <see langword="null"/> where the film's version is lost.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public RowChecks? Checks { get; init; }

    /// <summary>How it aired, or <see langword="null"/> where it did not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public RowAiring? Aired { get; init; }

    /// <summary>The rounds after it, in order; the last counted, those before were held again. Empty for an ending.</summary>
    public ImmutableArray<RowVote> Votes { get; init; } = [];

    /// <summary>What the hall felt while it was the present, or <see langword="null"/> where fewer than ten people said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public RowFeelings? Feelings { get; init; }
}

/// <summary>Who wrote a beat.</summary>
/// <param name="Name">A model's name, or <c>storylet</c>.</param>
/// <param name="Fallback">Why a storylet tells it instead of the writer who was asked.</param>
/// <param name="Endpoint">The endpoint's name in the settings, or <see langword="null"/> where no model wrote; likewise all below.</param>
/// <param name="Prompt">Version of the prompt.</param>
/// <param name="TokensIn">Tokens read.</param>
/// <param name="TokensOut">Tokens written.</param>
/// <param name="TookMs">From the first request to the whole answer, milliseconds.</param>
/// <param name="Repaired">Names of the checks that the first attempt failed; empty where it passed.</param>
public sealed record RowWriter(
    string Name,
    Fallback Fallback,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Endpoint = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Prompt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? TokensIn = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? TokensOut = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? TookMs = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<string>? Repaired = null)
{
    /// <summary>A beat's writer.</summary>
    public static RowWriter Of(Beat beat) => beat.Writing is { } writing
        ? new(beat.Writer, beat.Fallback, writing.Endpoint, writing.Prompt, writing.TokensIn, writing.TokensOut, writing.TookMs, [.. Credits.Repairs(writing)])
        : new(beat.Writer, beat.Fallback);
}

/// <summary>What the checks say.</summary>
/// <param name="Passed">Whether there is no finding.</param>
/// <param name="Findings">What was found.</param>
public sealed record RowChecks(bool Passed, ImmutableArray<RowFinding> Findings);

/// <summary>What one check found.</summary>
/// <param name="Check">The check's name.</param>
/// <param name="What">What is wrong.</param>
public sealed record RowFinding(string Check, Text What);

/// <summary>How a beat aired. Times are milliseconds from the start of the show.</summary>
/// <param name="AtMs">When its first line aired.</param>
/// <param name="UntilMs">When its last line was over.</param>
/// <param name="Edited">Whether a director wrote lines of it.</param>
/// <param name="Cut">Whether fewer lines aired than were written.</param>
/// <param name="Lines">The lines as they aired.</param>
public sealed record RowAiring(long AtMs, long UntilMs, bool Edited, bool Cut, ImmutableArray<RowLine> Lines);

/// <summary>A line as it aired.</summary>
/// <param name="Speaker">The speaker's id, or <see langword="null"/> for narration.</param>
/// <param name="Words">What was said.</param>
/// <param name="Writer">A model's name, <c>storylet</c> or <c>director</c>.</param>
/// <param name="AtMs">When, milliseconds from the start.</param>
/// <param name="ForMs">How long it held the wall, milliseconds.</param>
public sealed record RowLine(string? Speaker, Text Words, string Writer, long AtMs, int ForMs);

/// <summary>A round, counted.</summary>
/// <param name="Round">Its number.</param>
/// <param name="Rule">How it was decided.</param>
/// <param name="Counts">Votes an option, by index.</param>
/// <param name="Voters">Seats that voted, abstentions included.</param>
/// <param name="Abstained">Seats that voted for none.</param>
/// <param name="Winner">Index of the option that won.</param>
/// <param name="Tied">Indices that were level at the top; empty when there was no tie.</param>
/// <param name="Taken">The option that the story followed, which the house may have chosen; <see langword="null"/> where the round was held again.</param>
public sealed record RowVote(
    int Round, VotingRule Rule, ImmutableArray<int> Counts, int Voters, int Abstained, int Winner, ImmutableArray<int> Tied, int? Taken);

/// <summary>What the hall felt, added up over the windows of five seconds in which at least ten people said.</summary>
/// <param name="Windows">How many windows.</param>
/// <param name="Contributors">People in the window with the fewest of them; at least ten.</param>
/// <param name="Arousal">Mean arousal weighted by intensity, 0–1.</param>
/// <param name="Sums">Summed intensity a feeling: joy, warmth, suspense, fear, sadness, anger, surprise, boredom.</param>
public sealed record RowFeelings(int Windows, int Contributors, double Arousal, ImmutableArray<int> Sums);
