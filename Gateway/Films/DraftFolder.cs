using System.Text;
using Orleans.Story.Contracts;
using Orleans.Story.Rules.Drafting;
using Orleans.Story.Rules.Films;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Gateway.Films;

/// <summary>
/// A draft on disk: the folder of a film, with <c>draft.json</c> beside it that holds every wording and what was agreed to. Files are
/// replaced whole, so that a lost connection leaves the old or the new.
/// </summary>
internal static class DraftFolder
{
    /// <summary>The file that makes a film's folder a draft.</summary>
    public const string File = "draft.json";

    /// <summary>No draft is larger, bytes; a film of two hundred storylets with eight wordings each is.</summary>
    private const int MostBytes = 16 << 20;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The draft, or why there is none.</summary>
    public static async Task<(Draft? Draft, Refusal? Refusal)> Load(string folder, CancellationToken stop)
    {
        var path = Path.Combine(folder, File);
        if (!System.IO.File.Exists(path)) return (null, new Refusal("no-draft", Both($"There is no draft in {folder}: it has no {File}.", $"{folder} 里没有草稿：缺少 {File}。")));
        if (new FileInfo(path).Length > MostBytes || DraftJson.Read(await System.IO.File.ReadAllTextAsync(path, stop)) is not { } draft)
            return (null, new Refusal("broken-draft", Both($"{path} cannot be read as a draft. The film's own files beside it may still be whole.", $"{path} 不是可以读取的草稿。旁边的影片文件可能仍然完好。")));
        return (draft, null);
    }

    /// <summary>Whether somebody changed the film's files by hand since the draft was saved.</summary>
    public static async Task<bool> IsChanged(string folder, Draft draft, CancellationToken stop)
    {
        foreach (var source in DraftFiles.Write(draft).Sources)
        {
            var path = PathOf(folder, draft, source);
            if (System.IO.File.Exists(path) && await System.IO.File.ReadAllTextAsync(path, stop) != source.Content) return true;
        }

        return false;
    }

    /// <summary>Writes the film's files and the draft.</summary>
    public static async Task Save(string folder, Draft draft, CancellationToken stop)
    {
        foreach (var source in DraftFiles.Write(draft).Sources) await Replace(PathOf(folder, draft, source), source.Content, stop);
        await Replace(Path.Combine(folder, File), DraftJson.Write(draft), stop);
    }

    /// <summary>Writes the draft alone.</summary>
    public static Task Keep(string folder, Draft draft, CancellationToken stop) => Replace(Path.Combine(folder, File), DraftJson.Write(draft), stop);

    private static string PathOf(string folder, Draft draft, FilmSource source) => Path.Combine(folder, source.Path[(draft.Slug.Length + 1)..]);

    private static async Task Replace(string path, string content, CancellationToken stop)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await System.IO.File.WriteAllTextAsync(path + ".new", content, Utf8, stop);
        System.IO.File.Move(path + ".new", path, overwrite: true);
    }
}
