namespace Orleans.Story.Rules.Films;

/// <summary>How many beats a show takes when nothing is stretched: reading time of the slowest language, round and card.</summary>
public static class ShowLength
{
    /// <summary>Seconds of a round and its decision card as they are by default: 20 and 4.</summary>
    public const int VoteSeconds = 24;

    /// <summary>Of all storylets, a show of the longest running time needs at most one in so many: the rest is choice.</summary>
    public const int StoryletsPerBeat = 3;

    /// <summary>Films whose longest running time is shorter are reels, for trying things out; so much choice is not asked of them. Minutes.</summary>
    public const int ReelMinutes = 10;

    /// <summary>Beats, the ending included.</summary>
    public static int Beats(Film film, int minutes) =>
        Beats(film.Storylets.Select(storylet => film.Languages.Max(language => ReadingTime.Of(storylet, language).TotalSeconds)).Average(), minutes);

    /// <summary>Beats when a storylet takes so many seconds to read on average.</summary>
    public static int Beats(double readingSeconds, int minutes) => (int)Math.Ceiling(minutes * 60 / (readingSeconds + VoteSeconds));
}
