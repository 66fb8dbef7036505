using Orleans.Story.Storage.Writing;

namespace Orleans.Story.Storage.Tables;

/// <summary>Film sources on either database.</summary>
internal sealed class SqlFilmTable(StoreWriter writer, StoreReader reader) : IFilmTable
{
    private const int MaxNameLength = 200;
    private const int MaxSourceBytes = 16 << 20;

    public async ValueTask PutAsync(string slug, string hash, ReadOnlyMemory<byte> source, CancellationToken ct = default)
    {
        StoreText.Name(slug, MaxNameLength, "film slug");
        StoreText.Name(hash, MaxNameLength, "film hash");
        if (source.Length > MaxSourceBytes)
            throw new ArgumentException($"A film source has at most {MaxSourceBytes} bytes; that of {slug} has {source.Length}.", nameof(source));
        var bytes = source.ToArray();
        await writer.WriteAsync(
            write => write.Execute(
                "insert into films (hash, slug, source, at_utc_ms) values (@hash, @slug, @source, @now) on conflict do nothing",
                ("hash", hash),
                ("slug", slug),
                ("source", bytes),
                ("now", write.NowUtcMs)),
            ct,
            bytes.Length);
    }

    public async ValueTask<ReadOnlyMemory<byte>?> GetAsync(string hash, CancellationToken ct = default)
    {
        var rows = await reader.QueryAsync("select source from films where hash = @hash", row => row.GetFieldValue<byte[]>(0), ct, ("hash", hash));
        // Typed: a bare null would become an empty memory, which is a film of no bytes.
        return rows.Count == 0 ? (ReadOnlyMemory<byte>?)null : rows[0];
    }
}
