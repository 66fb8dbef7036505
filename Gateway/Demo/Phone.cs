using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Hubs;

namespace Orleans.Story.Gateway.Demo;

/// <summary>
/// A phone as the server sees one: joins by REST, talks over a WebSocket. The page's rules about when to vote are not
/// here.
/// </summary>
internal sealed class Phone(Uri server, HttpClient http) : IAsyncDisposable
{
    private HubConnection? _hub;

    /// <summary>What the server gave this device; kept over reconnections as a browser keeps it.</summary>
    public string? Device { get; private set; }

    /// <summary>The seat, or 0 before joining.</summary>
    public int Seat { get; private set; }

    private string _ticket = "";

    /// <summary>A stage was pushed.</summary>
    public Action<Stage>? StageCame { get; set; }

    /// <summary>A tally was pushed.</summary>
    public Action<Tally>? TallyCame { get; set; }

    /// <summary>The connection ended; the argument is whichever <see cref="Connect"/> made.</summary>
    public Action? Lost { get; set; }

    /// <summary>Joins or comes back; answers the refusal, or <see langword="null"/> when seated.</summary>
    /// <exception cref="HttpRequestException">The server cannot be reached.</exception>
    public async Task<Refusal?> Join(string code, string language, CancellationToken stop)
    {
        using var answer = await http.PostAsJsonAsync(
            new Uri(server, Paths.Api + "/join"), new JoinRequest(code, Device, language), Json.Options, stop);
        if (answer.StatusCode != HttpStatusCode.OK) return await answer.Content.ReadFromJsonAsync<Refusal>(Json.Options, stop);
        var seat = await answer.Content.ReadFromJsonAsync<JoinAnswer>(Json.Options, stop) ?? throw new HttpRequestException("An empty answer.");
        (Device, Seat, _ticket) = (seat.Device, seat.Seat, seat.Ticket);
        return null;
    }

    /// <summary>Connects to the audience hub and asks for the present.</summary>
    public async Task<PhoneNow> Connect(CancellationToken stop)
    {
        await Disconnect();
        var hub = Clients.Hub(server, Paths.AudienceHub, _ticket);
        hub.On<Stage>("stage", stage => StageCame?.Invoke(stage));
        hub.On<Tally>("tally", tally => TallyCame?.Invoke(tally));
        hub.Closed += _ =>
        {
            Lost?.Invoke();
            return Task.CompletedTask;
        };
        _hub = hub;
        await hub.StartAsync(stop);
        return await hub.InvokeAsync<PhoneNow>(nameof(AudienceHub.Now), stop);
    }

    /// <summary>Votes.</summary>
    public Task<CastAnswer> Cast(CastBallot ballot, CancellationToken stop) =>
        Hub.InvokeAsync<CastAnswer>(nameof(AudienceHub.Cast), ballot, stop);

    /// <summary>Tells a feeling.</summary>
    public Task<Answer> Feel(SendFeeling feeling, CancellationToken stop) =>
        Hub.InvokeAsync<Answer>(nameof(AudienceHub.Feel), feeling, stop);

    /// <summary>Hangs up.</summary>
    public async Task Disconnect()
    {
        if (Interlocked.Exchange(ref _hub, null) is { } hub) await hub.DisposeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Disconnect();

    private HubConnection Hub => _hub ?? throw new InvalidOperationException("Not connected.");
}

/// <summary>Makes hub clients that connect the way the pages do.</summary>
internal static class Clients
{
    /// <summary>A client that is not started yet.</summary>
    public static HubConnection Hub(Uri server, string path, string? ticket, Action<ClientWebSocketOptions>? configure = null)
    {
        var address = new UriBuilder(new Uri(server, path)) { Scheme = server.Scheme == "https" ? "wss" : "ws" };
        if (ticket is not null) address.Query = "access_token=" + Uri.EscapeDataString(ticket);
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(new WebSocketConnectionFactory(configure));
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(address.Uri));
        builder.AddJsonProtocol(json => Json.Apply(json.PayloadSerializerOptions));
        return builder.Build();
    }
}
