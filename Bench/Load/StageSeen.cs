using System.Text.Json;

namespace Orleans.Story.Bench.Load;

/// <summary>What the first phone reads of a stage.</summary>
/// <param name="NowMs">The session's clock, UTC milliseconds.</param>
/// <param name="Round">The round.</param>
/// <param name="State">Where it is.</param>
/// <param name="Options">How many options it has.</param>
/// <param name="OpenedMs">UTC milliseconds.</param>
/// <param name="DeadlineMs">UTC milliseconds.</param>
/// <param name="Counts">Once decided.</param>
/// <param name="Voters">Once decided.</param>
internal sealed record StageSeen(long NowMs, int Round, string State, int Options, long OpenedMs, long DeadlineMs, int[] Counts, int Voters)
{
    /// <summary>The session seals this long after the deadline (docs/protocol.md), milliseconds.</summary>
    public const int SealMs = 500;

    /// <summary>Reads a stage, or <see langword="null"/> if no round is in it.</summary>
    public static StageSeen? Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        var stage = document.RootElement;
        if (!stage.TryGetProperty("round", out var round) || round.ValueKind != JsonValueKind.Object) return null;
        var decided = round.TryGetProperty("decision", out var decision) && decision.ValueKind == JsonValueKind.Object;
        return new StageSeen(
            stage.GetProperty("nowMs").GetInt64(),
            round.GetProperty("round").GetInt32(),
            round.GetProperty("state").GetString()!,
            round.GetProperty("options").GetArrayLength(),
            round.GetProperty("openedMs").GetInt64(),
            round.GetProperty("deadlineMs").GetInt64(),
            decided ? [.. decision.GetProperty("counts").EnumerateArray().Select(count => count.GetInt32())] : [],
            decided ? decision.GetProperty("voters").GetInt32() : 0);
    }
}
