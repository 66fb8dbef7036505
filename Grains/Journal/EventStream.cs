using Orleans.Story.Rules.Journal;
using Orleans.Story.Storage.Journal;

namespace Orleans.Story.Grains.Journal;

/// <summary>One stream of the journal, read and written as events.</summary>
/// <typeparam name="TEvent">The family's base type.</typeparam>
/// <param name="journal">The journal.</param>
/// <param name="codec">How the family's events are written.</param>
/// <param name="stream">The stream's name.</param>
internal sealed class EventStream<TEvent>(IJournal journal, EventCodec<TEvent> codec, string stream)
    where TEvent : class
{
    /// <summary>Folds everything after <paramref name="afterVersion"/>, in order.</summary>
    internal async Task ReadAsync(long afterVersion, Action<TEvent, long> fold, CancellationToken cancellationToken = default)
    {
        await foreach (var row in journal.ReadAsync(stream, afterVersion, cancellationToken))
        {
            fold(codec.Read(row.Type, row.Format, row.Body.Span), row.Version);
        }
    }

    /// <summary>Appends events as one unit; they are on disk when the answer says so.</summary>
    internal ValueTask<AppendResult> AppendAsync(long expectedVersion, IEnumerable<TEvent> events, CancellationToken cancellationToken = default)
    {
        var entries = events.Select(codec.Write).Select(row => new JournalEntry(row.Type, row.Format, row.Body)).ToArray();
        return journal.AppendAsync(stream, expectedVersion, entries, cancellationToken);
    }
}
