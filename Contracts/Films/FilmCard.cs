using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Orleans.Story.Contracts.Films;

/// <summary>What a film shows of itself before the lights go down.</summary>
/// <param name="Film">Which exact version.</param>
/// <param name="Title">The title.</param>
/// <param name="Logline">One sentence.</param>
/// <param name="Rating">Age rating: <c>G</c>, <c>PG</c>, <c>12</c>, <c>15</c> or <c>18</c>.</param>
/// <param name="Languages">BCP 47 tags, the original first.</param>
/// <param name="ShortestMinutes">Shortest running time, minutes.</param>
/// <param name="LongestMinutes">Longest running time, minutes.</param>
[GenerateSerializer, Immutable, Alias("story.FilmCard")]
public sealed record FilmCard(
    [property: Id(0)] FilmRef Film,
    [property: Id(1)] Text Title,
    [property: Id(2)] Text Logline,
    [property: Id(3)] string Rating,
    [property: Id(4)] ImmutableArray<string> Languages,
    [property: Id(5)] int ShortestMinutes,
    [property: Id(6)] int LongestMinutes)
{
    /// <summary>The ratings at which it can be told, the mildest first; left out where only the running show is described.</summary>
    [Id(7), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public ImmutableArray<FilmCut> Cuts { get; init; }
}

/// <summary>A film as far as a rating allows it.</summary>
/// <param name="Rating">The highest age rating that is told.</param>
/// <param name="LongestMinutes">Longest running time for which enough is left to tell, minutes.</param>
[GenerateSerializer, Immutable, Alias("story.FilmCut")]
public sealed record FilmCut([property: Id(0)] string Rating, [property: Id(1)] int LongestMinutes);
