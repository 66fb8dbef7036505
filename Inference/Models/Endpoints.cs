using System.ClientModel;
using System.ClientModel.Primitives;
using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using Orleans.Story.Inference.Scheduling;

namespace Orleans.Story.Inference.Models;

/// <summary>All model servers of a process, and which of them a show asks first.</summary>
public sealed class Endpoints(IEnumerable<Endpoint> all) : IDisposable
{
    /// <summary>Longer than any answer; a deadline comes long before. It keeps a lost connection from living for ever.</summary>
    private static readonly TimeSpan NetworkTimeout = TimeSpan.FromMinutes(3);

    /// <summary>Every endpoint, in the settings' order.</summary>
    public ImmutableArray<Endpoint> All { get; } = [.. all];

    /// <summary>
    /// Those that a show may ask now, the first choice first: by order, then by weight, so that a show stays with the server
    /// that has already read its film. One whose slots are all taken comes after its equals.
    /// </summary>
    public IReadOnlyList<Endpoint> For(string show) =>
    [
        .. All.Where(one => !one.Rests && !(one.Settings.TokensPerShow > 0 && one.Spent.Of(show) >= one.Settings.TokensPerShow))
            .OrderBy(one => one.Settings.Order)
            .ThenBy(one => one.IsFull)
            .ThenByDescending(one => Rendezvous.Weight(show, one.Settings.Name, one.Settings.Weight)),
    ];

    /// <summary>
    /// Speaks the OpenAI chat protocol to a server. Nothing is repeated and no redirection is followed: what to do about a
    /// failure is decided where the deadline is known, and a key goes nowhere but to the address of the settings.
    /// </summary>
    /// <param name="settings">Where, and which model.</param>
    /// <param name="key">The key, or <see langword="null"/> where the server asks for none.</param>
    public static IChatClient Connect(ModelEndpoint settings, string? key)
    {
        var http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(3),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        { Timeout = Timeout.InfiniteTimeSpan };
        var options = new OpenAIClientOptions
        {
            Endpoint = settings.Url,
            NetworkTimeout = NetworkTimeout,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            Transport = new HttpClientPipelineTransport(http),
        };
        return new ChatClient(settings.Model, new ApiKeyCredential(key ?? "none"), options).AsIChatClient();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var one in All) one.Dispose();
    }
}
