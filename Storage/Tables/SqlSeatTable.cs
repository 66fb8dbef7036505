using Orleans.Story.Storage.Writing;

namespace Orleans.Story.Storage.Tables;

/// <summary>Seats on either database.</summary>
internal sealed class SqlSeatTable(StoreWriter writer, StoreReader reader) : ISeatTable
{
    public async ValueTask<IReadOnlyList<SeatRow>> ReadAsync(Guid session, CancellationToken ct = default) =>
        await reader.QueryAsync(
            "select seat, viewer from seats where session = @session order by seat",
            row => new SeatRow(row.GetInt32(0), row.GetGuid(1)),
            ct,
            ("session", reader.Id(session)));

    public async ValueTask<IReadOnlyList<Guid>> SessionsOfAsync(Guid viewer, CancellationToken ct = default) =>
        await reader.QueryAsync(
            "select session from seats where viewer = @viewer order by session", row => row.GetGuid(0), ct, ("viewer", reader.Id(viewer)));

    public ValueTask<bool> TakeAsync(Guid session, int seat, Guid viewer, CancellationToken ct = default) => new(writer.WriteAsync(
        write => write.Execute(
            "insert into seats (session, seat, viewer) values (@session, @seat, @viewer) on conflict do nothing",
            ("session", write.Id(session)),
            ("seat", seat),
            ("viewer", write.Id(viewer))) == 1,
        ct));

    public ValueTask<bool> FreeAsync(Guid session, int seat, CancellationToken ct = default) => new(writer.WriteAsync(
        write => write.Execute("delete from seats where session = @session and seat = @seat", ("session", write.Id(session)), ("seat", seat)) == 1,
        ct,
        erases: true));

    public ValueTask<int> EraseViewerAsync(Guid viewer, CancellationToken ct = default) => new(writer.WriteAsync(
        write =>
        {
            var id = write.Id(viewer);
            var remarks = write.Execute(
                "delete from remarks where (session, seat) in (select session, seat from seats where viewer = @viewer)", ("viewer", id));
            var suggestions = write.Execute(
                "delete from suggestions where (session, seat) in (select session, seat from seats where viewer = @viewer)", ("viewer", id));
            return remarks + suggestions + write.Execute("delete from seats where viewer = @viewer", ("viewer", id));
        },
        ct,
        erases: true));
}
