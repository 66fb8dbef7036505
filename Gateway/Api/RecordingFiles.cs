using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Rules.Exports;

namespace Orleans.Story.Gateway.Api;

/// <summary>A format that a recording leaves in.</summary>
/// <param name="Type">The content type.</param>
/// <param name="Languages">How many languages a file may be in: 0 for all that there are.</param>
/// <param name="Write">Makes the file in these languages.</param>
internal sealed record RecordingFormat(string Type, int Languages, Func<Recording, ImmutableArray<string>, byte[]> Write)
{
    private const string Plain = "text/plain; charset=utf-8";

    /// <summary>All of them by the end of the file's name.</summary>
    public static FrozenDictionary<string, RecordingFormat> All { get; } = new Dictionary<string, RecordingFormat>(StringComparer.Ordinal)
    {
        ["json"] = new("application/json; charset=utf-8", 0, (show, _) => JsonExport.Write(show)),
        ["fountain"] = new(Plain, 1, (show, languages) => Utf8(FountainExport.Write(show, languages[0]))),
        ["vtt"] = new("text/vtt; charset=utf-8", 2, (show, languages) => Utf8(WebVttExport.Write(show, languages))),
        ["chapters.vtt"] = new("text/vtt; charset=utf-8", 1, (show, languages) => Utf8(WebVttExport.WriteChapters(show, languages[0]))),
        ["srt"] = new("application/x-subrip; charset=utf-8", 2, (show, languages) => Utf8(SrtExport.Write(show, languages))),
        ["ink"] = new(Plain, 1, (show, languages) => Utf8(InkExport.Write(show, languages[0]))),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static byte[] Utf8(string file) => Encoding.UTF8.GetBytes(file);
}

/// <summary>A recording with its JSON; the other formats are made from it when somebody asks.</summary>
/// <param name="Show">The recording.</param>
/// <param name="Json">Its canonical bytes.</param>
internal sealed record RecordingFiles(Recording Show, byte[] Json)
{
    /// <summary>What it holds, bytes: the JSON, and the recording's words at two bytes a letter with their objects.</summary>
    public long Size => 4L * Json.Length;

    /// <summary>The file.</summary>
    public byte[] In(RecordingFormat format, ImmutableArray<string> languages) => format.Languages == 0 ? Json : format.Write(Show, languages);
}

/// <summary>The recordings of shows that have ended; see <see cref="RecordKeeper{T}"/> for how they are kept.</summary>
internal sealed class RecordingShelf : IDisposable
{
    private readonly IClusterClient cluster;

    /// <summary>A writer's own rehearsal, in a folder of its own, may be read again.</summary>
    private readonly bool rehearses;
    private readonly RecordKeeper<RecordingFiles> keeper;

    /// <summary>Nothing is kept yet.</summary>
    public RecordingShelf(IClusterClient cluster, Playbill playbill, GatewayOptions options, TimeProvider time)
    {
        (this.cluster, rehearses) = (cluster, options.Rehearse is not null);
        keeper = new RecordKeeper<RecordingFiles>(playbill, time, Read, files => files.Size);
    }

    /// <summary>The recording, or why not.</summary>
    public Task<Kept<RecordingFiles>> Of(SessionId session) => keeper.Of(session);

    /// <inheritdoc/>
    public void Dispose() => keeper.Dispose();

    private async Task<Kept<RecordingFiles>> Read(SessionId session)
    {
        if (await cluster.Session(session).Look() is not { } present) return Kept<RecordingFiles>.Not(Refusals.NoSession);
        if (present.Stage.Terms.Rehearsal && !rehearses) return Kept<RecordingFiles>.Not(Refusals.OnlyRehearsed);
        if (present.Stage.Phase != SessionPhase.Ended) return Kept<RecordingFiles>.Not(Rules.Sessions.Refusals.NotEnded);
        return await cluster.Session(session).Recording() is { } show
            ? new Kept<RecordingFiles>(new RecordingFiles(show, JsonExport.Write(show)), null)
            : Kept<RecordingFiles>.Not(Refusals.NeverStarted);
    }
}
