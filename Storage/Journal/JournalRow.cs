namespace Orleans.Story.Storage.Journal;

/// <summary>One event as it stands in the journal.</summary>
/// <param name="Stream">Name of the stream.</param>
/// <param name="Version">Its place in the stream: 1, 2, 3 … without gaps.</param>
/// <param name="Type">Name of the event.</param>
/// <param name="Format">Version of the body's shape.</param>
/// <param name="AtUtcMs">When the writer took it, milliseconds since 1970 UTC.</param>
/// <param name="BatchId">Shared by the entries of one append; how an unknown commit is recognised.</param>
/// <param name="Body">The bytes that were appended.</param>
public sealed record JournalRow(string Stream, long Version, string Type, int Format, long AtUtcMs, Guid BatchId, ReadOnlyMemory<byte> Body);
