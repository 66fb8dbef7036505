using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Exports;

/// <summary>
/// The recording as JSON (RFC 8259): all of it, in every language. The bytes are canonical: UTF-8 without a mark, no white
/// space, members in the order of <see cref="Recording"/> behind <c>"format":2</c>. A changed shape gets a new number, and
/// files of an older one are still read.
/// </summary>
public static class JsonExport
{
    /// <summary>The number of the shape that is written.</summary>
    public const int Format = 2;

    private static readonly byte[] Head = [.. """{"format":2,"""u8];

    /// <summary>Files that do not say line by line who wrote.</summary>
    private static readonly byte[] First = [.. """{"format":1,"""u8];

    /// <summary>The file.</summary>
    public static byte[] Write(Recording recording) =>
        [.. Head, .. JsonSerializer.SerializeToUtf8Bytes(recording, ReadableJson.Context.Recording).AsSpan(1)];

    /// <summary>A file that <see cref="Write"/> made.</summary>
    /// <exception cref="JsonException">No recording, or one of another format.</exception>
    public static Recording Read(ReadOnlySpan<byte> file)
    {
        var first = file.StartsWith(First);
        if (!first && !file.StartsWith(Head)) throw new JsonException("This is no recording of format 1 or 2.");
        var recording = JsonSerializer.Deserialize([(byte)'{', .. file[Head.Length..]], ReadableJson.Context.Recording)
            ?? throw new JsonException("This is no recording.");
        return first ? recording with { Beats = [.. recording.Beats.Select(Credited)] } : recording;
    }

    /// <summary>What the first format left for its reader to conclude.</summary>
    private static RecordedBeat Credited(RecordedBeat beat) =>
        beat with { Lines = [.. beat.Lines.Select(line => line with { Writer = line.ByDirector ? Credits.Director : beat.Writer })] };
}

/// <summary>Source-generated JSON of the recording; frozen by a golden file.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Recording))]
internal sealed partial class RecordingJson : JsonSerializerContext;

internal static class ReadableJson
{
    /// <summary>Chinese stays readable in the file: only what JSON itself demands is escaped.</summary>
    internal static RecordingJson Context { get; } = new(new JsonSerializerOptions(RecordingJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
