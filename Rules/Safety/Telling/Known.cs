using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Rules.Safety;

/// <summary>What the checks of one beat know: the film's words, what was told before it, the list and the rating in force.</summary>
internal sealed class Known
{
    private readonly HashSet<string> heard = new(StringComparer.Ordinal);
    private readonly List<string> told = [];

    public Known(Film film, CheckTerms? terms)
    {
        Film = FilmWords.Of(film);
        terms ??= CheckTerms.Usual;
        Rating = terms.Rating ?? film.Rating;
        List = terms.Blocklist ?? Blocklist.BuiltIn;
        Past = terms.Past is { Beats.IsDefaultOrEmpty: false } past ? [.. past.Beats.SelectMany(beat => beat.Lines.IsDefault ? [] : beat.Lines).Select(line => line.Words)] : [];
        // What aired was checked, or a person wanted it; and what the audience chose to call somebody is a name from then on.
        foreach (var text in Past.Concat(terms.Past is { Beats.IsDefaultOrEmpty: false } chosen ? chosen.Beats.Select(beat => beat.Chosen).OfType<Text>() : []))
        {
            foreach (var wording in FilmWords.Wordings(text))
            {
                heard.UnionWith(EnglishWords.Of(wording.Words).Select(word => word.Key));
                told.Add(wording.Words);
            }
        }
    }

    public FilmWords Film { get; }

    public string Rating { get; }

    public Blocklist List { get; }

    /// <summary>The lines that were told, as far as they are known.</summary>
    public ImmutableArray<Text> Past { get; }

    public bool Has(string key) => Film.Has(key) || heard.Contains(key);

    public bool Says(string characters) => Film.Says(characters) || told.Exists(one => one.Contains(characters, StringComparison.Ordinal));
}
