using System.Collections.Immutable;
using Npgsql;
using Orleans.Story.Silo;
using Orleans.Story.Silo.Database;

namespace Orleans.Story.Tests.Cluster.Support;

/// <summary>
/// Orleans's tables for a test's database. Its own SQL is not ours to keep: it is taken from a folder that is named, or fetched. Where
/// neither can be the tests' own tables stand in, and the report says so.
/// </summary>
internal static class OrleansSql
{
    /// <summary>Names a folder that has the files.</summary>
    private const string Variable = "STORY_ORLEANS_SQL";

    private static readonly Lazy<Task<ImmutableArray<string>>> Published = new(Find);

    /// <summary>Makes our tables and Orleans's; answers whose SQL it was.</summary>
    public static async Task<string> MakeAsync(string connection)
    {
        try
        {
            await VenueDatabase.Prepare(connection, () => Published.Value, CancellationToken.None);
            return $"Orleans's SQL of {OrleansScripts.Commit[..10]}";
        }
        catch (HallRefusedException refused) when (refused.InnerException is HttpRequestException or TaskCanceledException)
        {
            await using var database = new NpgsqlConnection(connection);
            await database.OpenAsync();
            await using var command = new NpgsqlCommand(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "tables.sql")), database);
            await command.ExecuteNonQueryAsync();
            return $"the tests' own tables (Orleans's SQL could not be fetched; {Variable} may name a folder that has it)";
        }
    }

    private static Task<ImmutableArray<string>> Find() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
        ? OrleansScripts.Read(named, CancellationToken.None)
        : OrleansScripts.Fetch(CancellationToken.None);
}
