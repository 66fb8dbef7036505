using System.Collections.Immutable;
using Orleans.Story.Contracts;

namespace Orleans.Story.Rules.Films;

/// <summary>Something in a film's source that its author has to mend, said so that a screenwriter can, in English and in Chinese.</summary>
/// <param name="File">The path as it was given, with <c>/</c>.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Wrong">What is wrong: a clause without capital or full stop.</param>
/// <param name="Remedy">What to do about it: one or more sentences.</param>
/// <param name="IsWarning">Whether the film can be told all the same.</param>
public sealed record FilmProblem(string File, int Line, int Column, Text Wrong, Text Remedy, bool IsWarning = false)
{
    /// <summary><see cref="Wrong"/> in English.</summary>
    public string What => Wrong.Words;

    /// <summary><see cref="Remedy"/> in English.</summary>
    public string Mend => Remedy.Words;

    /// <summary>
    /// The whole line in <c>zh</c>, for instance <c>Films/x/film.yaml(12,7): 演员表里没有角色“may”。请写：mei、zhou 之一。</c>;
    /// in every other language as <see cref="ToString"/>.
    /// </summary>
    public string In(string language) => language == "zh"
        ? $"{File}({Line},{Column}): {(IsWarning ? "警告：" : "")}{Wrong.In(language)}。{Remedy.In(language)}"
        : ToString();

    /// <summary>For instance <c>Films/x/film.yaml(12,7): the character "may" is not in the cast. Write one of: mei, zhou.</c></summary>
    public override string ToString() => $"{File}({Line},{Column}): {(IsWarning ? "warning: " : "")}{What}. {Mend}";
}

/// <summary>What came of reading a film's sources.</summary>
/// <param name="Film">The film, or <see langword="null"/> when a problem that is not a warning was found.</param>
/// <param name="Problems">Every problem found, by file, line and column.</param>
public sealed record FilmReading(Film? Film, ImmutableArray<FilmProblem> Problems);
