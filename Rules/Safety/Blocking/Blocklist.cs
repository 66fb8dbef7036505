using System.Collections.Immutable;
using System.Reflection;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Rules.Safety;

/// <summary>
/// Words and phrases with the age rating from which they may be said. Immutable; a venue's words come on top of the built-in
/// ones, and the last word about a word counts. How a word is found is in <c>docs/design/19-checks.md</c>.
/// </summary>
public sealed class Blocklist
{
    private static readonly Lazy<Blocklist> Shipped = new(Load);

    private readonly ImmutableArray<Entry> blocked;
    private readonly ImmutableArray<Entry> allowed;

    private Blocklist(ImmutableArray<BlockedWord> words)
    {
        Words = words;
        blocked = [.. words.Where(word => word.Rating != BlockedWord.Allow).Select(word => new Entry(word))];
        allowed = [.. words.Where(word => word.Rating == BlockedWord.Allow).Select(word => new Entry(word))];
    }

    /// <summary>What ships with the product, for English and Chinese.</summary>
    public static Blocklist BuiltIn => Shipped.Value;

    /// <summary>No words at all.</summary>
    public static Blocklist Empty { get; } = new([]);

    /// <summary>Every word in force, those that are allowed included.</summary>
    public ImmutableArray<BlockedWord> Words { get; }

    /// <summary>This list with more words on top. A word that is there already is replaced, whatever its capitals or width.</summary>
    public Blocklist With(IEnumerable<BlockedWord> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var kept = new Dictionary<(string, string?), BlockedWord>();
        foreach (var word in words) kept[(Entry.Key(word.Word), word.Language)] = word;
        // A word without a language speaks for every language, so it also replaces those that name one.
        return new Blocklist([.. Words.Where(old => !kept.ContainsKey((Entry.Key(old.Word), old.Language)) && !kept.ContainsKey((Entry.Key(old.Word), null))), .. kept.Values]);
    }

    /// <summary>The words in a text that may not be said at a rating; empty when it may be.</summary>
    /// <param name="words">The text, in whatever disguise.</param>
    /// <param name="rating">The age rating in force; what is no rating allows nothing.</param>
    /// <param name="language">BCP 47 tag of the text, or <see langword="null"/> where nobody knows.</param>
    public ImmutableArray<BlockedWord> In(string words, string rating, string? language = null)
    {
        ArgumentNullException.ThrowIfNull(words);
        var text = new Looked(words);
        if (text.Folded.Length == 0) return [];
        List<Span>? free = null;
        var found = ImmutableArray.CreateBuilder<BlockedWord>();
        foreach (var entry in blocked)
        {
            if ((Ratings.Exists(rating) && Ratings.Allows(rating, entry.Word.Rating)) || !Counts(entry.Word, language, text)) continue;
            foreach (var span in entry.In(text, language))
            {
                free ??= [.. allowed.Where(one => Counts(one.Word, language, text)).SelectMany(one => one.In(text, language))];
                if (free.Exists(other => other.Overlaps(span))) continue;
                found.Add(entry.Word);
                break;
            }
        }

        return found.ToImmutable();
    }

    /// <summary>A word of one language counts in it, and where the language is unknown or the text is mixed.</summary>
    private static bool Counts(BlockedWord word, string? language, Looked text) =>
        word.Language is not { } only || language is null || Primary(language) == Primary(only) || (only == "zh" && text.HasIdeographs);

    private static string Primary(string tag) => tag.IndexOf('-', StringComparison.Ordinal) is > 0 and var cut ? tag[..cut] : tag;

    private static Blocklist Load()
    {
        var words = ImmutableArray.CreateBuilder<BlockedWord>();
        foreach (var language in (string[])["en", "zh"])
        {
            using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Orleans.Story.Rules.Safety.Words.{language}.txt")
                ?? throw new InvalidOperationException($"The list of words for {language} is not in the program.");
            using var reader = new StreamReader(stream);
            var reading = BlocklistFile.Read(reader.ReadToEnd());
            if (!reading.Problems.IsEmpty) throw new InvalidOperationException(string.Join('\n', reading.Problems.Select(problem => problem.In("en"))));
            words.AddRange(reading.Words);
        }

        return Empty.With(words);
    }
}
