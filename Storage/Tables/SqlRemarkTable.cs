using Orleans.Story.Storage.Writing;

namespace Orleans.Story.Storage.Tables;

/// <summary>Remarks on either database.</summary>
internal sealed class SqlRemarkTable(StoreWriter writer, StoreReader reader) : IRemarkTable
{
    private const int MaxTextLength = 2000;

    public ValueTask<bool> AddAsync(RemarkRow remark, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(remark);
        StoreText.Words(remark.Text, MaxTextLength, "remark");
        return new(writer.WriteAsync(write => Add(write, remark), ct));
    }

    public async ValueTask<IReadOnlyList<RemarkRow>> ReadAsync(Guid session, CancellationToken ct = default) =>
        await reader.QueryAsync(
            "select id, seat, text, at_utc_ms from remarks where session = @session order by at_utc_ms, id",
            row => new RemarkRow(row.GetGuid(0), session, row.GetInt32(1), row.GetString(2), row.GetInt64(3)),
            ct,
            ("session", reader.Id(session)));

    public ValueTask<int> EraseBySeatAsync(Guid session, int seat, CancellationToken ct = default) => new(writer.WriteAsync(
        write => write.Execute("delete from remarks where session = @session and seat = @seat", ("session", write.Id(session)), ("seat", seat)),
        ct,
        erases: true));

    public ValueTask<int> EraseAsync(Guid session, IReadOnlyCollection<Guid> remarks, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(remarks);
        return new(writer.WriteAsync(
            write => remarks.Sum(remark => write.Execute("delete from remarks where session = @session and id = @id", ("session", write.Id(session)), ("id", write.Id(remark)))),
            ct,
            erases: true));
    }

    private static bool Add(WriteSession write, RemarkRow remark)
    {
        // The seat is asked for in the same transaction: a remark on its way must not outlive the erasure of its viewer.
        var (session, seat) = (write.Id(remark.Session), remark.Seat);
        if (write.Scalar("select 1 from seats where session = @session and seat = @seat", ("session", session), ("seat", seat)) is null)
            return false;
        write.Execute(
            "insert into remarks (id, session, seat, text, at_utc_ms) values (@id, @session, @seat, @text, @at) on conflict do nothing",
            ("id", write.Id(remark.Id)),
            ("session", session),
            ("seat", seat),
            ("text", remark.Text),
            ("at", remark.AtUtcMs));
        return true;
    }
}
