using Microsoft.AspNetCore.SignalR.Client;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway;
using Orleans.Story.Gateway.Demo;
using Orleans.Story.Gateway.Hubs;
using Orleans.Story.Tests.Faults.Killing;

namespace Orleans.Story.Tests.Cluster.Support;

/// <summary>A big screen that comes back by itself, and notes when it was given something to show.</summary>
internal sealed class WallWatch : IAsyncDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _over = new();
    private readonly Task _watching;
    private readonly Timeline _pushes = new();

    public WallWatch(Uri door, string ticket) => _watching = Watch(door, ticket);

    /// <summary>When it was given something to show.</summary>
    public Timeline Pushes => _pushes;

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _watching;
        _over.Dispose();
    }

    private async Task Watch(Uri door, string ticket)
    {
        while (!_over.IsCancellationRequested)
        {
            await using var hub = Clients.Hub(door, Paths.WallHub, ticket);
            var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            hub.On<Stage>("stage", _ => _pushes.Mark());
            hub.On<Tally>("tally", _ => _pushes.Mark());
            hub.Closed += _ =>
            {
                closed.TrySetResult();
                return Task.CompletedTask;
            };
            try
            {
                await hub.StartAsync(_over.Token);
                await hub.InvokeAsync<WallNow>(nameof(WallHub.Now), _over.Token);
                await closed.Task.WaitAsync(_over.Token);
            }
            catch (Exception e) when (Viewer.IsOutage(e))
            {
                await Task.WhenAny(Task.Delay(Again, _over.Token));
            }
        }
    }
}
