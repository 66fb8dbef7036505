using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Rules.Scoring;

/// <summary>
/// How tense words are, told from the words alone: it is given lines and a language, never a plan, a beat or a storylet. Its
/// weights are fitted to what authors say of their own storylets (<see cref="Storylet.Tension"/>), in films other than the
/// one that it judges. The number of lines is not looked at, though it tells most: a plan orders it.
/// </summary>
public sealed class TensionScorer
{
    /// <summary>Chosen once, between 1 and 300, of which the least tells the one film in the repository best from the other and the most the other from the one.</summary>
    private const double Penalty = 30;

    private readonly Ridge ridge;

    private TensionScorer(string language, Ridge ridge) => (Language, this.ridge) = (language, ridge);

    /// <summary>The language whose words it knows.</summary>
    public string Language { get; }

    /// <summary>
    /// A scorer fitted to films. Endings are left out: what they end is their tension. <see langword="null"/> where no film
    /// has the language.
    /// </summary>
    /// <param name="films">The films; those without the language are left out.</param>
    /// <param name="language">The language.</param>
    public static TensionScorer? Fit(IEnumerable<Film> films, string language)
    {
        ArgumentNullException.ThrowIfNull(films);
        var examples = films.Where(film => film.Languages.Contains(language)).SelectMany(Written)
            .Select(storylet => (Features: TensionFeatures.Of(Lines(storylet), language).Values, storylet.Tension)).ToList();
        return examples.Count == 0 ? null : new TensionScorer(language, Ridge.Fit(examples, Penalty));
    }

    /// <summary>How tense the lines are, 0–1.</summary>
    public double Of(IReadOnlyList<Line> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return Math.Clamp(ridge.At(TensionFeatures.Of(lines, Language).Values), 0, 1);
    }

    /// <summary>Pearson's correlation of what it says of a film's storylets with what their author says.</summary>
    public double? Agreement(Film film)
    {
        ArgumentNullException.ThrowIfNull(film);
        var storylets = Written(film).ToList();
        return Correlation.Pearson([.. storylets.Select(storylet => Of(Lines(storylet)))], [.. storylets.Select(storylet => storylet.Tension)]);
    }

    private static IEnumerable<Storylet> Written(Film film) => film.Storylets.Where(storylet => !storylet.IsEnding);

    /// <summary>All lines, those of both sides of a fact.</summary>
    private static ImmutableArray<Line> Lines(Storylet storylet) => [.. storylet.Lines.Select(line => new Line(line.Speaker, line.Words))];
}
