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

/// <summary>How a viewer gets a seat.</summary>
[GenerateSerializer, Alias("story.Entry"), JsonConverter(typeof(JsonStringEnumConverter<Entry>))]
public enum Entry
{
    /// <summary>Whoever has the code on the wall takes the next free seat.</summary>
    JoinCode,

    /// <summary>Each seat has a code of its own, printed and handed out, good for one device: one seat, one vote.</summary>
    SeatCode,
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

    /// <summary>Whether counts stay hidden while a round is open; how many have voted is always shown.</summary>
    [Id(11), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool HideTally { get; init; }

    /// <summary>
    /// Minority protection: most votes that a losing streak adds to a seat's ballot, 0–3. 0 is off; with 1, whoever was
    /// outvoted last time counts double.
    /// </summary>
    [Id(12), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int Protection { get; init; }

    /// <summary>How a viewer gets a seat.</summary>
    [Id(13), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Entry Entry { get; init; }

    /// <summary>
    /// 32 hexadecimal digits that seat codes and receipt proofs are made from; never leaves the server.
    /// <see langword="null"/> in sessions of the first version, which have neither.
    /// </summary>
    [Id(14), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public string? Secret { get; init; }

    /// <summary>A rehearsal: the film may be exchanged for a newer version while it runs, and of a rehearsal nothing is kept once it is over.</summary>
    [Id(15), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool Rehearsal { get; init; }

    /// <summary>When the show is to begin, UTC milliseconds; 0 where nobody said. Nothing starts by itself.</summary>
    [Id(16), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long ScheduledMs { get; init; }

    /// <summary>The highest age rating that may be told, for instance <c>PG</c>; <see langword="null"/> is the whole film.</summary>
    [Id(17), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public string? Rating { get; init; }

    /// <summary>
    /// Most tokens that models might spend on it, as the hall was set up when it was scheduled; 0 where nobody set a limit, and in
    /// sessions of the first versions. It is here for the record; what holds during the show is the worker's.
    /// </summary>
    [Id(18), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long TokenBudget { get; init; }
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

    /// <summary>Sends a seat's phones away and voids their tickets; its viewer may join again.</summary>
    Kick,

    /// <summary>Sends a seat's phones away and takes no ballot from it any more. What it cast before stands.</summary>
    Ban,

    /// <summary>Lets a banned seat come back.</summary>
    Unban,

    /// <summary>Parts a seat from its device, so that the next one with the seat's code has it. Its ballots stay.</summary>
    Free,

    /// <summary>Goes on although the wall is lost, until one comes back.</summary>
    GoOn,

    /// <summary>Has the codes of some seats shown or printed. Nothing else changes; it is on record who saw which codes.</summary>
    PrintCodes,

    /// <summary>Lands the story: the coming beat is its climax and the one after it the ending.</summary>
    EndWell,

    /// <summary>Takes <see cref="EndWell"/> back: the show ends when it was scheduled to.</summary>
    CarryOn,

    /// <summary>Closes the open round now; what arrived counts.</summary>
    Close,

    /// <summary>Leaves untold what is left of the beat on the wall; the vote opens now.</summary>
    Skip,

    /// <summary>Darkens the walls; the show goes on behind it.</summary>
    Blank,

    /// <summary>Lights the walls again.</summary>
    Unblank,

    /// <summary>Tells everyone something, on walls and phones, until it is taken back or something else is told.</summary>
    Tell,

    /// <summary>Takes back what was told.</summary>
    Untell,

    /// <summary>While a decision's card is up: the story follows another option than the hall's, or the hall's again.</summary>
    Override,

    /// <summary>While a decision's card is up: it does not stand, and the same question is asked once more as a new round.</summary>
    Rerun,

    /// <summary>Takes no remarks and no feelings from a seat any more. Its vote counts as before.</summary>
    Mute,

    /// <summary>Listens to a muted seat again.</summary>
    Unmute,

    /// <summary>Lets viewers write remarks; each still needs a yes before anybody reads it.</summary>
    RemarksOn,

    /// <summary>Takes no remarks, and has none on the wall.</summary>
    RemarksOff,

    /// <summary>Takes feelings again.</summary>
    FeelingsOn,

    /// <summary>Takes no feelings; what was felt so far steers nothing any more.</summary>
    FeelingsOff,

    /// <summary>Lets viewers suggest turns; each needs a person's yes before it becomes an option.</summary>
    TurnsOn,

    /// <summary>Lets viewers suggest turns; what enough seats ask for alike needs no person's yes.</summary>
    TurnsAuto,

    /// <summary>Takes no suggestions; one that is an option of the open round stays one.</summary>
    TurnsOff,
}

/// <summary>A command from the console.</summary>
/// <param name="Action">What.</param>
/// <param name="By">The staff account that gave it.</param>
/// <param name="Reason">
/// Why, at most 200 characters; may be empty. For <see cref="OperatorAction.Override"/> and <see cref="OperatorAction.Rerun"/>
/// everyone reads it: 1–120 characters.
/// </param>
/// <param name="Seconds">For <see cref="OperatorAction.Extend"/>: 1–120; otherwise 0.</param>
/// <param name="Shift">For <see cref="OperatorAction.Pause"/>: whether the pause moves the scheduled end.</param>
/// <param name="Seat">
/// For <see cref="OperatorAction.Kick"/> to <see cref="OperatorAction.Free"/>, <see cref="OperatorAction.Mute"/> and
/// <see cref="OperatorAction.Unmute"/>: the seat; for
/// <see cref="OperatorAction.PrintCodes"/>: the first seat; otherwise 0.
/// </param>
/// <param name="UpTo">For <see cref="OperatorAction.PrintCodes"/>: the last seat; otherwise 0.</param>
/// <param name="Words">For <see cref="OperatorAction.Tell"/>: what everyone reads, 1–120 characters; otherwise <see langword="null"/>.</param>
/// <param name="Option">For <see cref="OperatorAction.Override"/>: the option that the story is to follow; otherwise <see langword="null"/>.</param>
[GenerateSerializer, Immutable, Alias("story.OperatorCommand")]
public sealed record OperatorCommand(
    [property: Id(0)] OperatorAction Action,
    [property: Id(1)] string By,
    [property: Id(2)] string Reason,
    [property: Id(3)] int Seconds,
    [property: Id(4)] bool Shift,
    [property: Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Seat = 0,
    [property: Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int UpTo = 0,
    [property: Id(7), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? Words = null,
    [property: Id(8), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Option = null);
