using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Rules.Films;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Storage.Films;

/// <summary>The pictures and sounds in a film's folder. Only what the film names is there for anybody, and links are refused.</summary>
public static class FilmAssets
{
    /// <summary>Bytes of a picture: a wall shows it within a second from a slow disk.</summary>
    public const long MostStillBytes = 8 << 20;

    /// <summary>Bytes of a sound: ten minutes of a loop.</summary>
    public const long MostSoundBytes = 16 << 20;

    private static readonly Text PutThere = Both("Put the file there, or delete its name from the film.", "请把文件放在那里，或从影片里删去它的名字。");

    /// <summary>What the film names and its folder does not hold as it should.</summary>
    public static ImmutableArray<FilmProblem> Missing(string folder, Film film) =>
    [
        .. film.Assets
            .Select(asset => (Asset: asset, Look(folder, asset).Why))
            .Where(one => one.Why is not null)
            .Select(one => new FilmProblem($"{Path.TrimEndingDirectorySeparator(folder).Replace('\\', '/')}/{one.Asset}", 1, 1, one.Why!, PutThere)),
    ];

    /// <summary>The file, or <see langword="null"/> and why not.</summary>
    /// <param name="folder">The film's folder.</param>
    /// <param name="asset">A path below it, as the film's reader accepts them: plain names without a way out.</param>
    /// <param name="why">What is wrong: an English clause without capital or full stop; empty when nothing is.</param>
    public static FileInfo? Find(string folder, string asset, out string why)
    {
        var (file, reason) = Look(folder, asset);
        why = reason?.Words ?? "";
        return file;
    }

    private static (FileInfo? File, Text? Why) Look(string folder, string asset)
    {
        var file = new FileInfo(Path.Combine(folder, asset));
        for (FileSystemInfo? part = file; part is not null && part.FullName != Path.GetFullPath(folder); part = (part as FileInfo)?.Directory ?? (part as DirectoryInfo)?.Parent)
        {
            if (part.LinkTarget is not null) return (null, Both("this is a link", "这是一个链接"));
        }

        var most = FilmLimits.Stills.Contains(file.Extension, StringComparer.Ordinal) ? MostStillBytes : MostSoundBytes;
        if (!file.Exists) return (null, Both("the film names this file, and it is not there", "影片提到了这个文件，但它不在"));
        return file.Length > most ? (null, Both($"the file is larger than {most >> 20} MiB", $"文件超过 {most >> 20} MiB")) : (file, null);
    }
}
