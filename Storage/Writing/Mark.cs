using System.Data.Common;

namespace Orleans.Story.Storage.Writing;

/// <summary>
/// What a transaction leaves behind by which it can be recognised. A transaction is all or nothing, so one mark answers
/// for every request in it: the first journal row it appended, or, when it only touched tables, its row in <c>marks</c>.
/// </summary>
/// <param name="Stream">Stream of the row; null when the mark is in <c>marks</c>.</param>
/// <param name="Version">Version of the row.</param>
/// <param name="Batch">The id written there.</param>
internal sealed record Mark(string? Stream, long Version, Guid Batch)
{
    public static Mark Leave(WriteSession session, string writer, Guid batch)
    {
        session.Execute(
            """
            insert into marks (writer, batch_id, at_utc_ms) values (@writer, @batch, @now)
            on conflict (writer) do update set batch_id = excluded.batch_id, at_utc_ms = excluded.at_utc_ms
            """,
            ("writer", writer),
            ("batch", session.Id(batch)),
            ("now", session.NowUtcMs));
        return new Mark(Stream: null, 0, batch);
    }

    /// <summary>Whether the transaction with this mark committed.</summary>
    public bool IsIn(DbConnection connection, string writer)
    {
        using var command = Stream is null
            ? Sql.Command(connection, "select batch_id from marks where writer = @writer", ("writer", writer))
            : Sql.Command(connection, "select batch_id from journal where stream = @stream and version = @version", ("stream", Stream), ("version", Version));
        using var reader = command.ExecuteReader();
        return reader.Read() && reader.GetGuid(0) == Batch;
    }
}
