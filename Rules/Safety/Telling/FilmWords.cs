using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using Orleans.Story.Contracts;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Rules.Safety;

/// <summary>What a film itself says: the measure of which words are strange in it. Made once for each film, and gone with it.</summary>
internal sealed class FilmWords
{
    private static readonly ConditionalWeakTable<Film, FilmWords> Made = [];

    private readonly FrozenSet<string> words;
    private readonly FrozenSet<string> own;
    private readonly string text;
    private readonly FrozenSet<string> names;
    private readonly FrozenSet<string> voices;
    private readonly ImmutableArray<string> speakers;

    /// <summary>Only the film's own wordings are kept, so it never holds more than they times the lists and ratings in use.</summary>
    private readonly ConcurrentDictionary<(string Words, string Language, string Rating, Blocklist List), ImmutableArray<BlockedWord>> blocked = new();

    private FilmWords(Film film)
    {
        var all = All(film).SelectMany(Wordings).ToList();
        words = all.SelectMany(one => EnglishWords.Of(one.Words)).Select(one => one.Key).ToFrozenSet(StringComparer.Ordinal);
        own = film.Storylets.SelectMany(Told).SelectMany(Wordings).Select(one => one.Words).ToFrozenSet(StringComparer.Ordinal);
        text = string.Join('\n', all.Where(one => FilmLimits.IsIdeographic(one.Language)).Select(one => one.Words));
        names = film.Cast.Select(one => one.Name).Concat(film.Places.Select(one => one.Name)).Append(film.Title)
            .SelectMany(Wordings).SelectMany(one => EnglishWords.Of(one.Words).Select(word => word.Key).Append(Entry.Key(one.Words))).ToFrozenSet(StringComparer.Ordinal);
        voices = film.Cast.SelectMany(one => Wordings(one.Voice)).SelectMany(one => Runs(one.Words, one.Language)).ToFrozenSet(StringComparer.Ordinal);
        speakers = [.. film.Cast.SelectMany(one => Wordings(one.Name).Select(name => name.Words).Append(one.Id)).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The words of a film.</summary>
    public static FilmWords Of(Film film) => Made.GetValue(film, static one => new FilmWords(one));

    /// <summary>Whether a storylet says exactly this.</summary>
    public bool IsOwn(string wording) => own.Contains(wording);

    /// <summary>Whether a word in letters (as <see cref="EnglishWord.Key"/>) occurs anywhere in the film.</summary>
    public bool Has(string key) => words.Contains(key);

    /// <summary>Whether characters of Chinese, Japanese or Korean occur in this order anywhere in the film.</summary>
    public bool Says(string characters) => text.Contains(characters, StringComparison.Ordinal);

    /// <summary>Names and ids of the cast, as they may stand before a colon.</summary>
    public ImmutableArray<string> Speakers => speakers;

    /// <summary>Words that may not be said at a rating. What the film calls its people and places may always be said.</summary>
    public ImmutableArray<BlockedWord> Blocked(string wording, string language, string rating, Blocklist list)
    {
        var found = IsOwn(wording)
            ? blocked.GetOrAdd((wording, language, rating, list), static key => key.List.In(key.Words, key.Rating, key.Language))
            : list.In(wording, rating, language);
        return found.IsEmpty ? found : [.. found.Where(word => !names.Contains(Entry.Key(word.Word)))];
    }

    /// <summary>Whether a wording recites how a character is to talk: a note for writers, word for word.</summary>
    public bool RecitesVoice(string wording, string language) => Runs(wording, language).Any(voices.Contains);

    /// <summary>Every wording of a text.</summary>
    public static IEnumerable<Wording> Wordings(Text text) => text.Others.Prepend(new Wording(text.Language, text.Words));

    private static IEnumerable<Text> Told(Storylet storylet)
    {
        yield return storylet.Moment;
        if (storylet.Question is { } question) yield return question;
        foreach (var line in storylet.Lines) yield return line.Words;
        foreach (var option in storylet.Options) yield return option.Label;
    }

    private static IEnumerable<Text> All(Film film) =>
    [
        film.Title, film.Logline, .. film.WarmUp is { } light ? light.Options.Prepend(light.Question) : [],
        .. film.Cast.SelectMany(one => new[] { one.Name, one.Want, one.Fear, one.Voice, one.Secret, one.Epilogue }).OfType<Text>(),
        .. film.Places.SelectMany(one => new[] { one.Name, one.Sound }),
        .. film.Promises.Select(one => one.Statement), .. film.Facts.Select(one => one.Statement), .. film.Acts.Select(one => one.Name),
        .. film.Storylets.SelectMany(Told),
    ];

    /// <summary>Runs of six words, or of ten characters of Chinese, Japanese and Korean: too long to be said twice by chance.</summary>
    private static IEnumerable<string> Runs(string wording, string language)
    {
        if (!FilmLimits.IsIdeographic(language))
        {
            var keys = EnglishWords.Of(wording).Select(word => word.Key).ToList();
            for (var i = 0; i + 6 <= keys.Count; i++) yield return string.Join(' ', keys.Skip(i).Take(6));
            yield break;
        }

        var plain = new StringBuilder();
        foreach (var letter in wording.Where(char.IsLetterOrDigit)) plain.Append(letter);
        for (var i = 0; i + 10 <= plain.Length; i++) yield return plain.ToString(i, 10);
    }
}
