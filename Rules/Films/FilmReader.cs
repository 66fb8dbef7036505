using System.Collections.Immutable;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Rules.Films.Reading;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Films;

/// <summary>
/// Turns a film's sources into a <see cref="Film"/> or into everything that is wrong with them. Pure: no file is
/// opened, nothing is thrown for what an author wrote. The format is <c>docs/film-format.md</c>.
/// </summary>
public static class FilmReader
{
    /// <summary>The file that makes a folder a film.</summary>
    public const string FilmFile = "film.yaml";

    /// <summary>
    /// Reads <c>film.yaml</c> and <c>storylets/*.yaml</c> of one film. All problems are found in one reading, as far
    /// as one does not hide another (a file whose YAML is broken says nothing of what is in it).
    /// </summary>
    /// <param name="sources">The film's files in any order.</param>
    public static FilmReading Read(IEnumerable<FilmSource> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var problems = new ProblemList();
        var files = sources.Select(FilmHash.Canonical).OrderBy(file => file.Path, StringComparer.Ordinal).ToImmutableArray();
        var main = files.Where(file => NameOf(file.Path) == FilmFile).OrderBy(file => file.Path.Length).FirstOrDefault();
        if (main is null)
        {
            problems.Error(
                new Spot(files.IsEmpty ? FilmFile : files[0].Path, 1, 1),
                Both("the film has no film.yaml", "影片没有 film.yaml"),
                Both("Write one beside the folder storylets.", "请在文件夹 storylets 旁边写一个。"));
            return new FilmReading(null, problems.ToImmutable());
        }

        var root = main.Path[..^FilmFile.Length];
        var own = ImmutableArray.CreateBuilder<FilmSource>();
        var storylets = ImmutableArray.CreateBuilder<FilmSource>();
        foreach (var file in files)
        {
            if (ReferenceEquals(file, main)) own.Add(file);
            else if (IsStorylets(file.Path, root))
            {
                own.Add(file);
                storylets.Add(file);
            }
            else
            {
                problems.Error(
                    new Spot(file.Path, 1, 1),
                    Both("this file is not read", "这个文件不会被读取"),
                    Both(
                        "Storylets live in the folder storylets, in files that end in .yaml; move or rename it.",
                        "片段放在文件夹 storylets 里，文件名以 .yaml 结尾；请移动它或改名。"));
            }
        }

        foreach (var file in own) HiddenCharacters.Report(file, problems);
        var draft = new FilmDraft();
        FilmFileReader.Read(main, FolderOf(root), draft, problems);
        foreach (var file in storylets) StoryletFileReader.Read(file, draft, problems);
        AbsenceChecks.Report(draft, problems);
        ReferenceChecks.Report(draft, problems);
        TellingChecks.Report(draft, problems);
        SupplyChecks.Report(draft, problems);
        RatingChecks.Report(draft, problems);
        if (problems.HasErrors) return new FilmReading(null, problems.ToImmutable());

        var hash = FilmHash.Of(own.Select(file => file with { Path = file.Path[root.Length..] }));
        return new FilmReading(draft.Compile(hash), problems.ToImmutable());
    }

    private static bool IsStorylets(string path, string root) =>
        path.StartsWith(root + "storylets/", StringComparison.Ordinal)
        && path.EndsWith(".yaml", StringComparison.Ordinal)
        && path.LastIndexOf('/') == root.Length + "storylets".Length;

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string? FolderOf(string root) => root.Length == 0 ? null : NameOf(root.TrimEnd('/'));
}
