using System.Collections.Immutable;
using Npgsql;
using Orleans.Story.Contracts;
using Orleans.Story.Storage;
using Orleans.Story.Storage.Writing;

namespace Orleans.Story.Silo.Database;

/// <summary>Makes the tables of a venue's PostgreSQL: ours, and Orleans's. Running it again changes nothing.</summary>
public static class VenueDatabase
{
    /// <summary>One preparation at a time: advisory lock, a number of ours.</summary>
    private const long PreparationLock = 0x53_54_4F_52_00_01;

    private static string Made => $"dotnet/orleans {OrleansScripts.Commit}";

    /// <summary>Makes what is missing.</summary>
    /// <param name="connection">Connection string; its user owns the tables.</param>
    /// <param name="scripts">Gives Orleans's files, asked only if its tables are missing.</param>
    /// <param name="stop">Stops it.</param>
    /// <returns>Whether Orleans's tables were made now.</returns>
    /// <exception cref="HallRefusedException">Orleans's tables are there in part.</exception>
    /// <exception cref="StorageRefusedException">The database cannot be used.</exception>
    public static async Task<bool> Prepare(string connection, Func<Task<ImmutableArray<string>>> scripts, CancellationToken stop)
    {
        using (StoryStore.Open(new StorageOptions { PostgresConnection = connection }, TimeProvider.System))
        {
            // Opening it brings our tables up to date.
        }

        await using var database = new NpgsqlConnection(connection);
        await database.OpenAsync(stop);
        await using var transaction = await database.BeginTransactionAsync(stop);
        await Execute(database, "select pg_advisory_xact_lock($1)", stop, PreparationLock);
        var missing = await Missing(database, stop);
        if (missing.IsEmpty)
        {
            await RefuseOthers(database, stop);
            return false;
        }

        if (missing.Length < OrleansScripts.All.Length)
            throw new HallRefusedException(Text.Both(
                $"Some of Orleans's tables are there and {string.Join(", ", missing.Select(script => script.Makes))} not: a preparation of another kind broke off. Mend that by hand, or give the venue an empty database.",
                $"Orleans 的表只有一部分，缺少 {string.Join("、", missing.Select(script => script.Makes))}：之前有别的安装中断了。请手工修复，或换一个空数据库。"));
        foreach (var script in await scripts()) await Execute(database, script, stop);
        await Execute(database, $"comment on table OrleansQuery is '{Made}'", stop);
        await transaction.CommitAsync(stop);
        return true;
    }

    /// <summary>Tables that this preparation made from another commit's files are not changed, and not taken for these.</summary>
    private static async Task RefuseOthers(NpgsqlConnection database, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("select obj_description('orleansquery'::regclass)", database);
        if (await command.ExecuteScalarAsync(stop) is not string made || made == Made) return;
        throw new HallRefusedException(Text.Both(
            $"Orleans's tables are there and were made from {made}, not from {Made}. Read what Orleans says about moving from one to the other, do it, and then set the comment on table OrleansQuery.",
            $"Orleans 的表已经存在，来自 {made}，而不是 {Made}。请先看 Orleans 关于两者之间迁移的说明，照做之后再改 OrleansQuery 表的注释。"));
    }

    /// <summary>Which of Orleans's files have not been run.</summary>
    private static async Task<ImmutableArray<OrleansScript>> Missing(NpgsqlConnection database, CancellationToken stop)
    {
        var missing = ImmutableArray.CreateBuilder<OrleansScript>();
        foreach (var script in OrleansScripts.All)
        {
            await using var command = new NpgsqlCommand("select to_regclass($1) is null", database) { Parameters = { new() { Value = script.Makes } } };
            if (await command.ExecuteScalarAsync(stop) is true) missing.Add(script);
        }

        return missing.ToImmutable();
    }

    private static async Task Execute(NpgsqlConnection database, string sql, CancellationToken stop, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, database);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(stop);
    }
}
