using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Contracts.Inference;

/// <summary>How urgent a piece of writing is.</summary>
[GenerateSerializer, Alias("story.WritePriority"), JsonConverter(typeof(JsonStringEnumConverter<WritePriority>))]
public enum WritePriority
{
    /// <summary>The wall waits for it.</summary>
    Live,

    /// <summary>It may never be told.</summary>
    Speculative,

    /// <summary>It is no part of the story; the story goes first.</summary>
    Aside,
}

/// <summary>One beat: plan in, checked beat out. A cache of what the session's journal says; the key is a <see cref="BeatKey"/>.</summary>
[Alias("story.IBeatGrain")]
public interface IBeatGrain : IGrainWithStringKey
{
    /// <summary>
    /// Starts the writing and returns at once; the beat goes to <see cref="ISessionGrain.Prepared"/> by the deadline,
    /// whoever wrote it. Repeating it while it is under way only says how urgent and how likely it is now.
    /// </summary>
    [Alias("Prepare")]
    Task Prepare(BeatOrder order);

    /// <summary>A worker finished a job.</summary>
    [Alias("Written"), OneWay]
    Task Written(Guid job, Beat beat);

    /// <summary>A worker gave a job up.</summary>
    [Alias("Failed"), OneWay]
    Task Failed(Guid job, string reason);

    /// <summary>A worker gave a job back for a more urgent one.</summary>
    [Alias("Displaced"), OneWay]
    Task Displaced(Guid job);

    /// <summary>The story went another way: what was written is forgotten, and what is being written is called off.</summary>
    [Alias("Drop"), OneWay]
    Task Drop();
}

/// <summary>What a beat grain needs to have a beat written.</summary>
/// <param name="Film">The exact film.</param>
/// <param name="Plan">What it must do.</param>
/// <param name="Languages">The languages in the hall, the telling language first.</param>
/// <param name="Priority">How urgent.</param>
/// <param name="DeadlineMs">UTC milliseconds; at this moment the storylet writer takes over.</param>
/// <param name="Past">What was told before it, or <see langword="null"/> for who needs none.</param>
/// <param name="Repair">What was wrong with the first attempt, or <see langword="null"/> for the first.</param>
/// <param name="Likelihood">How likely its option is to win, 0–1; who asks for less room than there is does not see it.</param>
/// <param name="Rating">The highest age rating that may be told, or <see langword="null"/> for the whole film.</param>
[GenerateSerializer, Immutable, Alias("story.BeatOrder")]
public sealed record BeatOrder(
    [property: Id(0)] FilmRef Film,
    [property: Id(1)] Plan Plan,
    [property: Id(2)] ImmutableArray<string> Languages,
    [property: Id(3)] WritePriority Priority,
    [property: Id(4)] long DeadlineMs,
    [property: Id(5)] StorySoFar? Past = null,
    [property: Id(6)] Repair? Repair = null,
    [property: Id(7)] double Likelihood = 1,
    [property: Id(8)] string? Rating = null);

/// <summary>The inference workers that hold a lease; the key is <c>main</c>.</summary>
[Alias("story.IInferencePoolGrain")]
public interface IInferencePoolGrain : IGrainWithStringKey
{
    /// <summary>Registers a worker or renews its lease (every 3 s; a lease lapses after 10 s).</summary>
    [Alias("Lease")]
    Task Lease(WorkerLease lease);

    /// <summary>
    /// The worker for a beat, by rendezvous hash of its session over live leases with room for it; none while a more urgent
    /// or likelier beat waits for the same room, while the session holds its fair share, and once its budget is spent.
    /// </summary>
    [Alias("Place")]
    Task<WorkerPlace> Place(PlaceRequest request);

    /// <summary>A job is over, however it ended.</summary>
    [Alias("Release"), OneWay]
    Task Release(Guid job);

    /// <summary>What a worker has spent on a session since it started, tokens; repeats and losses are harmless.</summary>
    [Alias("Spent"), OneWay]
    Task Spent(string worker, SessionId session, long tokens);

    /// <summary>What a session's record says that its beats cost, tokens; for a pool that has heard of no spending yet.</summary>
    [Alias("Recorded"), OneWay]
    Task Recorded(SessionId session, long tokens);

    /// <summary>Workers with a live lease, by id.</summary>
    [Alias("Workers")]
    Task<ImmutableArray<WorkerLease>> Workers();
}

/// <summary>A worker's claim to get work.</summary>
/// <param name="Worker">The worker grain's key.</param>
/// <param name="Model">What writes behind it, for instance <c>storylet</c>.</param>
/// <param name="Room">How many more jobs it takes; 0 when full.</param>
/// <param name="SpeculativeRoom">How many more speculative jobs it takes; at most <paramref name="Room"/>.</param>
/// <param name="Tokens">Tokens that it still has memory for.</param>
/// <param name="TokensPerShow">Most tokens that one show may spend, 0 for no limit.</param>
[GenerateSerializer, Immutable, Alias("story.WorkerLease")]
public sealed record WorkerLease(
    [property: Id(0)] string Worker,
    [property: Id(1)] string Model,
    [property: Id(2)] int Room,
    [property: Id(3)] int SpeculativeRoom,
    [property: Id(4)] int Tokens = int.MaxValue,
    [property: Id(5)] long TokensPerShow = 0);

/// <summary>A beat looks for a worker.</summary>
/// <param name="Session">Whose it is.</param>
/// <param name="Job">The attempt.</param>
/// <param name="Priority">How urgent.</param>
/// <param name="Likelihood">How likely it is to be told, 0–1.</param>
/// <param name="Tokens">What it needs, prompt and answer together, by estimate.</param>
[GenerateSerializer, Immutable, Alias("story.PlaceRequest")]
public sealed record PlaceRequest(
    [property: Id(0)] SessionId Session,
    [property: Id(1)] Guid Job,
    [property: Id(2)] WritePriority Priority,
    [property: Id(3)] double Likelihood,
    [property: Id(4)] int Tokens);

/// <summary>Where to have a beat written.</summary>
/// <param name="Worker">The worker grain's key, or <see langword="null"/> when none has room.</param>
/// <param name="RetryAfterMs">When to ask again if none has room, milliseconds; 0 when asking again is no use.</param>
[GenerateSerializer, Immutable, Alias("story.WorkerPlace")]
public sealed record WorkerPlace([property: Id(0)] string? Worker, [property: Id(1)] int RetryAfterMs);

/// <summary>One writer in one process; the key is the worker's id. Registered only where the <c>gpu</c> role runs.</summary>
[Alias("story.IInferenceWorkerGrain")]
public interface IInferenceWorkerGrain : IGrainWithStringKey
{
    /// <summary>Activates the worker in the caller's process and starts leasing it to the pool; repeating it is harmless.</summary>
    [Alias("Start")]
    Task Start();

    /// <summary>Takes a job and returns at once; the result goes to the beat grain. False when there is no room, or it was not started.</summary>
    [Alias("Write")]
    Task<bool> Write(WriteJob job);

    /// <summary>Calls a job off; nobody waits for it any more.</summary>
    [Alias("Cancel"), OneWay]
    Task Cancel(Guid job);

    /// <summary>Whether it is at work on a job: a worker that was started anew is not.</summary>
    [Alias("Has")]
    Task<bool> Has(Guid job);

    /// <summary>
    /// Writes an aside, at the latest when it is due; <see langword="null"/> when nothing was written, or nothing that may be
    /// shown. Room is taken before, with the pool.
    /// </summary>
    [Alias("Say")]
    Task<Aside?> Say(Guid job, SessionId session, AsideOrder order);

    /// <summary>
    /// Writes and checks a beat that goes nowhere, and says how it went; <see langword="null"/> while it is being written: ask
    /// again with the same name. A call waits 4 s at most, the trial until the order is due.
    /// </summary>
    [Alias("Try")]
    Task<WriteTrial?> Try(Guid trial, BeatOrder order);
}

/// <summary>How a trial went.</summary>
/// <param name="Writer">Who wrote, for instance <c>storylet</c>.</param>
/// <param name="TookMs">From the call to the checked beat, milliseconds.</param>
/// <param name="Failed">Why there was no beat that could have been told, or <see langword="null"/>.</param>
[GenerateSerializer, Immutable, Alias("story.WriteTrial")]
public sealed record WriteTrial(
    [property: Id(0)] string Writer,
    [property: Id(1)] double TookMs,
    [property: Id(2)] string? Failed);

/// <summary>A beat to write.</summary>
/// <param name="Job">Names this attempt.</param>
/// <param name="Session">For whom; its beats stay on one worker while it lives.</param>
/// <param name="Order">What.</param>
/// <param name="Tokens">What it needs, by estimate.</param>
[GenerateSerializer, Immutable, Alias("story.WriteJob")]
public sealed record WriteJob(
    [property: Id(0)] Guid Job,
    [property: Id(1)] SessionId Session,
    [property: Id(2)] BeatOrder Order,
    [property: Id(3)] int Tokens = 0);
