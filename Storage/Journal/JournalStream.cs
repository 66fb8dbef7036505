namespace Orleans.Story.Storage.Journal;

/// <summary>A stream and how far it goes.</summary>
/// <param name="Stream">Its name.</param>
/// <param name="Version">Version of its last event.</param>
public readonly record struct JournalStream(string Stream, long Version);
