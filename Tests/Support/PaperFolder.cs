namespace Orleans.Story.Tests.Support;

/// <summary>The paper film in a folder of its own, saved as a writer saves it.</summary>
public sealed class PaperFolder : IDisposable
{
    /// <summary>The file that holds every storylet.</summary>
    public const string Storylets = "storylets/all.yaml";

    private readonly DirectoryInfo temp = Directory.CreateTempSubdirectory("story-paper-");

    public PaperFolder()
    {
        foreach (var source in PaperFilm.Sources) Save(source.Path["Films/paper/".Length..], source.Content);
    }

    public string Folder => Path.Combine(temp.FullName, "paper");

    public string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    public void Save(string file, string content)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    /// <summary>Saves a file with the first <paramref name="old"/> in it replaced. Answers the line on which it stood, from 1.</summary>
    public int Edit(string file, string old, string words)
    {
        var content = Read(file);
        var at = content.IndexOf(old, StringComparison.Ordinal);
        if (at < 0) throw new ArgumentException($"{file} does not hold '{old}'.", nameof(old));
        Save(file, content[..at] + words + content[(at + old.Length)..]);
        return content[..at].Count(letter => letter == '\n') + 1;
    }

    public void Dispose() => temp.Delete(recursive: true);
}
