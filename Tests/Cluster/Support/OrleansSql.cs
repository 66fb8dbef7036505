using Orleans.Story.Silo;
using Orleans.Story.Silo.Database;

namespace Orleans.Story.Tests.Cluster.Support;

/// <summary>Orleans's SQL files, which are not ours to keep: from a folder that is named, or fetched once.</summary>
internal static class OrleansSql
{
    /// <summary>Names a folder that has them.</summary>
    private const string Variable = "STORY_ORLEANS_SQL";

    private static readonly Lazy<Task<(string? Folder, string? Why)>> Found = new(Find);

    /// <summary>The folder, or skips the test and says why there is none.</summary>
    public static async Task<string> FindOrSkipAsync()
    {
        var (folder, why) = await Found.Value;
        if (folder is null) Assert.Skip($"Orleans's SQL is not here: {why} {Variable} may name a folder that has it.");
        return folder!;
    }

    private static async Task<(string? Folder, string? Why)> Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named) return (named, null);
        try
        {
            var folder = Path.Combine(AppContext.BaseDirectory, "orleans-sql");
            if (!Directory.Exists(folder))
            {
                var texts = await OrleansScripts.Fetch(CancellationToken.None);
                Directory.CreateDirectory(folder);
                foreach (var (script, text) in OrleansScripts.All.Zip(texts)) await File.WriteAllTextAsync(Path.Combine(folder, script.Name), text);
            }

            return (folder, null);
        }
        catch (HallRefusedException refused)
        {
            return (null, refused.Message);
        }
    }
}
