using System.Collections.Immutable;

namespace Orleans.Story.Rules.Films.Reading;

/// <summary>A position in a source, counted from 1.</summary>
internal readonly record struct Spot(string File, int Line, int Column);

/// <summary>An id where it was written.</summary>
internal readonly record struct Named(string Id, Spot At);

/// <summary>Collects what is wrong, each thing once.</summary>
internal sealed class ProblemList
{
    private readonly HashSet<FilmProblem> problems = [];

    public bool HasErrors => problems.Any(problem => !problem.IsWarning);

    public void Error(Spot at, string what, string mend) =>
        problems.Add(new FilmProblem(at.File, at.Line, at.Column, what, mend));

    public void Warning(Spot at, string what, string mend) =>
        problems.Add(new FilmProblem(at.File, at.Line, at.Column, what, mend, IsWarning: true));

    public ImmutableArray<FilmProblem> ToImmutable() =>
    [
        .. problems
            .OrderBy(problem => problem.File, StringComparer.Ordinal)
            .ThenBy(problem => problem.Line)
            .ThenBy(problem => problem.Column)
            .ThenBy(problem => problem.What, StringComparer.Ordinal),
    ];
}
