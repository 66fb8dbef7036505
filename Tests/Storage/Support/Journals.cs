using System.Text;
using Orleans.Story.Storage.Journal;

namespace Orleans.Story.Tests.Storage.Support;

/// <summary>Words for journal tests.</summary>
internal static class Journals
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static JournalEntry Entry(string body = "{}", string type = "Happened", int format = 1) => new(type, format, Encoding.UTF8.GetBytes(body));

    public static JournalEntry[] Entries(int count) => [.. Enumerable.Range(0, count).Select(n => Entry($$"""{"n":{{n}}}"""))];

    public static Task<AppendResult> Append(this IJournal journal, string stream, long expected, int count = 1) =>
        journal.AppendAsync(stream, expected, Entries(count)).AsTask().WaitAsync(Patience);

    public static async Task<List<JournalRow>> All(this IJournal journal, string stream, long after = 0)
    {
        var rows = new List<JournalRow>();
        await foreach (var row in journal.ReadAsync(stream, after))
            rows.Add(row);
        return rows;
    }

    public static string Text(this JournalRow row) => Encoding.UTF8.GetString(row.Body.Span);

    public static async Task<JournalFailure> Failure(this Task task) => (await Should.ThrowAsync<JournalUnavailableException>(task.WaitAsync(Patience))).Failure;

    public static Task<T> Soon<T>(this ValueTask<T> task) => task.AsTask().WaitAsync(Patience);
}
