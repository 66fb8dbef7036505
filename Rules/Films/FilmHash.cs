using System.Security.Cryptography;
using System.Text;

namespace Orleans.Story.Rules.Films;

/// <summary>Names a film's sources by what they say, the same on every operating system.</summary>
public static class FilmHash
{
    /// <summary>
    /// SHA-256 (FIPS 180-4), 64 lower-case hexadecimal digits, over every file in ordinal order of its path: the path,
    /// LF, the content's length in bytes, LF, the content, LF. All is UTF-8 without a byte order mark; paths are
    /// written with <c>/</c>, line ends are LF.
    /// </summary>
    /// <param name="sources">Files with paths relative to the film's folder.</param>
    public static string Of(IEnumerable<FilmSource> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var source in sources.Select(Canonical).OrderBy(source => source.Path, StringComparer.Ordinal))
        {
            var content = Encoding.UTF8.GetBytes(source.Content);
            hash.AppendData(Encoding.UTF8.GetBytes($"{source.Path}\n{content.Length}\n"));
            hash.AppendData(content);
            hash.AppendData("\n"u8);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The source with <c>/</c> in its path, LF at its line ends and no byte order mark.</summary>
    internal static FilmSource Canonical(FilmSource source) => new(
        source.Path.Replace('\\', '/'),
        source.Content.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal));
}
