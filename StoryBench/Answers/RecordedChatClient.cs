using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Orleans.Story.StoryBench.Shows;

namespace Orleans.Story.StoryBench.Answers;

/// <summary>
/// A model that says what it said when it was recorded, and takes as long on the show's clock. What was never asked then it
/// cannot answer: it fails, and the book counts it.
/// </summary>
/// <param name="book">The recorded answers.</param>
/// <param name="model">The model's name.</param>
/// <param name="show">The show's clock.</param>
public sealed class RecordedChatClient(AnswerBook book, string model, ShowTime show) : IChatClient
{
    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        cancellationToken.ThrowIfCancellationRequested();
        var answer = book.Play(Answer.KeyOf(model, messages, options)) ?? throw new HttpRequestException("This was not asked when answers were recorded.");
        ChatMeter.Count(answer.TokensIn ?? 0, answer.TokensOut ?? 0);
        if (answer.Words.Length > 0) yield return new ChatResponseUpdate(ChatRole.Assistant, answer.Words);
        show.Pass(answer.TookMs);
        if (answer.Failure is { } failure) throw new HttpRequestException($"It failed when answers were recorded: {failure}.");
        yield return new ChatResponseUpdate(ChatRole.Assistant, [.. Usage(answer)]) { FinishReason = answer.Finish is { } finish ? new ChatFinishReason(finish) : null };
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType?.IsInstanceOfType(this) == true ? this : null;

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static IEnumerable<AIContent> Usage(Answer answer)
    {
        if (answer.TokensIn is { } read && answer.TokensOut is { } written)
            yield return new UsageContent(new UsageDetails { InputTokenCount = read, OutputTokenCount = written, TotalTokenCount = read + written });
    }
}
