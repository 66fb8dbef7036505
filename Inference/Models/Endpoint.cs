using System.ClientModel;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Orleans.Story.Inference.Prompting;
using Polly;
using Polly.CircuitBreaker;

namespace Orleans.Story.Inference.Models;

/// <summary>What a model said.</summary>
/// <param name="Words">All of it.</param>
/// <param name="TokensIn">Tokens read.</param>
/// <param name="TokensOut">Tokens written.</param>
public sealed record Said(string Words, int TokensIn, int TokensOut);

/// <summary>
/// One model server. Every answer is streamed, so that silence is noticed in seconds; it is bounded in length; and a server
/// that keeps failing is left alone for a while (circuit breaker, <see href="https://www.pollydocs.org/strategies/circuit-breaker"/>:
/// half of at least three requests within 30 s failed → 5 s, then 10, 20 … 60).
/// </summary>
public sealed class Endpoint : IDisposable
{
    private const int MostRestSeconds = 60;

    /// <summary>No tokenizer has more letters a token on average; what is longer did not stop where it was told to.</summary>
    private const int LettersPerToken = 8;

    /// <summary>A server may count otherwise than we estimate, but not by more than this.</summary>
    private const int MostMiscounted = 4;

    private readonly IChatClient client;
    private readonly TimeProvider time;
    private readonly CircuitBreakerStateProvider breaker = new();
    private readonly ResiliencePipeline guarded;
    private readonly SemaphoreSlim slots;
    private long restsUntilTicks;
    private volatile bool knowsNoSchemas;

    /// <summary>An endpoint.</summary>
    /// <param name="settings">How it is reached and what it may cost.</param>
    /// <param name="client">Speaks to it.</param>
    /// <param name="time">For silence and rest.</param>
    public Endpoint(ModelEndpoint settings, IChatClient client, TimeProvider time)
    {
        (Settings, this.client, this.time) = (settings, client, time);
        slots = new SemaphoreSlim(settings.Slots);
        guarded = new ResiliencePipelineBuilder { TimeProvider = time }.AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = 0.5,
            MinimumThroughput = 3,
            SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDurationGenerator = broken => ValueTask.FromResult(TimeSpan.FromSeconds(Math.Min(MostRestSeconds, 5 * Math.Pow(2, Math.Min(8, broken.HalfOpenAttempts))))),
            ShouldHandle = new PredicateBuilder().Handle<ModelFaultException>(),
            StateProvider = breaker,
        }).Build();
    }

    /// <summary>How it is reached and what it may cost.</summary>
    public ModelEndpoint Settings { get; }

    /// <summary>What each show spent here.</summary>
    public Spending Spent { get; } = new();

    /// <summary>Whether it is left alone now: it kept failing, or asked for it.</summary>
    public bool Rests => breaker.CircuitState is CircuitState.Open or CircuitState.Isolated || time.GetUtcNow().UtcTicks < Interlocked.Read(ref restsUntilTicks);

    /// <summary>Whether all of its slots are taken.</summary>
    public bool IsFull => slots.CurrentCount == 0;

    /// <summary>Takes one of its slots for a beat; disposing gives it back.</summary>
    public async Task<IDisposable> SlotAsync(CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        return new Slot(slots);
    }

    /// <summary>Asks once.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="mostTokens">Longest answer, tokens.</param>
    /// <param name="schema">JSON schema of the answer, or <see langword="null"/> for prose.</param>
    /// <param name="cancellationToken">Cancelled when nobody wants the answer any more.</param>
    /// <exception cref="ModelFaultException">There is no usable answer.</exception>
    public async Task<Said> AskAsync(IReadOnlyList<ChatMessage> messages, int mostTokens, JsonElement? schema, CancellationToken cancellationToken)
    {
        try
        {
            return await guarded.ExecuteAsync(async stop => await AskOnceAsync(messages, mostTokens, schema, stop), cancellationToken);
        }
        catch (BrokenCircuitException)
        {
            throw new ModelFaultException(ModelFault.NoneLeft, $"Endpoint {Settings.Name} rests after failing.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        client.Dispose();
        slots.Dispose();
    }

    private async ValueTask<Said> AskOnceAsync(IReadOnlyList<ChatMessage> messages, int mostTokens, JsonElement? schema, CancellationToken stop)
    {
        var shaped = schema is not null && !knowsNoSchemas;
        try
        {
            return await ListenAsync(messages, Options(mostTokens, shaped ? schema : null), mostTokens, stop);
        }
        catch (ClientResultException refused) when (shaped && refused.Status is 400 or 404 or 415 or 422 or 501)
        {
            knowsNoSchemas = true;
            return await AskOnceAsync(messages, mostTokens, null, stop);
        }
        catch (Exception broken) when (!stop.IsCancellationRequested)
        {
            var fault = Faults.Of(Settings.Name, broken, time.GetUtcNow());
            if (fault.RetryAfter is { } rest) Interlocked.Exchange(ref restsUntilTicks, (time.GetUtcNow() + rest).UtcTicks);
            throw fault;
        }
    }

    private ChatOptions Options(int mostTokens, JsonElement? schema) => new()
    {
        MaxOutputTokens = mostTokens,
        Temperature = Settings.Temperature,
        ResponseFormat = schema is { } shape ? ChatResponseFormat.ForJsonSchema(shape, "answer") : null,
    };

    private async Task<Said> ListenAsync(IReadOnlyList<ChatMessage> messages, ChatOptions options, int mostTokens, CancellationToken stop)
    {
        var silence = TimeSpan.FromSeconds(Settings.SilenceSeconds);
        using var watch = new CancellationTokenSource(silence * 2, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, watch.Token);
        var words = new StringBuilder();
        UsageDetails? usage = null;
        ChatFinishReason? finish = null;
        try
        {
            await foreach (var update in client.GetStreamingResponseAsync(messages, options, either.Token))
            {
                watch.CancelAfter(silence);
                words.Append(update.Text);
                finish = update.FinishReason ?? finish;
                usage = update.Contents.OfType<UsageContent>().LastOrDefault()?.Details ?? usage;
                if (words.Length > mostTokens * LettersPerToken) throw new ModelFaultException(ModelFault.Endless, $"Endpoint {Settings.Name} did not stop.");
            }
        }
        catch (Exception) when (watch.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new ModelFaultException(ModelFault.Silent, $"Endpoint {Settings.Name} fell silent.");
        }

        stop.ThrowIfCancellationRequested();
        var said = words.ToString();
        if (finish == ChatFinishReason.Length) throw new ModelFaultException(ModelFault.Endless, $"Endpoint {Settings.Name} did not come to an end.");
        if (finish is null) throw new ModelFaultException(ModelFault.Unreachable, $"Endpoint {Settings.Name} broke off in the middle.");
        if (string.IsNullOrWhiteSpace(said)) throw new ModelFaultException(ModelFault.Empty, $"Endpoint {Settings.Name} said nothing.");
        return new Said(said, Counted(usage?.InputTokenCount, messages.Sum(message => Tokens.Of(message.Text) + Tokens.PerMessage)), Counted(usage?.OutputTokenCount, Tokens.Of(said)));
    }

    /// <summary>The server's count where it can be true, or the estimate.</summary>
    private static int Counted(long? counted, int estimate) =>
        counted is > 0 and { } count && count <= (long)MostMiscounted * (estimate + 1000) ? (int)count : estimate;

    private sealed class Slot(SemaphoreSlim slots) : IDisposable
    {
        private int given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref given, 1) == 0) slots.Release();
        }
    }
}
