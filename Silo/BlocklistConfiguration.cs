using System.Text;
using Microsoft.Extensions.Configuration;
using Orleans.Story.Contracts;
using Orleans.Story.Rules.Safety;

namespace Orleans.Story.Silo;

/// <summary>
/// <c>Story:Blocklist</c>, the path of a venue's words (<c>docs/design/19-checks.md</c>). It is read once, at the start; a file that
/// cannot be read refuses it, for a list that silently is not there is found out in front of an audience.
/// </summary>
public static class BlocklistConfiguration
{
    /// <summary>Larger files are no lists of words, bytes.</summary>
    private const int LargestFile = 512 * 1024;

    /// <summary>The built-in words, with the venue's on top where the settings name a file.</summary>
    /// <exception cref="HallRefusedException">The file is not there, is not text, or has lines that cannot be read.</exception>
    public static Blocklist Read(IConfiguration configuration)
    {
        if (configuration["Story:Blocklist"] is not { Length: > 0 } path) return Blocklist.BuiltIn;
        var reading = BlocklistFile.Read(Content(path));
        if (reading.Problems.IsEmpty) return Blocklist.BuiltIn.With(reading.Words);
        throw new HallRefusedException(Text.Both(
            $"Story:Blocklist, {path}: {string.Join(' ', reading.Problems.Select(problem => problem.In("en")))}",
            $"Story:Blocklist，{path}：{string.Concat(reading.Problems.Select(problem => problem.In("zh")))}"));
    }

    private static string Content(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
                throw new HallRefusedException(Text.Both($"Story:Blocklist, {path}, is larger than {LargestFile / 1024} KiB. Is it a list of words?", $"Story:Blocklist，{path}，超过 {LargestFile / 1024} KiB。这是词表吗？"));
            return File.ReadAllText(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        }
        catch (ArgumentException)
        {
            throw new HallRefusedException(Text.Both($"Story:Blocklist, {path}, is not UTF-8 text. Save it as UTF-8.", $"Story:Blocklist，{path}，不是 UTF-8 文本。请另存为 UTF-8。"));
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new HallRefusedException(Text.Both(
                $"Story:Blocklist names {path}, which cannot be read: {trouble.Message}",
                $"Story:Blocklist 指定的 {path} 无法读取。请检查路径和权限。"));
        }
    }
}
