using System.Text.Json;
using Microsoft.Extensions.AI;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Inference.Models;
using Orleans.Story.Inference.Prompting;

namespace Orleans.Story.Inference.Writers;

/// <summary>All that is said to one endpoint about one beat, and what it cost. The second question goes on from the first, so that a server reads the film once.</summary>
internal sealed class Conversation(Endpoint endpoint, string show, BeatPrompt prompt, TimeProvider time, CancellationToken stop)
{
    private readonly List<ChatMessage> messages = [new(ChatRole.System, prompt.System), new(ChatRole.User, prompt.Task)];
    private readonly long started = time.GetTimestamp();
    private int tokensIn;
    private int tokensOut;

    internal string Endpoint => endpoint.Settings.Name;

    internal async Task<string> Prose(int mostTokens)
    {
        var said = await Ask(messages, mostTokens, null);
        messages.Add(new ChatMessage(ChatRole.Assistant, said));
        return said;
    }

    internal Task<string> Object(string request, JsonElement schema, int mostTokens)
    {
        messages.Add(new ChatMessage(ChatRole.User, request));
        return Ask(messages, mostTokens, schema);
    }

    /// <summary>A question of its own: who translates need not know what comes next.</summary>
    internal Task<string> Aside(string request, JsonElement schema, int mostTokens) => Ask([new ChatMessage(ChatRole.User, request)], mostTokens, schema);

    internal Writing Account() => new(
        endpoint.Settings.Name, endpoint.Settings.Model, prompt.Version, tokensIn, tokensOut, (long)time.GetElapsedTime(started).TotalMilliseconds);

    private async Task<string> Ask(IReadOnlyList<ChatMessage> all, int mostTokens, JsonElement? schema)
    {
        var said = await endpoint.AskAsync(all, mostTokens, schema, stop);
        tokensIn += said.TokensIn;
        tokensOut += said.TokensOut;
        endpoint.Spent.Add(show, said.TokensIn + said.TokensOut);
        return said.Words;
    }
}
