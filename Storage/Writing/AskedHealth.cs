using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Storage.Journal;

namespace Orleans.Story.Storage.Writing;

/// <summary>
/// The writer's health, and a question to the database for whoever must know although nobody writes. One question is under way at
/// a time, and its answer stands for a second: who asks more often gets the same one.
/// </summary>
internal sealed class AskedHealth(StoreBackend backend, WriterHealth health, StoreWriter writer, IJournal journal, TimeProvider time) : IJournalHealth
{
    /// <summary>A stream that nobody writes.</summary>
    private const string Nowhere = "witness";

    /// <summary>A connection of the pool may be one that the server ended long ago, when it was started again: the next is new.</summary>
    private const int Tries = 2;

    /// <summary>A database that takes longer serves no show.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>How long an answer stands. A commit is one too.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<Silence?> _answer = Task.FromResult<Silence?>(null);
    private Task _read = Task.CompletedTask;
    private long? _askedAt;

    /// <inheritdoc/>
    public JournalHealth Now => health.Now;

    /// <inheritdoc/>
    public async Task<JournalHealth> AskAsync(CancellationToken cancellationToken = default)
    {
        // One that fails is tried each second by the writer, which knows more than a reader; one that commits has answered.
        if (health.IsFailing || health.CommittedWithin(Fresh)) return Now;
        var silence = await Answer().WaitAsync(cancellationToken);
        var now = Now;
        return silence is null || now.State == JournalState.Failing || health.CommittedWithin(Patience)
            ? now
            : now with { State = JournalState.Failing, Kind = silence.Kind, Sentence = silence.Sentence, SinceMs = silence.SinceMs };
    }

    /// <inheritdoc/>
    public async Task<bool> AnswersAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await Task.Run(Read, cancellationToken).WaitAsync(2 * Patience, time, cancellationToken);
            return true;
        }
#pragma warning disable CA1031 // Whatever the database threw, it does not serve.
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    private Task<Silence?> Answer()
    {
        lock (_gate)
        {
            if (_askedAt is { } at && (!_answer.IsCompleted || time.GetElapsedTime(at) < Fresh)) return _answer;
            _askedAt = time.GetTimestamp();
            return _answer = Question(_answer.IsCompletedSuccessfully ? _answer.Result : null);
        }
    }

    /// <summary>Asks; answers what keeps the database from answering.</summary>
    /// <param name="before">What kept it the last time.</param>
    private async Task<Silence?> Question(Silence? before)
    {
        try
        {
            // One that hangs is not joined by others. SQLite reads on the caller's thread, and a dead disk would keep it.
            if (_read.IsCompleted) _read = Task.Run(Read);
            await _read.WaitAsync(Patience, time);
            return null;
        }
#pragma warning disable CA1031 // Whatever the database threw, it does not serve.
        catch (Exception silent)
#pragma warning restore CA1031
        {
            // Whoever looks at the present, the figures and the console too, is to know it from the one who must: the writer.
            writer.Prove();
            var late = silent is OperationCanceledException or TimeoutException;
            var kind = late ? JournalTrouble.Unreachable : JournalTroubles.Of(silent) ?? JournalTrouble.Other;
            var words = late ? $"no answer within {Patience.TotalSeconds:0} s" : silent.Message;
            return new Silence(kind, JournalTroubles.Sentence(kind, backend.Place, backend.IsFile, words), before?.SinceMs ?? time.GetUtcNow().ToUnixTimeMilliseconds());
        }
    }

    private async Task Read()
    {
        using var patience = new CancellationTokenSource(Patience, time);
        for (var left = Tries - 1; ; left--)
        {
            try
            {
                await foreach (var _ in journal.ReadAsync(Nowhere, 0, patience.Token)) break;
                return;
            }
            catch (Exception broken) when (left > 0 && broken is not OperationCanceledException && JournalTroubles.Of(broken) == JournalTrouble.Unreachable)
            {
                // Once more.
            }
        }
    }

    private sealed record Silence(JournalTrouble Kind, Contracts.Text Sentence, long SinceMs);
}
