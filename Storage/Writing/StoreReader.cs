using System.Data.Common;

namespace Orleans.Story.Storage.Writing;

/// <summary>Reads on connections of their own; a read neither waits for the writer nor holds it up.</summary>
internal sealed class StoreReader(StoreBackend backend, WriterHealth health)
{
    public object Id(Guid id) => backend.Id(id);

    /// <summary>All rows of a query; meant for results that are small by nature.</summary>
    public ValueTask<List<T>> QueryAsync<T>(string text, Func<DbDataReader, T> map, CancellationToken cancellationToken, params (string Name, object Value)[] arguments) =>
        QueryAsync(text, map, static _ => true, cancellationToken, arguments);

    /// <summary>Rows of a query until <paramref name="more"/> has seen enough; the connection is free again when this returns.</summary>
    public async ValueTask<List<T>> QueryAsync<T>(
        string text, Func<DbDataReader, T> map, Func<T, bool> more, CancellationToken cancellationToken, params (string Name, object Value)[] arguments)
    {
        try
        {
            var rows = new List<T>();
            await using var connection = await backend.OpenReaderAsync(cancellationToken);
            await using var command = Sql.Command(connection, text, arguments);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                var row = map(reader);
                rows.Add(row);
                if (!more(row))
                    break;
            }

            return rows;
        }
        catch (DbException exception)
        {
            health.Saw(exception);
            throw;
        }
    }
}
