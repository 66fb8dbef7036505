using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Rules.Films;
using Orleans.Story.Storage.Films;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Gateway.Films;

/// <summary>
/// Lays a film into the folder of films, whole or not at all: it is written where nobody looks for films, on the same disk, and moved
/// into place at one stroke. Of two that come at once under one name, in one gateway or in two that share the folder, one is there.
/// </summary>
/// <param name="root">The folder of films.</param>
/// <param name="time">The clock.</param>
internal sealed class FilmIntake(string root, TimeProvider time)
{
    /// <summary>No upload takes so long: what is older was left by a process that died in the middle of one.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    /// <summary>How a file is written: path, content. Tests fail in the middle here.</summary>
    internal Func<string, string, CancellationToken, Task> Write { private get; init; } = (path, content, stop) => File.WriteAllTextAsync(path, content, stop);

    private string Waiting => Path.Combine(root, FilmFolder.Incoming);

    /// <summary>The refusal of a film whose name is taken.</summary>
    public static Refusal Taken(string slug) => new("film-exists", Both($"There is a film {slug} in the house already; nothing is written over.", $"片库里已经有影片 {slug}，不会覆盖。"));

    /// <summary>Writes the film's files; refuses if something is there under the name, or the folder takes no files.</summary>
    /// <param name="slug">The film's name.</param>
    /// <param name="sources">Its files, whose paths begin with the name.</param>
    /// <param name="stop">Stops it, with nothing left behind.</param>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was set in time.</exception>
    public async Task<Refusal?> Put(string slug, ImmutableArray<FilmSource> sources, CancellationToken stop)
    {
        var place = Path.Combine(root, slug);
        if (Path.Exists(place)) return Taken(slug);
        var folder = Path.Combine(Waiting, Guid.NewGuid().ToString("N"));
        try
        {
            SweepUp();
            foreach (var source in sources)
            {
                var path = Path.Combine(folder, source.Path[(slug.Length + 1)..]);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await Write(path, source.Content, stop);
            }

            stop.ThrowIfCancellationRequested();
            // Refuses what is there, and the system itself refuses to replace a folder that holds something.
            Directory.Move(folder, place);
            return null;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return Path.Exists(place) ? Taken(slug) : new Refusal("cannot-write", Both("The folder of films cannot be written.", "影片文件夹无法写入。"));
        }
        finally
        {
            Drop(folder);
        }
    }

    /// <summary>Removes what was left, sparing what another gateway may be writing.</summary>
    private void SweepUp()
    {
        if (!Directory.Exists(Waiting)) return;
        foreach (var left in Directory.EnumerateDirectories(Waiting))
        {
            if (time.GetUtcNow() - new DateTimeOffset(Directory.GetLastWriteTimeUtc(left)) > Abandoned) Drop(left);
        }
    }

    private static void Drop(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (Exception stays) when (stays is IOException or UnauthorizedAccessException)
        {
            // In nobody's way; swept up later.
        }
    }
}
