using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot.Simulation;
using Orleans.Story.Rules.Safety;
using Orleans.Story.Storage.Films;

namespace Orleans.Story.Tests.Films;

/// <summary>
/// The films in the repository as a measure of the checks: what their authors wrote passes, and passes nearly always when it comes
/// from somebody whom the film does not vouch for, as a model's beats do.
/// </summary>
public sealed class CheckedFilmTests
{
    public static TheoryData<string> Films => ShownFilmTests.Films;

    [Theory]
    [MemberData(nameof(Films))]
    public async Task Every_word_of_every_storylet_may_be_said_at_its_rating(string slug)
    {
        var film = await Film(slug);
        foreach (var storylet in film.Storylets)
        {
            var texts = storylet.Lines.Select(line => line.Words).Concat(storylet.Options.Select(option => option.Label)).Append(storylet.Moment).Append(storylet.Question ?? storylet.Moment);
            foreach (var text in texts)
            {
                foreach (var language in film.Languages)
                    Blocklist.BuiltIn.In(text.In(language), FilmCuts.RatingOf(film, storylet), language).Select(word => word.Word).ShouldBeEmpty($"{storylet.Id}: {text.In(language)}");
            }
        }
    }

    /// <summary>Each told beat in a stranger's hand: no storylet's, and in a film that never had it.</summary>
    [Theory]
    [MemberData(nameof(Films))]
    public async Task An_honest_strangers_beats_pass(string slug)
    {
        var film = await Film(slug);
        var told = Enumerable.Range(0, 25).SelectMany(seed => Rehearsals.Tell(film, new RehearsalTerms(film.Minutes.Longest * 60, Languages: film.Languages), Audiences.Random, seed).Steps)
            .DistinctBy(step => step.Beat.Storylet).ToList();
        var (lines, found) = (0, new List<string>());
        foreach (var step in told)
        {
            var strange = film with { Storylets = [.. film.Storylets.Where(storylet => storylet.Id != step.Beat.Storylet)] };
            var beat = step.Beat with { Storylet = null, Writer = "stranger" };
            lines += beat.Lines.Length * film.Languages.Length;
            found.AddRange(BeatChecks.Of(strange, step.Plan, beat, film.Languages).Select(finding => $"{finding.Check}: {finding.What.Words}"));
        }

        told.Count.ShouldBeGreaterThan(film.Storylets.Length / 2);
        found.Count.ShouldBeLessThanOrEqualTo(lines / 100, $"{found.Count} of {lines} lines:\n{string.Join('\n', found)}");
    }

    private static async Task<Film> Film(string slug)
    {
        var reading = await FilmFolder.LoadAsync(Path.Combine(AppContext.BaseDirectory, "Films", slug));
        return reading.Film ?? throw new InvalidOperationException(string.Join('\n', reading.Problems));
    }
}
