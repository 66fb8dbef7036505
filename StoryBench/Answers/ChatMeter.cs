namespace Orleans.Story.StoryBench.Answers;

/// <summary>
/// Tokens of the calls to a model while a beat is written, also where no beat comes of it. It follows the flow of the call, so that
/// writers need not know of it.
/// </summary>
public sealed class ChatMeter : IDisposable
{
    private static readonly AsyncLocal<ChatMeter?> Present = new();

    private ChatMeter()
    {
    }

    /// <summary>Tokens read, as servers counted them.</summary>
    public long TokensIn { get; private set; }

    /// <summary>Tokens written likewise.</summary>
    public long TokensOut { get; private set; }

    /// <summary>Begins to count in this flow of calls, until disposed of.</summary>
    public static ChatMeter Begin() => Present.Value = new ChatMeter();

    /// <inheritdoc/>
    public void Dispose() => Present.Value = null;

    /// <summary>A call is over.</summary>
    internal static void Count(long tokensIn, long tokensOut)
    {
        if (Present.Value is not { } meter) return;
        meter.TokensIn += tokensIn;
        meter.TokensOut += tokensOut;
    }
}
