using System.Collections.Immutable;
using System.Text;

namespace Orleans.Story.Inference.Prompting;

/// <summary>
/// The words of one prompt in one language: a versioned file of named sections. A prompt that was used is never changed;
/// a better one is a new file with the next number, so that a record's version says what the model read.
/// </summary>
public sealed class PromptPack
{
    private const string Section = "## ";

    private readonly ImmutableDictionary<string, string> sections;

    private PromptPack(string version, string language, ImmutableDictionary<string, string> sections) =>
        (Version, Language, this.sections) = (version, language, sections);

    /// <summary>File name without its ending, for instance <c>beat-1.en</c>.</summary>
    public string Version { get; }

    /// <summary>The language that it is written in, <c>en</c> or <c>zh</c>.</summary>
    public string Language { get; }

    /// <summary>The prompt of a name in a telling language; languages without a file of their own are asked for in English.</summary>
    /// <param name="name">For instance <c>beat-1</c>.</param>
    /// <param name="language">BCP 47 tag of the telling language.</param>
    public static PromptPack For(string name, string language)
    {
        var written = language.StartsWith("zh", StringComparison.Ordinal) ? "zh" : "en";
        var version = $"{name}.{written}";
        using var stream = typeof(PromptPack).Assembly.GetManifestResourceStream($"prompts/{version}.md")
            ?? throw new InvalidOperationException($"There is no prompt {version}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new PromptPack(version, written, Sections(reader.ReadToEnd()));
    }

    /// <summary>
    /// A section with its blanks <c>{{name}}</c> filled in. A line whose blanks are all empty is left out, so that a
    /// prompt never says "Promises:" and then nothing.
    /// </summary>
    /// <param name="section">The section's name.</param>
    /// <param name="blanks">What goes into each blank.</param>
    /// <exception cref="InvalidOperationException">There is no such section, or a blank is not given.</exception>
    public string Fill(string section, IReadOnlyDictionary<string, string> blanks)
    {
        if (!sections.TryGetValue(section, out var text)) throw new InvalidOperationException($"{Version} has no section '{section}'.");
        var filled = new StringBuilder();
        foreach (var line in text.Split('\n'))
        {
            if (Filled(line, blanks) is { } words) filled.Append(words).Append('\n');
        }

        return filled.ToString().Trim('\n');
    }

    /// <summary>A section that has no blanks.</summary>
    public string this[string section] => Fill(section, ImmutableDictionary<string, string>.Empty);

    private string? Filled(string line, IReadOnlyDictionary<string, string> blanks)
    {
        var words = new StringBuilder();
        var (at, any, empty) = (0, false, true);
        for (var open = line.IndexOf("{{", StringComparison.Ordinal); open >= 0; open = line.IndexOf("{{", at, StringComparison.Ordinal))
        {
            var close = line.IndexOf("}}", open, StringComparison.Ordinal);
            var name = line[(open + 2)..close];
            if (!blanks.TryGetValue(name, out var value)) throw new InvalidOperationException($"{Version} has a blank '{name}' that nobody fills.");
            words.Append(line, at, open - at).Append(value);
            (at, any, empty) = (close + 2, true, empty && value.Length == 0);
        }

        return any && empty ? null : words.Append(line, at, line.Length - at).ToString();
    }

    private static ImmutableDictionary<string, string> Sections(string file)
    {
        var found = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var part in file.ReplaceLineEndings("\n").Split('\n' + Section).Skip(1))
        {
            var end = part.IndexOf('\n', StringComparison.Ordinal);
            found[part[..end].Trim()] = part[(end + 1)..].Trim('\n');
        }

        return found.ToImmutable();
    }
}
