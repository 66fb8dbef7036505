using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Demo;
using Orleans.Story.Gateway.Hubs;

namespace Orleans.Story.Tests.Faults.Killing;

/// <summary>The operator: signs in with the password the first start printed, and works through the same doors as a person.</summary>
internal sealed class Booth : IAsyncDisposable
{
    private readonly HallPlace _place;
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _http;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private HubConnection? _hub;

    public Booth(HallPlace place)
    {
        _place = place;
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, UseProxy = false }) { BaseAddress = place.Address };
    }

    /// <summary>Signs in with the printed password and changes it, as everyone must; the cookie outlives the process that gave it.</summary>
    public async Task SignIn(string password, CancellationToken stop)
    {
        using var answer = await _http.PostAsJsonAsync(Paths.Api + "/sign-in", new SignInRequest("operator", password), Json.Options, stop);
        answer.EnsureSuccessStatusCode();
        using var changed = await _http.PostAsJsonAsync(Paths.Api + "/me/password", new PasswordRequest(password, "four plain words here"), Json.Options, stop);
        changed.EnsureSuccessStatusCode();
    }

    /// <summary>Schedules a session.</summary>
    public async Task<HallSession> Schedule(ScreeningRequest request, CancellationToken stop)
    {
        using var answer = await _http.PostAsJsonAsync(Paths.Api + "/sessions", request, Json.Options, stop);
        if (answer.StatusCode != HttpStatusCode.Created) throw new HttpRequestException($"Scheduling answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync(stop)}");
        return (await answer.Content.ReadFromJsonAsync<HallSession>(Json.Options, stop))!;
    }

    /// <summary>Gives a command; answers the refusal's code, or <see langword="null"/>.</summary>
    public async Task<string?> Operate(string session, OperatorAction action, CancellationToken stop, int seconds = 0, bool shift = false)
    {
        var hub = await Console(stop);
        var answer = await hub.InvokeAsync<Answer>(nameof(ConsoleHub.Operate), new OperateSession(session, action.ToString(), "a drill", seconds, shift), stop);
        return answer.Refusal?.Code;
    }

    /// <summary>A ticket for a big screen.</summary>
    public async Task<string> WallTicket(string session, CancellationToken stop)
    {
        using var answer = await _http.PostAsync(new Uri($"{Paths.Api}/sessions/{session}/wall-ticket", UriKind.Relative), null, stop);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<WallTicketAnswer>(Json.Options, stop))!.Ticket;
    }

    /// <summary>What the console is shown of a session.</summary>
    public async Task<ConsoleNow> Watch(string session, CancellationToken stop)
    {
        var hub = await Console(stop);
        return await hub.InvokeAsync<ConsoleNow>(nameof(ConsoleHub.Watch), new WatchSession(session), stop);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_hub is not null) await _hub.DisposeAsync();
        _http.Dispose();
        _gate.Dispose();
    }

    private async Task<HubConnection> Console(CancellationToken stop)
    {
        await _gate.WaitAsync(stop);
        try
        {
            if (_hub is { State: HubConnectionState.Connected } connected) return connected;
            if (_hub is not null) await _hub.DisposeAsync();
            _hub = Clients.Hub(_place.Address, Paths.ConsoleHub, null, socket => socket.Cookies = _cookies);
            await _hub.StartAsync(stop);
            return _hub;
        }
        finally
        {
            _gate.Release();
        }
    }
}
