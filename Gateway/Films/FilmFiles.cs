using Orleans.Story.Storage.Films;

namespace Orleans.Story.Gateway.Films;

/// <summary>Tells by a look at names, lengths and times whether the files of films changed; it works on every disk and for every editor.</summary>
internal static class FilmFiles
{
    /// <summary>Files looked at below one folder; what lies beyond is not noticed.</summary>
    private const int Most = 10_000;

    /// <summary>What is there, as one string: equal as long as nothing changed.</summary>
    /// <remarks>A film that is still coming is none: see <see cref="FilmIntake"/>.</remarks>
    public static string Look(string folder) => !Directory.Exists(folder) ? "" : string.Join('|', new DirectoryInfo(folder)
        .EnumerateFiles("*", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(folder, file.FullName).StartsWith(FilmFolder.Incoming + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        .OrderBy(file => file.FullName, StringComparer.Ordinal)
        .Take(Most)
        .Select(file => $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}"));
}
