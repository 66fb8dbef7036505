namespace Orleans.Story.Rules.Films;

/// <summary>One source file of a film, already read.</summary>
/// <param name="Path">
/// Where it is, with <c>/</c> or <c>\</c>: <c>Films/last-ferry/film.yaml</c>. Anything before the film's folder is
/// only repeated in problems; the hash sees paths relative to the folder that holds <c>film.yaml</c>.
/// </param>
/// <param name="Content">Its text. A byte order mark and CRLF line ends are tolerated.</param>
public sealed record FilmSource(string Path, string Content);
