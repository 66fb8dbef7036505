using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Sessions;

/// <summary>An event of the stream <c>session/{id}</c>. Never changed once released: a new shape gets a new format number.</summary>
public abstract record SessionEvent;

/// <summary>The terms are fixed.</summary>
/// <param name="Terms">All that is fixed.</param>
/// <param name="AtMs">UTC milliseconds.</param>
public sealed record SessionCreated(SessionTerms Terms, long AtMs) : SessionEvent;

/// <summary>An operator acted.</summary>
/// <param name="Command">What, who and why.</param>
/// <param name="AtMs">UTC milliseconds.</param>
public sealed record OperatorActed(OperatorCommand Command, long AtMs) : SessionEvent;

/// <summary>What a coming beat must do, with the inputs it was planned from.</summary>
/// <param name="Plan">The plan.</param>
public sealed record PlanMade(Plan Plan) : SessionEvent;

/// <summary>A coming beat is written and checked.</summary>
/// <param name="Beat">The beat.</param>
public sealed record BeatPrepared(Beat Beat) : SessionEvent;

/// <summary>A line is on air; from now on it is immutable.</summary>
/// <param name="Beat">The beat's ordinal.</param>
/// <param name="N">The line, from 0.</param>
/// <param name="AtMs">UTC milliseconds.</param>
/// <param name="ForMs">How long it holds the wall, milliseconds.</param>
public sealed record LineAired(int Beat, int N, long AtMs, int ForMs) : SessionEvent;

/// <summary>The wall had nothing to show where something was due: what a beat's lines came late altogether, once it is told.</summary>
/// <param name="Beat">The beat's ordinal.</param>
/// <param name="Ms">Dead air before its lines, milliseconds; positive.</param>
public sealed record WallLate(int Beat, long Ms) : SessionEvent;

/// <summary>A round takes ballots.</summary>
/// <param name="Round">The round, as many as were decided before it; <see cref="WarmUpRound.Number"/> in the lobby.</param>
/// <param name="Options">How many options there are; their words are the beat's.</param>
/// <param name="Rule">How it is decided.</param>
/// <param name="AtMs">UTC milliseconds.</param>
/// <param name="DeadlineMs">UTC milliseconds.</param>
/// <param name="Ties">Who wins among options that are level.</param>
/// <param name="Protection">Most votes that a losing streak adds to a ballot.</param>
public sealed record RoundOpened(
    int Round,
    int Options,
    VotingRule Rule,
    long AtMs,
    long DeadlineMs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] TieRule Ties = TieRule.Draw,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Protection = 0) : SessionEvent;

/// <summary>Why a round got more time.</summary>
public enum ExtensionCause
{
    /// <summary>An operator gave it.</summary>
    Operator,

    /// <summary>The server was down while it was open.</summary>
    Recovery,
}

/// <summary>A round has a later deadline.</summary>
/// <param name="Round">The round.</param>
/// <param name="DeadlineMs">UTC milliseconds.</param>
/// <param name="Cause">Why.</param>
public sealed record RoundExtended(int Round, long DeadlineMs, ExtensionCause Cause) : SessionEvent;

/// <summary>A round closes earlier than it was to.</summary>
/// <param name="Round">The round.</param>
/// <param name="DeadlineMs">UTC milliseconds.</param>
public sealed record RoundClosed(int Round, long DeadlineMs) : SessionEvent;

/// <summary>The show is scheduled to end at another time.</summary>
/// <param name="EndsAtMs">UTC milliseconds.</param>
public sealed record EndMoved(long EndsAtMs) : SessionEvent;

/// <summary>A director acted.</summary>
/// <param name="Command">What, who and why.</param>
/// <param name="AtMs">UTC milliseconds.</param>
public sealed record DirectorActed(DirectorCommand Command, long AtMs) : SessionEvent;

/// <summary>Nobody said yes to a beat in time, and the director wanted it replaced then.</summary>
/// <param name="Beat">Its ordinal.</param>
/// <param name="AtMs">UTC milliseconds.</param>
public sealed record BeatWithheld(int Beat, long AtMs) : SessionEvent;

/// <summary>A round is decided, once.</summary>
/// <param name="Round">The round.</param>
/// <param name="Book">All shards' ballots.</param>
/// <param name="ShardVersions">The version of each shard's sealed book, by shard.</param>
/// <param name="TieSeed">What a tie was drawn from.</param>
/// <param name="Winner">Index of the option.</param>
/// <param name="AtMs">UTC milliseconds.</param>
public sealed record RoundDecided(
    int Round,
    ImmutableArray<BookLine> Book,
    ImmutableArray<long> ShardVersions,
    long TieSeed,
    int Winner,
    long AtMs) : SessionEvent;

/// <summary>The hall's feelings over one window.</summary>
/// <param name="AtMs">When the window closed, UTC milliseconds.</param>
/// <param name="Sums">Added up over shards.</param>
public sealed record FeelingsMeasured(long AtMs, FeelingSums Sums) : SessionEvent;

/// <summary>The viewer of a seat had themselves forgotten; the seat is free, and which viewer it was is written nowhere.</summary>
/// <param name="Seat">The seat.</param>
/// <param name="AtMs">UTC milliseconds.</param>
public sealed record SeatLeft(int Seat, long AtMs) : SessionEvent;

/// <summary>A rehearsal goes on with another version of its film.</summary>
/// <param name="Film">The version.</param>
/// <param name="AtMs">UTC milliseconds.</param>
public sealed record FilmReloaded(FilmRef Film, long AtMs) : SessionEvent;

/// <summary>The last line of an ending is over.</summary>
/// <param name="AtMs">UTC milliseconds.</param>
public sealed record SessionEnded(long AtMs) : SessionEvent;

/// <summary>Somebody said yes to a remark; it waits for its turn on the wall. Its words are in a table, never here.</summary>
/// <param name="Id">The remark.</param>
/// <param name="By">The staff account.</param>
/// <param name="AtMs">UTC milliseconds.</param>
public sealed record RemarkApproved(Guid Id, string By, long AtMs) : SessionEvent;

/// <summary>Somebody said no to a remark.</summary>
/// <param name="Id">The remark.</param>
/// <param name="By">The staff account.</param>
/// <param name="AtMs">UTC milliseconds.</param>
public sealed record RemarkRejected(Guid Id, string By, long AtMs) : SessionEvent;

/// <summary>Somebody took a decision about a remark back, or took the remark off the wall.</summary>
/// <param name="Id">The remark.</param>
/// <param name="By">The staff account.</param>
/// <param name="AtMs">UTC milliseconds.</param>
public sealed record RemarkWithdrawn(Guid Id, string By, long AtMs) : SessionEvent;

/// <summary>A remark is on the wall.</summary>
/// <param name="Id">The remark.</param>
/// <param name="AtMs">UTC milliseconds.</param>
/// <param name="ForMs">How long it stays, milliseconds.</param>
public sealed record RemarkShown(Guid Id, long AtMs, int ForMs) : SessionEvent;

/// <summary>Somebody said yes to a suggested turn and its like; it may become an option. Its words are in a table, never here.</summary>
/// <param name="Id">The suggestion.</param>
/// <param name="By">The staff account; empty where the house lets many seats suffice.</param>
/// <param name="AtMs">UTC milliseconds.</param>
/// <param name="Words">The director's own wording, or <see langword="null"/> for the viewer's.</param>
public sealed record SuggestionApproved(Guid Id, string By, long AtMs, string? Words = null) : SessionEvent;

/// <summary>Somebody said no to a suggested turn and its like.</summary>
/// <param name="Id">The suggestion.</param>
/// <param name="By">The staff account.</param>
/// <param name="AtMs">UTC milliseconds.</param>
public sealed record SuggestionRejected(Guid Id, string By, long AtMs) : SessionEvent;

/// <summary>Somebody took a decision about a suggested turn back.</summary>
/// <param name="Id">The suggestion.</param>
/// <param name="By">The staff account.</param>
/// <param name="AtMs">UTC milliseconds.</param>
public sealed record SuggestionWithdrawn(Guid Id, string By, long AtMs) : SessionEvent;

/// <summary>Which suggestion becomes an option, should the vote open now; its beat is planned and written from here on.</summary>
/// <param name="Beat">The beat on the wall, its ordinal.</param>
/// <param name="Id">The suggestion, or <see langword="null"/> for none any more.</param>
/// <param name="Storylet">The scene that it leads to, or <see langword="null"/> when only a model can tell it.</param>
public sealed record TurnChosen(int Beat, Guid? Id, string? Storylet) : SessionEvent;

/// <summary>
/// A suggestion is an option of the round that opens now: the moment at which its words go on the wall, and here. Who
/// suggested it is written nowhere.
/// </summary>
/// <param name="Beat">The beat on the wall, its ordinal.</param>
/// <param name="Id">The suggestion.</param>
/// <param name="Option">The option, after all others.</param>
/// <param name="Seats">How many seats asked for it.</param>
/// <param name="AtMs">UTC milliseconds.</param>
public sealed record TurnOffered(int Beat, Guid Id, Option Option, int Seats, long AtMs) : SessionEvent;
