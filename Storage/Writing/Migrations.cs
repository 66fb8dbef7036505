using System.Data.Common;
using System.Globalization;
using System.Reflection;

namespace Orleans.Story.Storage.Writing;

/// <summary>
/// Brings a database up to the newest numbered script of its folder. Forward only: a script that was released is never
/// edited, and a database that a newer program has migrated is refused.
/// </summary>
internal static class Migrations
{
    /// <summary>The scripts of a folder, in order; script n is at index n-1.</summary>
    public static IReadOnlyList<string> Scripts(string folder)
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder + "/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name))];
    }

    /// <summary>Applies what is missing, in one transaction.</summary>
    /// <exception cref="StorageRefusedException">The database is newer than the scripts.</exception>
    public static void Apply(StoreBackend backend, DbConnection connection, IReadOnlyList<string> scripts, long nowUtcMs)
    {
        using var transaction = connection.BeginTransaction();
        backend.LockForMigration(transaction);
        Sql.Execute(connection, "create table if not exists schema (version integer primary key, at_utc_ms bigint not null)");
        var version = Convert.ToInt32(Sql.Scalar(connection, "select max(version) from schema"), CultureInfo.InvariantCulture);
        if (version > scripts.Count)
        {
            throw new StorageRefusedException(
                $"The database in {backend.Place} has schema {version} and this program knows {scripts.Count}: a newer program wrote it. Use that one, or restore a backup from before.");
        }

        for (var next = version; next < scripts.Count; next++)
        {
            Sql.Execute(connection, scripts[next]);
            Sql.Execute(connection, "insert into schema (version, at_utc_ms) values (@version, @now)", ("version", next + 1), ("now", nowUtcMs));
        }

        transaction.Commit();
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
