using System.Globalization;
using Orleans.Story.Storage.Writing;

namespace Orleans.Story.Storage.Journal;

/// <summary>Erases rehearsals on either database.</summary>
internal sealed class SqlSessionEraser(StoreWriter writer) : ISessionEraser
{
    /// <summary>Events in one transaction: some milliseconds of work, and a log that stays short.</summary>
    internal const int Portion = 2_000;

    private const string PastEveryCharacter = "\U0010FFFF";

    public ValueTask<ErasureStatus> EraseAsync(
        Guid session, string stream, string prefix, Func<JournalRow, bool> mayErase, CancellationToken cancellationToken = default)
    {
        StoreText.Name(stream, SqlJournal.MaxStreamLength, "stream name");
        StoreText.Name(prefix, SqlJournal.MaxStreamLength, "prefix of stream names");
        ArgumentNullException.ThrowIfNull(mayErase);
        return new(writer.WriteAsync(write => Erase(write, session, stream, prefix, mayErase), cancellationToken, erases: true, alone: true));
    }

    private static ErasureStatus Erase(WriteSession write, Guid session, string stream, string prefix, Func<JournalRow, bool> mayErase)
    {
        var first = write.Query(
            "select type, v, at_utc_ms, batch_id, body from journal where stream = @stream and version = 1",
            row => new JournalRow(stream, 1, row.GetString(0), row.GetInt32(1), row.GetInt64(2), row.GetGuid(3), row.GetFieldValue<byte[]>(4)),
            ("stream", stream));
        if (first.Count == 0)
            return Rest(write, session, stream, prefix) ? ErasureStatus.Refused : ErasureStatus.Gone;
        if (!mayErase(first[0]))
            return ErasureStatus.Refused;

        write.LetGo(stream, prefix);
        // Who sat where goes first: it is the only personal data of a session.
        write.Execute("delete from remarks where session = @session", ("session", write.Id(session)));
        write.Execute("delete from suggestions where session = @session", ("session", write.Id(session)));
        write.Execute("delete from seats where session = @session", ("session", write.Id(session)));
        var left = Portion;
        foreach (var (name, version) in write.Query(
            "select stream, max(version) from journal where stream >= @first and stream < @past group by stream order by stream",
            row => (row.GetString(0), row.GetInt64(1)),
            ("first", prefix),
            ("past", prefix + PastEveryCharacter)))
        {
            left -= Cut(write, name, version, left, keep: 0);
            if (left == 0)
                return ErasureStatus.More;
        }

        var last = Convert.ToInt64(write.Scalar("select max(version) from journal where stream = @stream", ("stream", stream)), CultureInfo.InvariantCulture);
        left -= Cut(write, stream, last, left, keep: 1);
        if (left == 0)
            return ErasureStatus.More;
        Cut(write, stream, 1, 1, keep: 0);
        return ErasureStatus.Gone;
    }

    /// <summary>Whether anything is left of a session whose first event is not there.</summary>
    private static bool Rest(WriteSession write, Guid session, string stream, string prefix) =>
        write.Scalar(
            """
            select 1 from journal where stream = @stream or (stream >= @first and stream < @past)
            union all select 1 from seats where session = @session
            union all select 1 from remarks where session = @session
            union all select 1 from suggestions where session = @session
            limit 1
            """,
            ("stream", stream),
            ("first", prefix),
            ("past", prefix + PastEveryCharacter),
            ("session", write.Id(session))) is not null;

    /// <summary>Removes up to <paramref name="most"/> events from a stream's end; those up to version <paramref name="keep"/> stay.</summary>
    private static int Cut(WriteSession write, string stream, long version, int most, long keep) => most == 0 || version <= keep
        ? 0
        : write.Execute(
            "delete from journal where stream = @stream and version > @after",
            ("stream", stream),
            ("after", Math.Max(keep, version - most)));
}
