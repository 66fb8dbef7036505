using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Rules.Staff;
using Orleans.Story.Rules.Voting;

namespace Orleans.Story.Rules.Journal;

/// <summary>An event as a journal row holds it.</summary>
/// <param name="Type">The event's name.</param>
/// <param name="Format">The version of its shape, from 1.</param>
/// <param name="Body">UTF-8 JSON.</param>
public sealed record EncodedEvent(string Type, int Format, ReadOnlyMemory<byte> Body);

/// <summary>A row holds what this program cannot read: it was written by a newer one, or is damaged.</summary>
/// <param name="message">Which row type, and what to do.</param>
/// <param name="inner">Why, if the JSON itself was at fault.</param>
public sealed class UnreadableEventException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Events of one stream family to and from journal rows. The names and shapes are frozen by golden files: a changed
/// shape gets a new format number and a reader for the old one.
/// </summary>
/// <typeparam name="TEvent">The family's base type.</typeparam>
public sealed class EventCodec<TEvent>
    where TEvent : class
{
    private const int CurrentFormat = 1;
    private readonly FrozenDictionary<string, JsonTypeInfo> byName;

    internal EventCodec(params IEnumerable<Type> types) =>
        byName = types.ToFrozenDictionary(type => type.Name, type => LenientJson.Context.GetTypeInfo(type)!, StringComparer.Ordinal);

    /// <summary>The names of all events of the family.</summary>
    public IReadOnlyCollection<string> Names => byName.Keys;

    /// <summary>The row of an event.</summary>
    public EncodedEvent Write(TEvent happened)
    {
        var name = happened.GetType().Name;
        return new EncodedEvent(name, CurrentFormat, JsonSerializer.SerializeToUtf8Bytes(happened, byName[name]));
    }

    /// <summary>The event of a row.</summary>
    /// <exception cref="UnreadableEventException">Unknown type or format, or a damaged body.</exception>
    public TEvent Read(string type, int format, ReadOnlySpan<byte> body)
    {
        if (!byName.TryGetValue(type, out var info) || format != CurrentFormat)
            throw new UnreadableEventException($"This program cannot read '{type}' in format {format}. Start the newer version that wrote it.");
        try
        {
            return (TEvent)JsonSerializer.Deserialize(body, info)!;
        }
        catch (JsonException damaged)
        {
            throw new UnreadableEventException($"A '{type}' row is damaged: {damaged.Message}. Restore the journal from a backup.", damaged);
        }
    }
}

/// <summary>The codecs.</summary>
public static class EventCodecs
{
    /// <summary>Events of <c>session/{id}</c>.</summary>
    public static EventCodec<SessionEvent> Session { get; } = new(
        typeof(SessionCreated), typeof(OperatorActed), typeof(PlanMade), typeof(BeatPrepared), typeof(LineAired), typeof(WallLate),
        typeof(RoundOpened), typeof(RoundExtended), typeof(RoundClosed), typeof(EndMoved), typeof(DirectorActed), typeof(BeatWithheld),
        typeof(RoundDecided), typeof(FeelingsMeasured), typeof(SeatLeft), typeof(FilmReloaded), typeof(SessionEnded),
        typeof(RemarkApproved), typeof(RemarkRejected), typeof(RemarkWithdrawn), typeof(RemarkShown),
        typeof(SuggestionApproved), typeof(SuggestionRejected), typeof(SuggestionWithdrawn), typeof(TurnChosen), typeof(TurnOffered));

    /// <summary>Events of <c>audience/{id}/{shard}</c>.</summary>
    public static EventCodec<AudienceEvent> Audience { get; } = new(typeof(BallotsCast), typeof(ShardSealed), typeof(SittingsBegun));

    /// <summary>Events of <c>staff/audit</c>.</summary>
    public static EventCodec<AuditEvent> Audit { get; } = new(typeof(StaffActed));
}

/// <summary>Source-generated JSON of the journal; never an engine's serializer.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(SessionCreated))]
[JsonSerializable(typeof(OperatorActed))]
[JsonSerializable(typeof(PlanMade))]
[JsonSerializable(typeof(BeatPrepared))]
[JsonSerializable(typeof(LineAired))]
[JsonSerializable(typeof(WallLate))]
[JsonSerializable(typeof(RoundOpened))]
[JsonSerializable(typeof(RoundExtended))]
[JsonSerializable(typeof(RoundClosed))]
[JsonSerializable(typeof(EndMoved))]
[JsonSerializable(typeof(DirectorActed))]
[JsonSerializable(typeof(BeatWithheld))]
[JsonSerializable(typeof(RoundDecided))]
[JsonSerializable(typeof(FeelingsMeasured))]
[JsonSerializable(typeof(SeatLeft))]
[JsonSerializable(typeof(FilmReloaded))]
[JsonSerializable(typeof(SessionEnded))]
[JsonSerializable(typeof(RemarkApproved))]
[JsonSerializable(typeof(RemarkRejected))]
[JsonSerializable(typeof(RemarkWithdrawn))]
[JsonSerializable(typeof(RemarkShown))]
[JsonSerializable(typeof(SuggestionApproved))]
[JsonSerializable(typeof(SuggestionRejected))]
[JsonSerializable(typeof(SuggestionWithdrawn))]
[JsonSerializable(typeof(TurnChosen))]
[JsonSerializable(typeof(TurnOffered))]
[JsonSerializable(typeof(BallotsCast))]
[JsonSerializable(typeof(ShardSealed))]
[JsonSerializable(typeof(SittingsBegun))]
[JsonSerializable(typeof(StaffActed))]
internal sealed partial class EventJson : JsonSerializerContext;

internal static class LenientJson
{
    /// <summary>Chinese stays readable in the file: only what JSON itself demands is escaped.</summary>
    internal static EventJson Context { get; } = new(new JsonSerializerOptions(EventJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
