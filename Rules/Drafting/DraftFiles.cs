using System.Collections.Immutable;
using System.Globalization;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Films.Reading;

namespace Orleans.Story.Rules.Drafting;

/// <summary>Something to mend in a draft, and where.</summary>
/// <param name="Part">The part's id.</param>
/// <param name="Line">Line within the part's text, from 1; 0 for the part as a whole.</param>
/// <param name="Problem">What the film's reader says.</param>
public sealed record DraftProblem(string Part, int Line, FilmProblem Problem);

/// <summary>A draft as the files of a film, and what the film's reader says of them.</summary>
/// <param name="Sources">Paths below the film's folder, which bears the slug.</param>
/// <param name="Film">The film, or <see langword="null"/> while something is to mend.</param>
/// <param name="Problems">Errors and warnings by part.</param>
public sealed record DraftReading(ImmutableArray<FilmSource> Sources, Film? Film, ImmutableArray<DraftProblem> Problems);

/// <summary>Lays the parts of a draft into the files of a film.</summary>
public static class DraftFiles
{
    /// <summary>Shortest running time that is offered, minutes.</summary>
    private const int ShortestMinutes = 3;

    /// <summary>Longest running time that a draft claims of itself, minutes; a person may write more.</summary>
    private const int LongestMinutes = 30;

    private sealed record Piece(string Path, int Line, int Lines, string Part);

    /// <summary>
    /// The files. Unless the head says <c>minutes</c> itself, the film claims the longest running time at which its reader accepts it and
    /// a show needs no more than a third of the storylets.
    /// </summary>
    public static DraftReading Write(Draft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var head = draft.Find("head")?.Current?.Content ?? "";
        if (head.Split('\n').Any(row => row.StartsWith("minutes:", StringComparison.Ordinal))) return Read(draft, null);
        var reading = Read(draft, ShortestMinutes);
        if (reading.Film is not { } film) return reading;
        var most = Enumerable.Range(ShortestMinutes, LongestMinutes - ShortestMinutes + 1).LastOrDefault(minutes => ShowLength.Beats(film, minutes) * ShowLength.StoryletsPerBeat <= film.Storylets.Length, ShortestMinutes);
        for (; most > ShortestMinutes; most--)
        {
            if (Read(draft, most) is { Film: not null } longer) return longer;
        }

        return reading;
    }

    private static DraftReading Read(Draft draft, int? longest)
    {
        var (sources, pieces) = Lay(draft, longest, headOnly: false);
        var reading = FilmReader.Read(sources);
        return new DraftReading(sources, draft.IsWhole ? reading.Film : null, [.. reading.Problems.Select(problem => Place(problem, pieces, draft))]);
    }

    private static (ImmutableArray<FilmSource> Sources, List<Piece> Pieces) Lay(Draft draft, int? longest, bool headOnly)
    {
        var files = new SortedDictionary<string, List<string>>(StringComparer.Ordinal) { [FilmReader.FilmFile] = [] };
        var pieces = new List<Piece>();
        foreach (var part in draft.Parts)
        {
            if (part.Current is not { } wording || (headOnly && part.Kind == PartKind.Storylet)) continue;
            var path = part.Kind == PartKind.Storylet ? $"storylets/{part.File}.yaml" : FilmReader.FilmFile;
            if (!files.TryGetValue(path, out var rows)) files[path] = rows = [];
            if (rows.Count > 0) rows.Add("");
            var content = wording.Content.Trim('\n').Split('\n');
            pieces.Add(new Piece(path, rows.Count + 1, content.Length, part.Id));
            rows.AddRange(content);
            if (part.Kind == PartKind.Head && longest is { } minutes)
                rows.Add(string.Create(CultureInfo.InvariantCulture, $"minutes: {{shortest: {ShortestMinutes}, longest: {minutes}}}"));
        }

        return ([.. files.Select(file => new FilmSource($"{draft.Slug}/{file.Key}", string.Join('\n', file.Value) + "\n"))], pieces);
    }

    private static DraftProblem Place(FilmProblem problem, List<Piece> pieces, Draft draft)
    {
        var path = problem.File[(draft.Slug.Length + 1)..];
        var piece = pieces.LastOrDefault(piece => piece.Path == path && piece.Line <= problem.Line);
        if (piece is null) return new DraftProblem(draft.Parts[0].Id, 0, problem);
        var line = problem.Line - piece.Line + 1;
        return new DraftProblem(piece.Part, line <= piece.Lines ? line : 0, problem);
    }

    /// <summary>What can be read of the film's head, whatever else is wrong with the draft.</summary>
    internal static FilmDraft Declared(Draft draft)
    {
        var found = new FilmDraft();
        FilmFileReader.Read(Lay(draft, ShortestMinutes, headOnly: true).Sources[0], null, found, new ProblemList());
        return found;
    }
}
