namespace Orleans.Story.Storage.Journal;

/// <summary>One event to append: what a stream's owner says happened.</summary>
/// <param name="Type">Name of the event, past tense, 1–100 characters ("BallotsCast").</param>
/// <param name="Format">Version of the body's shape (column <c>v</c>), 1 or more; old formats stay readable.</param>
/// <param name="Body">UTF-8 JSON, at most 1 MiB. Never parsed here, and stored byte for byte.</param>
public sealed record JournalEntry(string Type, int Format, ReadOnlyMemory<byte> Body);
