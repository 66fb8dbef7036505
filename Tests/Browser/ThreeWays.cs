namespace Orleans.Story.Tests.Browser;

/// <summary>The shipped film with a third way on in its opening, so that there is something to rank. Goes with the test.</summary>
internal sealed class ThreeWays : IDisposable
{
    private const string Second = "    - label: {en: Pay like any stranger, zh: 付钱，装作不认识}\n      for: [zhou]\n      sets: [as-stranger]\n";
    private const string Third = "    - label: {en: Say nothing and wait, zh: 什么也不说，等着}\n";

    public ThreeWays()
    {
        var shipped = Directory.GetParent(AppContext.BaseDirectory)!;
        while (!File.Exists(Path.Combine(shipped.FullName, "Orleans.Story.sln"))) shipped = shipped.Parent ?? throw new DirectoryNotFoundException("No checkout around the tests.");
        foreach (var file in shipped.CreateSubdirectory("Films").EnumerateFiles("*.yaml", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(Folder, Path.GetRelativePath(Path.Combine(shipped.FullName, "Films"), file.FullName));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            var text = File.ReadAllText(file.FullName).ReplaceLineEndings("\n");
            if (text.Contains(Second, StringComparison.Ordinal)) Changed = true;
            File.WriteAllText(copy, text.Replace(Second, Second + Third, StringComparison.Ordinal));
        }

        Changed.ShouldBeTrue("the opening should still have the option that the third one follows");
    }

    /// <summary>Where the film lies.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("story-films-").FullName;

    private bool Changed { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
