using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Orleans.Story.Contracts;

namespace Orleans.Story.Tests.Grains.Support;

/// <summary>Every row of every table that names a session, found without a word of the product's own.</summary>
internal static class Traces
{
    public static List<string> Of(string folder, SessionId session)
    {
        string[] spellings = [session.Value.ToString("N", CultureInfo.InvariantCulture), session.Value.ToString("D", CultureInfo.InvariantCulture)];
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "hall.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        connection.Open();
        var found = new List<string>();
        foreach (var table in Column(connection, "select name from sqlite_master where type = 'table'"))
        {
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The names are the database's own.
            command.CommandText = $"select * from \"{table}\"";
#pragma warning restore CA2100
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                var row = string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) is byte[] bytes ? Encoding.UTF8.GetString(bytes) : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)));
                if (spellings.Any(row.Contains)) found.Add($"{table}: {row}");
            }
        }

        return found;
    }

    private static List<string> Column(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = query;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read()) rows.Add(reader.GetString(0));
        return rows;
    }
}
