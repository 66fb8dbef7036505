using System.Collections.Immutable;

namespace Orleans.Story.Rules.Films;

/// <summary>The longest wording that fits where it is shown, in characters as a reader counts them (grapheme clusters).</summary>
/// <param name="Letters">In languages written with letters.</param>
/// <param name="Ideographs">In Chinese, Japanese and Korean, where a character says more and is wider.</param>
public readonly record struct WordingLimit(int Letters, int Ideographs)
{
    /// <summary>The limit that holds in <paramref name="language"/>.</summary>
    public int In(string language) => FilmLimits.IsIdeographic(language) ? Ideographs : Letters;
}

/// <summary>Every number a film must keep to, and why it is that number.</summary>
public static class FilmLimits
{
    /// <summary>The only schema this reader knows.</summary>
    public const int Schema = 1;

    /// <summary>Ids travel in journals and logs; longer ones are sentences.</summary>
    public const int IdCharacters = 40;

    /// <summary>More would not be rendered by anyone for one hall.</summary>
    public const int Languages = 8;

    /// <summary>The fewest minutes in which a story turns at all.</summary>
    public const int ShortestMinutes = 2;

    /// <summary>The longest show one sitting carries.</summary>
    public const int LongestMinutes = 180;

    /// <summary>Fewer is no choice.</summary>
    public const int FewestOptions = 2;

    /// <summary>Four cards fit a phone without scrolling; options are indexed 0–3.</summary>
    public const int MostOptions = 4;

    /// <summary>The shortest reading length of a beat in seconds: less is gone before the hall has looked up.</summary>
    public const double ShortestBeatSeconds = 15;

    /// <summary>The longest reading length of a beat in seconds: more and the phones go back into the pockets.</summary>
    public const double LongestBeatSeconds = 120;

    /// <summary>
    /// Seconds from one beat's first line to the next's when the telling is at its calmest: a beat and its round.
    /// By it the reader counts how many storylets a running time uses up at least.
    /// </summary>
    public const int CalmBeatSeconds = 90;

    /// <summary>How far the acts' shares may be from 1 in sum, so that thirds can be written as 0.333.</summary>
    public const double ShareTolerance = 0.002;

    /// <summary>More sounds at once are noise.</summary>
    public const int MostLayers = 4;

    /// <summary>A storylet in which more than one line in this many hinges on a fact is really another storylet.</summary>
    public const int LinesPerHinge = 3;

    /// <summary>WCAG 2.2 contrast (AAA) of a place's text on its background: the last row reads it too.</summary>
    public const double TextContrast = 7;

    /// <summary>WCAG 2.2 contrast of graphical objects (1.4.11) for the accent on the background.</summary>
    public const double AccentContrast = 3;

    /// <summary>Pictures that a browser shows.</summary>
    public static ImmutableArray<string> Stills { get; } = [".jpg", ".jpeg", ".png", ".webp", ".avif"];

    /// <summary>Sounds that a browser plays.</summary>
    public static ImmutableArray<string> Sounds { get; } = [".mp3", ".ogg", ".m4a"];

    /// <summary>One aired line: two rows on the wall.</summary>
    public static WordingLimit Line { get; } = new(220, 90);

    /// <summary>The label of an option, on one card of a phone.</summary>
    public static WordingLimit Label { get; } = new(60, 60);

    /// <summary>The question above the options.</summary>
    public static WordingLimit Question { get; } = new(90, 40);

    /// <summary>The slug-line detail beside the place.</summary>
    public static WordingLimit Moment { get; } = new(40, 20);

    /// <summary>The name of a character, place or act.</summary>
    public static WordingLimit Name { get; } = new(40, 20);

    /// <summary>The film's title.</summary>
    public static WordingLimit Title { get; } = new(60, 30);

    /// <summary>The one sentence in the lobby.</summary>
    public static WordingLimit Logline { get; } = new(240, 100);

    /// <summary>What only writers see: want, fear, voice, secret, sound.</summary>
    public static WordingLimit Note { get; } = new(300, 140);

    /// <summary>A fact as one sentence.</summary>
    public static WordingLimit Statement { get; } = new(200, 90);

    /// <summary>Whether <paramref name="language"/> (BCP 47) is read by ideographs or syllable blocks.</summary>
    public static bool IsIdeographic(string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        var hyphen = language.IndexOf('-', StringComparison.Ordinal);
        return (hyphen < 0 ? language : language[..hyphen]) is "zh" or "ja" or "ko" or "yue";
    }
}
