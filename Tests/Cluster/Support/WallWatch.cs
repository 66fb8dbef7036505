using System.Diagnostics;
using Microsoft.AspNetCore.SignalR.Client;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway;
using Orleans.Story.Gateway.Demo;
using Orleans.Story.Gateway.Hubs;
using Orleans.Story.Tests.Faults.Killing;

namespace Orleans.Story.Tests.Cluster.Support;

/// <summary>A big screen that comes back by itself, and notes when it was last given something to show.</summary>
internal sealed class WallWatch : IAsyncDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _over = new();
    private readonly Task _watching;
    private long _moved;

    public WallWatch(Uri door, string ticket) => _watching = Watch(door, ticket);

    /// <summary>When the last push came, a timestamp of <see cref="Stopwatch"/>; 0 before the first.</summary>
    public long MovedAt => Volatile.Read(ref _moved);

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
            hub.On<Stage>("stage", _ => Moved());
            hub.On<Tally>("tally", _ => Moved());
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

    private void Moved() => Volatile.Write(ref _moved, Stopwatch.GetTimestamp());
}
