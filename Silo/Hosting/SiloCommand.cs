using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Orleans.Story.Contracts;
using Orleans.Story.Silo.Cluster;
using Orleans.Story.Silo.Database;
using Orleans.Story.Storage;

namespace Orleans.Story.Silo.Hosting;

/// <summary>The command line of a silo: run it, prepare the database it needs, ask whether it is well.</summary>
public static class SiloCommand
{
    /// <summary>Reads the arguments and does what they say; answers the exit code.</summary>
    /// <param name="args">What was typed.</param>
    public static Task<int> Run(string[] args) => Make().Parse(args).InvokeAsync(new InvocationConfiguration
    {
        // The host listens to signals itself and drains; the parser must not end the process before that.
        ProcessTerminationTimeout = null,
    });

    private static RootCommand Make()
    {
        var settings = new Option<string?>("--settings") { Description = "A JSON file of settings (Story:…); environment variables go before it.", Recursive = true };
        var language = new Option<string>("--language") { Description = "Language of what is printed: en or zh.", DefaultValueFactory = _ => "en", Recursive = true };
        language.AcceptOnlyFromAmong("en", "zh");
        var command = new RootCommand("Orleans.Story silo: sessions, audiences and inference workers of a cluster.") { settings, language };
        command.SetAction((parsed, stop) => Refusing(parsed.GetValue(language)!, () => SiloHost.Run(Configuration(parsed.GetValue(settings)), parsed.GetValue(language)!, stop)));

        var sql = new Option<string?>("--sql") { Description = "Folder with Orleans's SQL files, where there is no internet to fetch them." };
        var fetch = new Option<string?>("--fetch") { Description = "Only fetch Orleans's SQL files into this folder, to carry them to such a place." };
        var database = new Command("database", "Make the tables of the venue's PostgreSQL (Story:Postgres): ours, and Orleans's. Running it again changes nothing.") { sql, fetch };
        database.SetAction((parsed, stop) => Refusing(parsed.GetValue(language)!, () => Database(
            Configuration(parsed.GetValue(settings)), parsed.GetValue(sql), parsed.GetValue(fetch), parsed.GetValue(language)!, stop)));
        command.Subcommands.Add(database);
        command.Subcommands.Add(HealthCommand.Make(parsed => $"http://127.0.0.1:{ClusterSettings.PortOfHealth(Configuration(parsed.GetValue(settings)))}/readyz"));
        return command;
    }

    private static async Task<int> Database(IConfiguration configuration, string? sql, string? fetch, string language, CancellationToken stop)
    {
        if (fetch is not null)
        {
            Directory.CreateDirectory(fetch);
            foreach (var (script, text) in OrleansScripts.All.Zip(await OrleansScripts.Fetch(stop))) await File.WriteAllTextAsync(Path.Combine(fetch, script.Name), text, stop);
            Console.WriteLine(Text.Both($"Orleans's SQL at {OrleansScripts.Commit[..10]} lies in {fetch}.", $"Orleans {OrleansScripts.Commit[..10]} 的 SQL 已放在 {fetch}。").In(language));
            return 0;
        }

        var settings = ClusterSettings.Read(configuration);
        var made = await VenueDatabase.Prepare(settings.Postgres, () => sql is null ? OrleansScripts.Fetch(stop) : OrleansScripts.Read(sql, stop), stop);
        Console.WriteLine((made
            ? Text.Both($"The database is ready. Orleans's tables are those of dotnet/orleans {OrleansScripts.Commit[..10]}.", $"数据库已就绪。Orleans 的表来自 dotnet/orleans {OrleansScripts.Commit[..10]}。")
            : Text.Both("The database was ready.", "数据库原本就已就绪。")).In(language));
        return 0;
    }

    private static IConfigurationRoot Configuration(string? file)
    {
        var builder = new ConfigurationBuilder();
        if (file is not null) builder.AddJsonFile(Path.GetFullPath(file), optional: false);
        return builder.AddEnvironmentVariables().Build();
    }

    /// <summary>A refusal is one sentence that says what to change, and 1.</summary>
    private static async Task<int> Refusing(string language, Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (HallRefusedException refused)
        {
            return Fail(refused.Sentence.In(language));
        }
        catch (StorageRefusedException refused)
        {
            return Fail(refused.Sentence?.In(language) ?? refused.Message);
        }
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.UndefinedTable)
        {
            return Fail(Text.Both(
                "Orleans's tables are missing in the database. Run this program with 'database' once.", "数据库里没有 Orleans 的表。请先用“database”运行一次本程序。").In(language));
        }
        catch (Exception failed) when (failed is NpgsqlException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return Fail(failed.Message);
        }
    }

    private static int Fail(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return 1;
    }
}
