namespace Orleans.Story.Tests.Deploy.Support;

/// <summary>The files of this checkout.</summary>
internal static class Checkout
{
    /// <summary>Folders whose sources are the programs'.</summary>
    private static readonly string[] Rooms = ["Contracts", "Rules", "Storage", "Inference", "Grains", "Silo", "Gateway"];

    /// <summary>What an operator keeps below <c>deploy/</c> and git ignores.</summary>
    private static readonly string[] Sites =
        ["/secrets/", "/certificates/", "/site/", "/carry/", "/.env", "compose/compose.site.", "compose/compose.override.", ".sql"];

    /// <summary>Where the solution lies.</summary>
    public static string Root { get; } = Find();

    private static readonly Lazy<string> Sources = new(() => string.Join('\n', Rooms
        .SelectMany(room => Directory.EnumerateFiles(Path.Combine(Root, room), "*.cs", SearchOption.AllDirectories))
        .Where(path => !path.Contains("/Web/", StringComparison.Ordinal))
        .Select(File.ReadAllText)));

    /// <summary>The programs' sources, one after the other.</summary>
    public static string Source => Sources.Value;

    /// <summary>A path below the root.</summary>
    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A file's text.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Files below <c>deploy/</c> that git would take, from the root.</summary>
    public static IEnumerable<string> Deployed(params string[] endings) =>
        from file in Directory.EnumerateFiles(At("deploy"), "*", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Root, file)
        where !Sites.Any(mine => path.Contains(mine, StringComparison.Ordinal))
        where endings.Length == 0 || endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal))
        orderby path
        select path;

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Orleans.Story.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("These tests read the checkout they were built in, and it is not there.");
    }
}
