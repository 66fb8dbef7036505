using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;
using Orleans.Story.StoryBench.Shows;

namespace Orleans.Story.StoryBench.Answers;

/// <summary>Passes questions on to a model, moves the show's clock by what the answer took, and keeps it where a book is given.</summary>
/// <param name="inner">The model.</param>
/// <param name="model">Its name.</param>
/// <param name="show">The show's clock.</param>
/// <param name="book">Where answers are kept, or <see langword="null"/>.</param>
/// <param name="real">The clock that says how long an answer took.</param>
public sealed class RecordingChatClient(IChatClient inner, string model, ShowTime show, AnswerBook? book, TimeProvider real) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var asked = messages.ToList();
        var began = real.GetTimestamp();
        try
        {
            var response = await base.GetResponseAsync(asked, options, cancellationToken);
            Keep(asked, options, began, response.Text, response.Usage, response.FinishReason, null);
            return response;
        }
        catch (Exception failed)
        {
            Keep(asked, options, began, "", null, null, failed.GetType().Name);
            throw;
        }
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var asked = messages.ToList();
        var began = real.GetTimestamp();
        var words = new StringBuilder();
        UsageDetails? usage = null;
        ChatFinishReason? finish = null;
        await using var updates = base.GetStreamingResponseAsync(asked, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var isOver = false;
        try
        {
            while (await updates.MoveNextAsync())
            {
                words.Append(updates.Current.Text);
                usage = updates.Current.Contents.OfType<UsageContent>().LastOrDefault()?.Details ?? usage;
                finish = updates.Current.FinishReason ?? finish;
                yield return updates.Current;
            }

            isOver = true;
        }
        finally
        {
            // Whoever stops listening has heard enough: to them the answer is broken off.
            Keep(asked, options, began, words.ToString(), usage, finish, isOver ? null : "broken off");
        }
    }

    private void Keep(List<ChatMessage> asked, ChatOptions? options, long began, string words, UsageDetails? usage, ChatFinishReason? finish, string? failure)
    {
        var took = (long)real.GetElapsedTime(began).TotalMilliseconds;
        show.Pass(took);
        ChatMeter.Count(usage?.InputTokenCount ?? 0, usage?.OutputTokenCount ?? 0);
        book?.Add(new Answer(Answer.KeyOf(model, asked, options), words, usage?.InputTokenCount, usage?.OutputTokenCount, took, finish?.Value, failure));
    }
}
