namespace Orleans.Story.StoryBench.Answers;

/// <summary>
/// What the calls to a model cost while a beat is written, whether or not a beat came of it. It follows the flow of the call, so
/// that writers need not know of it.
/// </summary>
public sealed class ChatMeter : IDisposable
{
    private static readonly AsyncLocal<ChatMeter?> Present = new();

    private ChatMeter()
    {
    }

    /// <summary>Calls that were answered.</summary>
    public int Calls { get; private set; }

    /// <summary>Tokens read.</summary>
    public long TokensIn { get; private set; }

    /// <summary>Tokens written.</summary>
    public long TokensOut { get; private set; }

    /// <summary>Time from each request to the end of its answer, added up, milliseconds.</summary>
    public long TookMs { get; private set; }

    /// <summary>Begins to measure what this flow of calls costs, until disposed of.</summary>
    public static ChatMeter Begin() => Present.Value = new ChatMeter();

    /// <inheritdoc/>
    public void Dispose() => Present.Value = null;

    /// <summary>A call was answered.</summary>
    internal static void Count(long tokensIn, long tokensOut, long tookMs)
    {
        if (Present.Value is not { } meter) return;
        meter.Calls++;
        meter.TokensIn += tokensIn;
        meter.TokensOut += tokensOut;
        meter.TookMs += tookMs;
    }
}
