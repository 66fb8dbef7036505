using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules;

namespace Orleans.Story.Gateway.Demo;

/// <summary>A simulated hall.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private readonly SimulatedViewer[] _viewers;
    private readonly TimeProvider _time;
    private readonly long _seed;

    /// <summary>Draws a crowd of <paramref name="size"/> from a seed; nobody moves yet.</summary>
    public Crowd(int size, long seed, CrowdTerms terms, TimeProvider time)
    {
        (_time, _seed) = (time, seed);
        _viewers = [.. Enumerable.Range(0, size).Select(i => new SimulatedViewer(terms.Of(i), new Opinions(Seeds.For(seed, i)), time))];
    }

    /// <summary>How many they are.</summary>
    public int Size => _viewers.Length;

    /// <summary>Phones connected now.</summary>
    public int Here => _viewers.Count(viewer => viewer.IsHere);

    /// <summary>The newest stage anyone saw.</summary>
    public Stage? Stage => _viewers.Select(viewer => viewer.Stage).OfType<Stage>().MaxBy(stage => stage.Seq);

    /// <summary>Everybody comes in within <paramref name="arrival"/>, one by one, and stays to the end.</summary>
    public Task Run(TimeSpan arrival, CancellationToken stop) => Task.WhenAll(_viewers.Select((viewer, i) => Run(viewer, i, arrival, stop)));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var viewer in _viewers) await viewer.DisposeAsync();
    }

    private async Task Run(SimulatedViewer viewer, int i, TimeSpan arrival, CancellationToken stop)
    {
        try
        {
            await Task.Delay(arrival * ((i + Seeds.Fraction(Seeds.For(_seed, -1 - i))) / _viewers.Length), _time, stop);
            await viewer.Run(stop);
        }
        catch (OperationCanceledException)
        {
            // The demo ends before this viewer came, or while waiting.
        }
    }
}
