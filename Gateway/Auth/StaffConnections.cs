using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Orleans.Story.Gateway.Hubs;
using Orleans.Story.Grains.Staff;

namespace Orleans.Story.Gateway.Auth;

/// <summary>
/// The open console connections, and that none outlives its sign-in: each is checked again at every call, every 30 s, and
/// at once when this process changed its account.
/// </summary>
internal sealed class StaffConnections(StaffAccounts accounts, TimeProvider time, ILogger<StaffConnections> log) : BackgroundService
{
    /// <summary>How long a connection that only listens may outlive its sign-in, when another process ended it.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    /// <summary>By connection; <c>HubDoor</c> bounds how many an account has.</summary>
    private readonly ConcurrentDictionary<string, HubCallerContext> _open = new(StringComparer.Ordinal);

    /// <summary>A console connected.</summary>
    public void Add(HubCallerContext connection) => _open[connection.ConnectionId] = connection;

    /// <summary>A console left.</summary>
    public void Remove(HubCallerContext connection) => _open.TryRemove(connection.ConnectionId, out _);

    /// <summary>Whether the connection's sign-in is still good; one that is not is closed.</summary>
    public async Task<bool> Check(HubCallerContext connection)
    {
        var user = connection.User!;
        if (user.IsGood(await accounts.Find(user.StaffName()), time.GetUtcNow())) return true;
        connection.Abort();
        return false;
    }

    /// <summary>The account was changed: closes what was signed in to it before.</summary>
    public Task Changed(string name) => Check(_open.Values.Where(connection => string.Equals(connection.User!.StaffName(), name, StringComparison.Ordinal)));

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await Check(_open.Values);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The hall closes.
        }
    }

    private async Task Check(IEnumerable<HubCallerContext> connections)
    {
        foreach (var connection in connections)
        {
            try
            {
                await Check(connection);
            }
#pragma warning disable CA1031 // Grains that do not answer carry out no command either; the next round asks again.
            catch (Exception e)
#pragma warning restore CA1031
            {
                log.LogDebug(e, "A console's sign-in could not be checked");
                return;
            }
        }
    }
}

/// <summary>Gives every call at the console the pass of whoever is signed in, who is looked up again each time.</summary>
internal sealed class StaffCalls(StaffConnections connections, StaffDoor door) : IHubFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (invocationContext.Hub is not ConsoleHub) return await next(invocationContext);
        var user = invocationContext.Context.User!;
        if (!await connections.Check(invocationContext.Context)) throw new HubException(Refusals.SignInFirst.Code);
        using var speaking = door.Speak(user.StaffName(), user.StaffRoles());
        return await next(invocationContext);
    }

    /// <inheritdoc/>
    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        if (context.Hub is ConsoleHub) connections.Add(context.Context);
        return next(context);
    }

    /// <inheritdoc/>
    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        if (context.Hub is ConsoleHub) connections.Remove(context.Context);
        return next(context, exception);
    }
}

/// <summary>Gives every call of the API the pass of whoever is signed in, after the cookie was validated. Hubs have their own.</summary>
internal sealed class StaffPassing(RequestDelegate next, StaffDoor door)
{
    /// <summary>Handles one request.</summary>
    public async Task Invoke(HttpContext context)
    {
        var user = context.User;
        if (!user.IsStaff() || user.MustChange() || context.Request.Path.StartsWithSegments(Paths.Hubs, StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        using var speaking = door.Speak(user.StaffName(), user.StaffRoles());
        await next(context);
    }
}
