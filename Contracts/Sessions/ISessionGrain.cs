using System.Collections.Immutable;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Staff;

namespace Orleans.Story.Contracts.Sessions;

/// <summary>One screening; the key is the <see cref="SessionId"/>. It is the only publisher of what wall and phones show.</summary>
[Alias("story.ISessionGrain")]
public interface ISessionGrain : IGrainWithGuidKey
{
    /// <summary>
    /// Fixes the terms. Repeating it with equal terms changes nothing; otherwise refused with <c>session-exists</c>,
    /// <c>unknown-film</c>, <c>bad-terms</c>.
    /// </summary>
    [Alias("Create"), ForRole(StaffRoles.Operator)]
    Task<Outcome> Create(SessionTerms terms);

    /// <summary>
    /// Carries out a command, in the name that the caller's pass says; only the house may act in another's. Refused with
    /// <c>no-session</c>, <c>wrong-phase</c> or <c>bad-command</c>.
    /// </summary>
    [Alias("Operate"), ForRole(StaffRoles.Operator)]
    Task<Outcome> Operate(OperatorCommand command);

    /// <summary>
    /// Carries out a director's command. Refused with <c>no-session</c>, <c>wrong-phase</c>, <c>moved-on</c> (the beat it
    /// is about has aired or was planned again), <c>cannot-tell</c> (a check forbids it) or <c>bad-command</c>.
    /// </summary>
    [Alias("Direct"), ForRole(StaffRoles.Director)]
    Task<Outcome> Direct(DirectorCommand command);

    /// <summary>The story as its director sees it; <see langword="null"/> if there is no such session.</summary>
    [Alias("Script"), ForRole(StaffRoles.Director)]
    Task<Script?> Script();

    /// <summary>
    /// Gives the viewer a seat, the same one each time. Refused with <c>not-open</c>, <c>ended</c>, <c>full</c>, <c>banned</c>
    /// or <c>busy</c>; where seats have codes also with <c>seat-code</c> (none was given), <c>unknown-code</c> or
    /// <c>seat-taken</c>.
    /// </summary>
    /// <param name="viewer">Who.</param>
    /// <param name="seatCode">The code of a seat, or <see langword="null"/>; ignored where seats have none.</param>
    [Alias("Join")]
    Task<Seating> Join(ViewerId viewer, string? seatCode);

    /// <summary>Which seats are taken, and which are banned.</summary>
    [Alias("Seats")]
    Task<SeatList> Seats();

    /// <summary>
    /// Parts a viewer from the seat, whose tickets are void from then on; nothing is left here that tells who sat there.
    /// Refused with <c>busy</c>; then ask again.
    /// </summary>
    [Alias("Forget")]
    Task<Outcome> Forget(ViewerId viewer);

    /// <summary>Every beat told so far, the one on the wall last with the lines that have aired: what a late-comer missed.</summary>
    [Alias("Story")]
    Task<ImmutableArray<ToldBeat>> Story();

    /// <summary>Every decided round with its book, once the show has ended; empty before.</summary>
    [Alias("Rounds")]
    Task<ImmutableArray<RoundRecord>> Rounds();

    /// <summary>The whole show as it was told, once it has ended; <see langword="null"/> before.</summary>
    [Alias("Recording")]
    Task<Recording?> Recording();

    /// <summary>
    /// Goes on with another version of the same film, from the next beat that is not on the wall yet. Refused with
    /// <c>not-rehearsal</c>, <c>unknown-film</c> or <c>bad-terms</c> (the new version lacks the session's languages or
    /// running time).
    /// </summary>
    [Alias("Reload"), ForRole(StaffRoles.Operator)]
    Task<Outcome> Reload(FilmRef film);

    /// <summary>
    /// An order to try a writer on, by which nothing is told: the show's opening, due in five seconds. <see langword="null"/> if
    /// there is no such session or its film is lost.
    /// </summary>
    [Alias("TrialOrder"), ForRole(StaffRoles.Operator)]
    Task<BeatOrder?> TrialOrder();

    /// <summary>
    /// Ends a rehearsal if it still runs and removes everything that was kept of it: its streams, its seats, its remarks.
    /// Repeating it is harmless. Refused with <c>not-rehearsal</c>, or <c>busy</c>; then ask again.
    /// </summary>
    [Alias("Discard"), ForRole(StaffRoles.Operator)]
    Task<Outcome> Discard();

    /// <summary>
    /// Subscribes a gateway, or renews it (every 2 s; a subscription lapses after 10 s). The answer is the whole present,
    /// which also repairs any push that was lost; <see langword="null"/> if there is no such session.
    /// </summary>
    /// <param name="gateway">The gateway process, so that its renewals are told from another's.</param>
    /// <param name="observer">Where pushes go.</param>
    /// <param name="present">Phones connected to this gateway.</param>
    /// <param name="walls">Walls connected to this gateway.</param>
    [Alias("Watch")]
    Task<Watching?> Watch(Guid gateway, IGatewayObserver observer, int present, int walls);

    /// <summary>The present without subscribing.</summary>
    [Alias("Look")]
    Task<Watching?> Look();

    /// <summary>How it does, for whoever looks after many; <see langword="null"/> if there is no such session.</summary>
    [Alias("Glance"), ForRole(StaffRoles.Operator, StaffRoles.Director, StaffRoles.Admin)]
    Task<SessionGlance?> Glance();

    /// <summary>What the show was like for its staff, once it has ended; <see langword="null"/> before, or if it never started.</summary>
    [Alias("Insights"), ForRole(StaffRoles.Operator, StaffRoles.Director, StaffRoles.Admin)]
    Task<Insights?> Insights();

    /// <summary>A shard's newest book and feelings.</summary>
    [Alias("Report"), OneWay]
    Task Report(ShardReport report);

    /// <summary>The wall put a line on the screen.</summary>
    [Alias("Shown"), OneWay]
    Task Shown(int beat, int line);

    /// <summary>A beat is written and checked.</summary>
    [Alias("Prepared"), OneWay]
    Task Prepared(Beat beat);

    /// <summary>
    /// What an aside may know at this point of the story. Refused with <c>no-session</c>, <c>not-started</c>, <c>bad-language</c>,
    /// <c>not-met</c> (the character was not there yet), <c>bad-remark</c> or <c>not-ended</c>.
    /// </summary>
    [Alias("Aside")]
    Task<AsideAsked> Aside(AsideRequest request);

    /// <summary>Characters who were in a beat that has aired, in the film's order.</summary>
    [Alias("Company")]
    Task<ImmutableArray<Met>> Company();

    /// <summary>An act that is over was summed up.</summary>
    [Alias("Summarized"), OneWay]
    Task Summarized(ActSummary summary);

    /// <summary>
    /// Keeps a viewer's remark until somebody says yes or no. Sending the same words again while they wait changes nothing.
    /// Refused with <c>remarks-off</c>, <c>muted</c>, <c>not-now</c>, <c>bad-remark</c>, <c>slow-down</c>, <c>later</c>,
    /// <c>busy</c>, or as a void ticket is.
    /// </summary>
    /// <param name="seat">Who, from 1.</param>
    /// <param name="sitting">The sitting of the ticket.</param>
    /// <param name="words">What the viewer typed.</param>
    [Alias("Remark")]
    Task<RemarkTaken> Remark(int seat, int sitting, string words);

    /// <summary>The remarks somebody still has to do with.</summary>
    [Alias("Remarks"), ForRole(StaffRoles.Operator, StaffRoles.Director)]
    Task<RemarkQueue> Remarks();

    /// <summary>Decides about a remark. Refused with <c>no-remark</c>, <c>remarks-off</c>, <c>wall-full</c> or <c>busy</c>.</summary>
    [Alias("Judge"), ForRole(StaffRoles.Operator, StaffRoles.Director)]
    Task<Outcome> Judge(JudgeRemark judgement);

    /// <summary>
    /// Keeps a viewer's suggestion for the beat on the wall. Sending the same words again changes nothing. Refused with
    /// <c>turns-off</c>, <c>muted</c>, <c>not-now</c>, <c>bad-suggestion</c>, <c>not-here</c> (words that no option may have),
    /// <c>slow-down</c>, <c>enough</c>, <c>later</c>, <c>busy</c>, or as a void ticket is.
    /// </summary>
    /// <param name="seat">Who, from 1.</param>
    /// <param name="sitting">The sitting of the ticket.</param>
    /// <param name="words">What the viewer typed.</param>
    [Alias("Suggest")]
    Task<SuggestionTaken> Suggest(int seat, int sitting, string words);

    /// <summary>What became of a seat's newest suggestion for the present beat; <see langword="null"/> if there is none, or the ticket is void.</summary>
    /// <param name="seat">Who, from 1.</param>
    /// <param name="sitting">The sitting of the ticket.</param>
    [Alias("Suggested")]
    Task<OwnSuggestion?> Suggested(int seat, int sitting);

    /// <summary>The suggestions for the beat on the wall, by likeness.</summary>
    [Alias("Suggestions"), ForRole(StaffRoles.Operator, StaffRoles.Director)]
    Task<TurnQueue> Suggestions();

    /// <summary>
    /// Decides about suggestions that are alike; only a director gives them other words. Refused with <c>no-suggestion</c>,
    /// <c>turns-off</c>, <c>turn-late</c> (the vote is open), <c>turns-full</c>, <c>bad-suggestion</c>, <c>not-here</c>,
    /// <c>not-allowed</c> or <c>busy</c>.
    /// </summary>
    [Alias("JudgeSuggestion"), ForRole(StaffRoles.Operator, StaffRoles.Director)]
    Task<Outcome> JudgeSuggestion(JudgeSuggestion judgement);
}

/// <summary>One gateway process, told of every change of the sessions it watches.</summary>
[Alias("story.IGatewayObserver")]
public interface IGatewayObserver : IGrainObserver
{
    /// <summary>The stage changed.</summary>
    [Alias("StageChanged"), OneWay]
    Task StageChanged(Stage stage);

    /// <summary>The tally changed.</summary>
    [Alias("TallyChanged"), OneWay]
    Task TallyChanged(SessionId session, Tally tally);

    /// <summary>A sitting has ended: the seat's phones that hold a ticket of an earlier one than this are to be sent away.</summary>
    [Alias("SeatClosed"), OneWay]
    Task SeatClosed(SessionId session, Sitting sitting);
}

/// <summary>The whole present of a session.</summary>
/// <param name="Stage">What wall and phones show.</param>
/// <param name="Tally">The open round's count, if one is open.</param>
/// <param name="Shards">Audience shards, for routing ballots.</param>
/// <param name="Health">What only the console shows.</param>
/// <param name="Sittings">The seats whose first sitting has ended, ascending: tickets of earlier sittings are void.</param>
/// <param name="Secret">What the gateway makes receipt proofs and seat codes from, or <see langword="null"/>.</param>
[GenerateSerializer, Immutable, Alias("story.Watching")]
public sealed record Watching(
    [property: Id(0)] Stage Stage,
    [property: Id(1)] Tally? Tally,
    [property: Id(2)] int Shards,
    [property: Id(3)] SessionHealth Health,
    [property: Id(4)] ImmutableArray<Sitting> Sittings,
    [property: Id(5)] string? Secret)
{
    /// <summary>Seats whose remarks and feelings are not taken, ascending.</summary>
    [Id(6)] public ImmutableArray<int> Muted { get; init; } = [];
}

/// <summary>What the operator wants to know.</summary>
/// <param name="DeadAirMs">Dead air so far, milliseconds, as the wall reports.</param>
/// <param name="PreparedOptions">Options whose next beat is ready.</param>
/// <param name="Fallbacks">Beats on air that a storylet told because the writer who was asked did not.</param>
/// <param name="WallSeenMs">When the wall last reported a line, UTC milliseconds; 0 if never.</param>
/// <param name="Journal">How the session's journal does.</param>
/// <param name="Walls">Walls connected now, as gateways last told.</param>
/// <param name="WallLostMs">Since when the show has no wall, UTC milliseconds; 0 when it has one, or never had.</param>
/// <param name="WithoutWall">Whether an operator had the show go on without it.</param>
/// <param name="RemarksWaiting">Remarks that wait for a yes or a no.</param>
[GenerateSerializer, Immutable, Alias("story.SessionHealth")]
public sealed record SessionHealth(
    [property: Id(0)] long DeadAirMs,
    [property: Id(1)] int PreparedOptions,
    [property: Id(2)] int Fallbacks,
    [property: Id(3)] long WallSeenMs,
    [property: Id(4)] JournalHealth? Journal = null,
    [property: Id(5)] int Walls = 0,
    [property: Id(6)] long WallLostMs = 0,
    [property: Id(7)] bool WithoutWall = false,
    [property: Id(8)] int RemarksWaiting = 0)
{
    /// <summary>The beats that may come next, one an option.</summary>
    [Id(9)] public ImmutableArray<ComingBeat> Coming { get; init; } = [];

    /// <summary>The tension that was wanted and told, and what the hall felt, a point a beat in order.</summary>
    [Id(10)] public ImmutableArray<ScriptPoint> Curve { get; init; } = [];

    /// <summary>Groups of suggested turns that wait for a yes or a no.</summary>
    [Id(11)] public int TurnsWaiting { get; init; }
}

/// <summary>A beat that may come next.</summary>
/// <param name="Option">The option that leads to it.</param>
/// <param name="Writer">Who wrote it, or <see langword="null"/> while nobody has.</param>
[GenerateSerializer, Immutable, Alias("story.ComingBeat")]
public sealed record ComingBeat([property: Id(0)] int Option, [property: Id(1)] string? Writer);

/// <summary>The seats of a session.</summary>
/// <param name="Capacity">How many there are.</param>
/// <param name="Taken">Taken, ascending.</param>
/// <param name="Banned">Banned, ascending.</param>
[GenerateSerializer, Immutable, Alias("story.SeatList")]
public sealed record SeatList(
    [property: Id(0)] int Capacity,
    [property: Id(1)] ImmutableArray<int> Taken,
    [property: Id(2)] ImmutableArray<int> Banned)
{
    /// <summary>Muted, ascending.</summary>
    [Id(3)] public ImmutableArray<int> Muted { get; init; } = [];
}

/// <summary>A seat, or why not.</summary>
/// <param name="Seat">From 1; 0 when refused.</param>
/// <param name="Refusal">Why not, or <see langword="null"/>.</param>
/// <param name="Sitting">The seat's sitting, from 0, which the ticket must name.</param>
[GenerateSerializer, Immutable, Alias("story.Seating")]
public sealed record Seating([property: Id(0)] int Seat, [property: Id(1)] Refusal? Refusal, [property: Id(2)] int Sitting = 0);
