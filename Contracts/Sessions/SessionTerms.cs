using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans.Story.Contracts.Films;

namespace Orleans.Story.Contracts.Sessions;

/// <summary>Where a session is in its life.</summary>
[GenerateSerializer, Alias("story.SessionPhase"), JsonConverter(typeof(JsonStringEnumConverter<SessionPhase>))]
public enum SessionPhase
{
    /// <summary>Created; nobody may join yet.</summary>
    Scheduled,

    /// <summary>The doors are open.</summary>
    Lobby,

    /// <summary>The show runs.</summary>
    Playing,

    /// <summary>The show is held.</summary>
    Paused,

    /// <summary>The lights are up.</summary>
    Ended,
}

/// <summary>Everything fixed when a session is created.</summary>
[GenerateSerializer, Immutable, Alias("story.SessionTerms")]
public sealed record SessionTerms
{
    /// <summary>The exact film.</summary>
    [Id(0)] public required FilmRef Film { get; init; }

    /// <summary>The telling language, one of the film's.</summary>
    [Id(1)] public required string Language { get; init; }

    /// <summary>One or two languages on the wall, the telling language first.</summary>
    [Id(2)] public required ImmutableArray<string> WallLanguages { get; init; }

    /// <summary>How many seats there are, 1–10,000.</summary>
    [Id(3)] public required int Capacity { get; init; }

    /// <summary>Audience shards: ceil(capacity / 2000).</summary>
    [Id(4)] public required int Shards { get; init; }

    /// <summary>How rounds are decided.</summary>
    [Id(5)] public required VotingRule Rule { get; init; }

    /// <summary>Running time, seconds.</summary>
    [Id(6)] public required int RunningSeconds { get; init; }

    /// <summary>How long a round is open, seconds, 5–120.</summary>
    [Id(7)] public required int WindowSeconds { get; init; }

    /// <summary>How long the decision card shows, seconds, 2–5.</summary>
    [Id(8)] public required int CardSeconds { get; init; }

    /// <summary>What a viewer types to join: six characters without look-alikes.</summary>
    [Id(9)] public required string JoinCode { get; init; }

    /// <summary>Where all of the session's draws come from.</summary>
    [Id(10)] public required long Seed { get; init; }
}

/// <summary>What an operator may do to a session.</summary>
[GenerateSerializer, Alias("story.OperatorAction"), JsonConverter(typeof(JsonStringEnumConverter<OperatorAction>))]
public enum OperatorAction
{
    /// <summary>Opens the doors.</summary>
    Open,

    /// <summary>Starts the show.</summary>
    Start,

    /// <summary>Holds the show.</summary>
    Pause,

    /// <summary>Goes on after a pause.</summary>
    Resume,

    /// <summary>Gives the open round more time.</summary>
    Extend,

    /// <summary>Ends the show now.</summary>
    End,
}

/// <summary>A command from the console.</summary>
/// <param name="Action">What.</param>
/// <param name="By">The staff account that gave it.</param>
/// <param name="Reason">Why, at most 200 characters; may be empty.</param>
/// <param name="Seconds">For <see cref="OperatorAction.Extend"/>: 1–120; otherwise 0.</param>
/// <param name="Shift">For <see cref="OperatorAction.Pause"/>: whether the pause moves the scheduled end.</param>
[GenerateSerializer, Immutable, Alias("story.OperatorCommand")]
public sealed record OperatorCommand(
    [property: Id(0)] OperatorAction Action,
    [property: Id(1)] string By,
    [property: Id(2)] string Reason,
    [property: Id(3)] int Seconds,
    [property: Id(4)] bool Shift);
