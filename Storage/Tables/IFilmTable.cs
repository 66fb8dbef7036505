namespace Orleans.Story.Storage.Tables;

/// <summary>
/// Film sources by content hash, so that a session's pinned hash can always be told again, whatever became of the folder.
/// </summary>
public interface IFilmTable
{
    /// <summary>Keeps a source, at most 16 MiB; a hash that is already there is left as it is.</summary>
    ValueTask PutAsync(string slug, string hash, ReadOnlyMemory<byte> source, CancellationToken ct = default);

    /// <summary>The source with this hash, or null.</summary>
    ValueTask<ReadOnlyMemory<byte>?> GetAsync(string hash, CancellationToken ct = default);
}
