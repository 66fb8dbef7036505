namespace Orleans.Story.Contracts.Sessions;

/// <summary>
/// A session in the eyes of whoever looks after many: how it does, in one small message. No viewer, no seat, no code to
/// join with and no words of the story are in it.
/// </summary>
[GenerateSerializer, Immutable, Alias("story.SessionGlance")]
public sealed record SessionGlance
{
    /// <summary>The session.</summary>
    [Id(0)] public required SessionId Session { get; init; }

    /// <summary>The film's title.</summary>
    [Id(1)] public required Text Title { get; init; }

    /// <summary>Where it is in its life.</summary>
    [Id(2)] public required SessionPhase Phase { get; init; }

    /// <summary>Whether it is a rehearsal.</summary>
    [Id(3)] public bool Rehearsal { get; init; }

    /// <summary>When it is to start, UTC milliseconds; 0 where nobody said.</summary>
    [Id(4)] public long ScheduledMs { get; init; }

    /// <summary>When the show started, UTC milliseconds; 0 before.</summary>
    [Id(5)] public long StartedMs { get; init; }

    /// <summary>Scheduled end, UTC milliseconds; 0 before the start.</summary>
    [Id(6)] public long EndsAtMs { get; init; }

    /// <summary>When it will end as far as anyone can know now, UTC milliseconds; 0 before the start. Equal to <see cref="EndsAtMs"/> while the plan can keep it.</summary>
    [Id(7)] public long ForecastMs { get; init; }

    /// <summary>When the present pause began, UTC milliseconds; 0 when there is none.</summary>
    [Id(8)] public long PausedMs { get; init; }

    /// <summary>Seats.</summary>
    [Id(9)] public required int Capacity { get; init; }

    /// <summary>Seats taken.</summary>
    [Id(10)] public required int Seated { get; init; }

    /// <summary>Phones connected now, as gateways last told.</summary>
    [Id(11)] public required int Present { get; init; }

    /// <summary>The beat on the wall, from 0, or <see langword="null"/>.</summary>
    [Id(12)] public int? Beat { get; init; }

    /// <summary>The act's title, or <see langword="null"/> where no beat is on the wall.</summary>
    [Id(13)] public Text? Act { get; init; }

    /// <summary>Who wrote the beat on the wall, or <see langword="null"/>.</summary>
    [Id(14)] public string? Writer { get; init; }

    /// <summary>The round that is open, or <see langword="null"/>.</summary>
    [Id(15)] public GlanceRound? Round { get; init; }

    /// <summary>Whether an operator had the story land.</summary>
    [Id(16)] public bool Landing { get; init; }

    /// <summary>Whether the walls show nothing, as an operator wished.</summary>
    [Id(17)] public bool Dark { get; init; }

    /// <summary>Whether the show holds because the wall is lost.</summary>
    [Id(18)] public bool Holds { get; init; }

    /// <summary>Beats in a row, the newest last, that nobody had written when the wall was free.</summary>
    [Id(19)] public int FallbacksInARow { get; init; }

    /// <summary>What the operator wants to know.</summary>
    [Id(20)] public required SessionHealth Health { get; init; }
}

/// <summary>The open round at a glance.</summary>
/// <param name="Round">The round.</param>
/// <param name="DeadlineMs">UTC milliseconds.</param>
/// <param name="Voters">Seats that have voted.</param>
[GenerateSerializer, Immutable, Alias("story.GlanceRound")]
public sealed record GlanceRound([property: Id(0)] int Round, [property: Id(1)] long DeadlineMs, [property: Id(2)] int Voters);
