using System.Collections.Immutable;
using Orleans.Story.Rules;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Scoring;
using Orleans.Story.StoryBench.Judging;
using Orleans.Story.StoryBench.Measuring;
using Orleans.Story.StoryBench.Shows;

namespace Orleans.Story.StoryBench;

/// <summary>What a run plays.</summary>
/// <param name="Shows">Shows a writer, film and language; at least one.</param>
/// <param name="Seed">All chance comes from it.</param>
/// <param name="Minutes">Running time, held inside what each film allows.</param>
/// <param name="WindowSeconds">How long a round is open, seconds.</param>
/// <param name="CardSeconds">How long the decision card shows, seconds.</param>
/// <param name="PatienceMs">See <see cref="ShowTerms"/>.</param>
/// <param name="Speculates">See <see cref="ShowTerms"/>.</param>
/// <param name="Judgements">Pairs that a judge compares for each writer, film and language, at most.</param>
public sealed record StoryTerms(
    int Shows = 20, long Seed = 1, int Minutes = 20, int WindowSeconds = 20, int CardSeconds = 4, int PatienceMs = 0, bool Speculates = true, int Judgements = 40)
{
    /// <summary>The terms of the shows of one film in one language.</summary>
    internal ShowTerms Of(Film film, string language) => new(
        Math.Clamp(Minutes, film.Minutes.Shortest, film.Minutes.Longest), language, WindowSeconds, CardSeconds, PatienceMs, Speculates);
}

/// <summary>Plays shows and measures them. Evenings are paired: show for show, every writer has the same house and seed.</summary>
/// <param name="terms">What is played.</param>
/// <param name="library">Every film there is: each is scored by what was fitted to the others.</param>
/// <param name="judge">Who compares, or <see langword="null"/>.</param>
public sealed class StoryRun(StoryTerms terms, IReadOnlyList<Film> library, Judge? judge = null)
{
    /// <summary>Told after every show: the writer's name and how many of its shows are over.</summary>
    public Action<string, int>? Played { get; init; }

    /// <summary>Plays one film in one language with every writer.</summary>
    public async Task<ImmutableArray<StoryMeasures>> Of(Film film, string language, IReadOnlyList<WriterSource> writers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(writers);
        var scorer = TensionScorer.Fit(library.Where(other => other.Ref.Slug != film.Ref.Slug), language);
        var measured = ImmutableArray.CreateBuilder<StoryMeasures>(writers.Count);
        foreach (var writer in writers)
        {
            var shows = await Play(film, language, writer, cancellationToken);
            var measures = StoryMeasuring.Of(writer.Name, film, language, shows, scorer);
            measured.Add(judge is null || ReferenceEquals(writer, WriterSource.Storylets)
                ? measures
                : measures with { Preference = await judge.Of(film, language, shows, terms.Judgements, terms.Seed, cancellationToken) });
        }

        return measured.MoveToImmutable();
    }

    /// <summary>The shows of one writer.</summary>
    public async Task<ImmutableArray<PlayedShow>> Play(Film film, string language, WriterSource writer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var shows = ImmutableArray.CreateBuilder<PlayedShow>(terms.Shows);
        for (var i = 0; i < terms.Shows; i++)
        {
            var player = new ShowPlayer(film, terms.Of(film, language), writer.Make, Houses.Of(film, i, terms.Seed), Seeds.For(terms.Seed, i));
            shows.Add(await player.Play(cancellationToken));
            Played?.Invoke(writer.Name, i + 1);
        }

        return shows.MoveToImmutable();
    }
}
