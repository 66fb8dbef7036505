using System.Collections.Concurrent;

namespace Orleans.Story.Tests.Conformance.Support;

/// <summary>How grains and tests tell each other where they are: words that are said and heard, and gates that hold a call open.</summary>
public sealed class Board
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly Lock _lock = new();
    private readonly List<string> _said = [];
    private readonly List<(string Word, int Times, TaskCompletionSource Done)> _listening = [];
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new(StringComparer.Ordinal);

    public void Say(string word)
    {
        lock (_lock)
        {
            _said.Add(word);
            foreach (var (heard, times, done) in _listening)
            {
                if (string.Equals(heard, word, StringComparison.Ordinal) && Count(word) >= times)
                {
                    done.TrySetResult();
                }
            }
        }
    }

    public int Times(string word)
    {
        lock (_lock)
        {
            return Count(word);
        }
    }

    public string[] SaidBy(string who)
    {
        lock (_lock)
        {
            return [.. _said.Where(word => word.StartsWith(who + ":", StringComparison.Ordinal)).Select(word => word[(who.Length + 1)..])];
        }
    }

    public async Task Heard(string word, int times = 1)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (Count(word) >= times)
            {
                return;
            }

            _listening.Add((word, times, done));
        }

        await Patiently(done.Task, $"\"{word}\" to be said {times} times; it was said {Times(word)} times");
    }

    /// <summary>Waits until the gate is opened.</summary>
    public Task Gate(string name) => Patiently(GateOf(name).Task, $"gate \"{name}\" to open");

    public void Open(string name) => GateOf(name).TrySetResult();

    public static async Task Patiently(Task task, string what)
    {
        try
        {
            await task.WaitAsync(s_patience);
        }
        catch (TimeoutException late) when (!task.IsCompleted)
        {
            throw new InvalidOperationException($"Waited {s_patience.TotalSeconds} s for {what}.", late);
        }
    }

    private TaskCompletionSource GateOf(string name) => _gates.GetOrAdd(name, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private int Count(string word) => _said.Count(said => string.Equals(said, word, StringComparison.Ordinal));
}
