using Orleans.Story.Rules.Drafting;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Tests.Inference.Drafting;

/// <summary>Here, where the shipped films lie: what a draft writes is what the film's reader reads.</summary>
public sealed class FilmYamlTests
{
    [Theory]
    [InlineData("last-ferry")]
    [InlineData("seventh-night")]
    public void What_is_written_is_what_was_read(string slug)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Films", slug);
        var film = FilmReader.Read(Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).Select(path => new FilmSource(path, File.ReadAllText(path)))).Film!;
        var head = FilmYaml.Head(slug, film.Languages, film.Title, film.Logline, film.Rating, film.WarmUp)
            + $"minutes: {{shortest: {film.Minutes.Shortest}, longest: {film.Minutes.Longest}}}\n"
            + FilmYaml.Cast(film.Cast, film.Languages) + FilmYaml.Places(film.Places, film.Languages) + FilmYaml.Canon(film.Promises, film.Facts, film.Languages) + FilmYaml.Acts(film.Acts, film.Languages);
        var again = FilmReader.Read([new FilmSource($"{slug}/film.yaml", head), new FilmSource($"{slug}/storylets/all.yaml", string.Concat(film.Storylets.Select(storylet => FilmYaml.Storylet(storylet, film.Languages))))]).Film!;
        System.Text.Json.JsonSerializer.Serialize(again.Storylets).ShouldBe(System.Text.Json.JsonSerializer.Serialize(film.Storylets));
        System.Text.Json.JsonSerializer.Serialize(again.Cast).ShouldBe(System.Text.Json.JsonSerializer.Serialize(film.Cast));
        System.Text.Json.JsonSerializer.Serialize(again.Places).ShouldBe(System.Text.Json.JsonSerializer.Serialize(film.Places));
    }
}
