using System.Data.Common;

namespace Orleans.Story.Storage.Writing;

/// <summary>What a write sees of the open transaction.</summary>
internal sealed class WriteSession(StoreBackend backend, DbConnection connection, long nowUtcMs)
{
    /// <summary>When the writer took the batch; one time for the whole transaction.</summary>
    public long NowUtcMs => nowUtcMs;

    /// <summary>Something changed, so there is something to commit.</summary>
    public bool Wrote { get; private set; }

    public object Id(Guid id) => backend.Id(id);

    /// <summary>Runs a statement and says how many rows it changed.</summary>
    public int Execute(string text, params ReadOnlySpan<(string Name, object Value)> arguments)
    {
        var changed = Sql.Execute(connection, text, arguments);
        Wrote |= changed > 0;
        return changed;
    }

    /// <summary>All rows of a query; meant for results that are small by nature.</summary>
    public List<T> Query<T>(string text, Func<DbDataReader, T> map, params ReadOnlySpan<(string Name, object Value)> arguments)
    {
        using var command = Sql.Command(connection, text, arguments);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(map(reader));
        return rows;
    }

    /// <summary>The events of these streams are about to be removed.</summary>
    public void LetGo(string stream, string prefix) => backend.LetGo(connection, stream, prefix);

    /// <summary>The first column of the first row; null when there is none.</summary>
    public object? Scalar(string text, params ReadOnlySpan<(string Name, object Value)> arguments) => Sql.Scalar(connection, text, arguments);
}
