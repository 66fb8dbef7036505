using Orleans.Story.Storage.Writing;

namespace Orleans.Story.Storage.Tables;

/// <summary>Suggestions on either database.</summary>
internal sealed class SqlSuggestionTable(StoreWriter writer, StoreReader reader) : ISuggestionTable
{
    private const int MaxTextLength = 2000;

    public ValueTask<bool> AddAsync(SuggestionRow suggestion, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(suggestion);
        StoreText.Words(suggestion.Text, MaxTextLength, "suggestion");
        return new(writer.WriteAsync(write => Add(write, suggestion), ct));
    }

    public async ValueTask<IReadOnlyList<SuggestionRow>> ReadAsync(Guid session, CancellationToken ct = default) =>
        await reader.QueryAsync(
            "select id, seat, beat, text, at_utc_ms from suggestions where session = @session order by at_utc_ms, id",
            row => new SuggestionRow(row.GetGuid(0), session, row.GetInt32(1), row.GetInt32(2), row.GetString(3), row.GetInt64(4)),
            ct,
            ("session", reader.Id(session)));

    public ValueTask<int> EraseBeforeAsync(Guid session, int beat, CancellationToken ct = default) => new(writer.WriteAsync(
        write => write.Execute("delete from suggestions where session = @session and beat < @beat", ("session", write.Id(session)), ("beat", beat)),
        ct,
        erases: true));

    private static bool Add(WriteSession write, SuggestionRow suggestion)
    {
        // The seat is asked for in the same transaction: a suggestion on its way must not outlive the erasure of its viewer.
        var (session, seat) = (write.Id(suggestion.Session), suggestion.Seat);
        if (write.Scalar("select 1 from seats where session = @session and seat = @seat", ("session", session), ("seat", seat)) is null)
            return false;
        write.Execute(
            "insert into suggestions (id, session, seat, beat, text, at_utc_ms) values (@id, @session, @seat, @beat, @text, @at) on conflict do nothing",
            ("id", write.Id(suggestion.Id)),
            ("session", session),
            ("seat", seat),
            ("beat", suggestion.Beat),
            ("text", suggestion.Text),
            ("at", suggestion.AtUtcMs));
        return true;
    }
}
