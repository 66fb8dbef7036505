using System.Collections.Immutable;
using System.Text;
using Orleans.Story.Rules.Films;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Storage.Films;

/// <summary>What a film's folder holds, as far as it could be read.</summary>
/// <param name="Sources">Its YAML files.</param>
/// <param name="Problems">What could not be read, and why.</param>
public sealed record FilmFolderContent(ImmutableArray<FilmSource> Sources, ImmutableArray<FilmProblem> Problems);

/// <summary>
/// Takes a film from the disk. What the film says is for <see cref="FilmReader"/> to judge; here it is only made sure
/// that the folder holds text of a sane size and does not reach outside itself: links are refused, not followed.
/// </summary>
public static class FilmFolder
{
    /// <summary>Folder below that of all films in which a film lies while it is written; nothing in it is a film.</summary>
    public const string Incoming = ".incoming";

    /// <summary>YAML files in one film. One more is reported and none is read.</summary>
    public const int MostFiles = 200;

    /// <summary>Bytes in one file. A longer file is reported and not read.</summary>
    public const int MostBytes = 1 << 20;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads and compiles the film in <paramref name="folder"/>; no film if a file of it could not be read.</summary>
    public static async Task<FilmReading> LoadAsync(string folder, CancellationToken cancellationToken = default)
    {
        var content = await ReadAsync(folder, cancellationToken);
        if (content.Sources.IsEmpty && !content.Problems.IsEmpty) return new FilmReading(null, content.Problems);
        var reading = FilmReader.Read(content.Sources);
        var missing = reading.Film is { } film ? FilmAssets.Missing(folder, film) : [];
        return content.Problems.IsEmpty && missing.IsEmpty ? reading : new FilmReading(null, [.. content.Problems, .. missing, .. reading.Problems]);
    }

    /// <summary>Reads every <c>.yaml</c> and <c>.yml</c> file in <paramref name="folder"/> and the folders below it.</summary>
    /// <param name="folder">The film's folder; problems name files by this path.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<FilmFolderContent> ReadAsync(string folder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var name = Path.TrimEndingDirectorySeparator(folder).Replace('\\', '/');
        var problems = ImmutableArray.CreateBuilder<FilmProblem>();
        var sources = ImmutableArray.CreateBuilder<FilmSource>();
        try
        {
            var files = new List<(string Path, FileInfo File)>();
            Walk(new DirectoryInfo(folder), name, files, problems);
            if (files.Count > MostFiles)
            {
                problems.Add(new FilmProblem(
                    name,
                    1,
                    1,
                    Both($"the folder holds more than {MostFiles} YAML files", $"文件夹里的 YAML 文件超过 {MostFiles} 个"),
                    Both("Put several storylets into one file.", "请把几个片段放进同一个文件。")));
                return new FilmFolderContent([], problems.ToImmutable());
            }

            foreach (var (path, file) in files.OrderBy(file => file.Path, StringComparer.Ordinal))
            {
                if (await Text(path, file, problems, cancellationToken) is { } text) sources.Add(new FilmSource(path, text));
            }
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            problems.Add(new FilmProblem(
                name,
                1,
                1,
                Both($"the folder cannot be read ({failed.Message.TrimEnd('.')})", $"文件夹无法读取（{Why(failed)}）"),
                Both("Check that it exists and may be read.", "请确认它存在，并且有读取权限。")));
            sources.Clear();
        }

        return new FilmFolderContent(sources.ToImmutable(), problems.ToImmutable());
    }

    /// <summary>The system speaks English only, and the commonest reasons are few.</summary>
    private static string Why(Exception failed) => failed switch
    {
        DirectoryNotFoundException or FileNotFoundException => "找不到",
        UnauthorizedAccessException => "没有权限",
        _ => $"系统原文：{failed.Message.TrimEnd('.')}",
    };

    private static void Walk(DirectoryInfo folder, string name, List<(string Path, FileInfo File)> files, ImmutableArray<FilmProblem>.Builder problems)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            if (files.Count > MostFiles) return;
            var path = $"{name}/{entry.Name}";
            var isYaml = entry.Extension is ".yaml" or ".yml";
            if (entry.LinkTarget is not null || entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
            {
                if (isYaml || entry is DirectoryInfo)
                    problems.Add(new FilmProblem(path, 1, 1, Both("this is a link", "这是一个链接"), Both("Put the file itself into the film's folder.", "请把文件本身放进影片的文件夹。")));
            }
            else if (entry is DirectoryInfo below) Walk(below, path, files, problems);
            else if (isYaml) files.Add((path, (FileInfo)entry));
        }
    }

    private static async Task<string?> Text(string path, FileInfo file, ImmutableArray<FilmProblem>.Builder problems, CancellationToken cancellationToken)
    {
        // The length is what was read, not what the directory says: the file may grow meanwhile.
        var buffer = new byte[MostBytes + 1];
        await using var stream = file.OpenRead();
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > MostBytes)
        {
            problems.Add(new FilmProblem(path, 1, 1, Both("the file is larger than 1 MiB", "文件超过 1 MiB"), Both("Spread its storylets over several files.", "请把其中的片段分到几个文件里。")));
            return null;
        }

        try
        {
            return Utf8.GetString(buffer.AsSpan(0, length));
        }
        catch (DecoderFallbackException bad)
        {
            var line = buffer.AsSpan(0, Math.Clamp(bad.Index, 0, length)).Count((byte)'\n') + 1;
            problems.Add(new FilmProblem(path, line, 1, Both("the file is not UTF-8 text", "文件不是 UTF-8 文本"), Both("Save it as UTF-8 in your editor.", "请在编辑器里另存为 UTF-8。")));
            return null;
        }
    }
}
