using System.Collections.Immutable;
using Orleans.Story.Contracts;

namespace Orleans.Story.Rules.Films.Reading;

/// <summary>A position in a source, counted from 1.</summary>
internal readonly record struct Spot(string File, int Line, int Column);

/// <summary>An id where it was written.</summary>
internal readonly record struct Named(string Id, Spot At);

/// <summary>Collects what is wrong, each thing once.</summary>
internal sealed class ProblemList
{
    /// <summary>By its English line: texts do not compare by what they hold.</summary>
    private readonly Dictionary<string, FilmProblem> problems = new(StringComparer.Ordinal);

    public bool HasErrors => problems.Values.Any(problem => !problem.IsWarning);

    public void Error(Spot at, Text wrong, Text remedy) => Add(new FilmProblem(at.File, at.Line, at.Column, wrong, remedy));

    public void Warning(Spot at, Text wrong, Text remedy) => Add(new FilmProblem(at.File, at.Line, at.Column, wrong, remedy, IsWarning: true));

    public ImmutableArray<FilmProblem> ToImmutable() =>
    [
        .. problems.Values
            .OrderBy(problem => problem.File, StringComparer.Ordinal)
            .ThenBy(problem => problem.Line)
            .ThenBy(problem => problem.Column)
            .ThenBy(problem => problem.What, StringComparer.Ordinal),
    ];

    private void Add(FilmProblem problem) => problems.TryAdd(problem.ToString(), problem);
}
