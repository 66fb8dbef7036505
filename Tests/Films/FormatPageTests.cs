using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Tests.Films;

/// <summary>The page that teaches the format says what the reader does.</summary>
public sealed partial class FormatPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "film-format.md"));

    [Fact]
    public void The_worked_example_is_a_film_without_problems()
    {
        var sources = Example().Matches(Page)
            .Select(block => new FilmSource("Films/pier/" + block.Groups["path"].Value, block.Groups["text"].Value))
            .ToImmutableArray();
        sources.Select(source => source.Path).ShouldBe(GoodFilm.Sources.Select(source => source.Path));
        FilmReader.Read(sources).Problems.ShouldBeEmpty();
    }

    /// <summary>The problems shown are word for word among those the tests of broken films expect.</summary>
    [Fact]
    public void The_problems_shown_are_real()
    {
        var real = new[] { typeof(BrokenFilmFileTests), typeof(BrokenStoryletTests) }
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes<InlineDataAttribute>())
            .SelectMany(row => row.Data.Skip(3).OfType<string>())
            .ToHashSet(StringComparer.Ordinal);
        var shown = Shown().Matches(Page).Select(line => line.Groups["problem"].Value).ToList();
        shown.Count.ShouldBeGreaterThan(5);
        shown.Where(problem => !real.Contains(problem)).ShouldBeEmpty();
    }

    [GeneratedRegex(@"^`(?<path>[a-z/]+\.yaml)`:\n\n```yaml\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Example();

    [GeneratedRegex(@"^Films/pier/(?<problem>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shown();
}
