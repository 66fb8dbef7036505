using System.Collections.Concurrent;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Inference.Writers;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;

namespace Orleans.Story.Tests.Grains.Support;

/// <summary>A model without a server that falls silent in the middle of a sentence where the test wants it, and never says why.</summary>
internal sealed class HaltingWriter : IBeatWriter
{
    public string Name => "scribe";

    public int Slots => 8;

    /// <summary>Whether it falls silent over an order, which it was given for the so-manieth time, from 1.</summary>
    public Func<BeatOrder, int, bool> Halts { get; init; } = (_, _) => false;

    /// <summary>Every order, in order.</summary>
    public ConcurrentQueue<BeatOrder> Orders { get; } = new();

    /// <summary>Orders over which it fell silent and which were called off.</summary>
    public ConcurrentQueue<BeatOrder> Stopped { get; } = new();

    /// <summary>How often it was asked for a beat with this ordinal.</summary>
    public int Asked(int beat) => Orders.Count(order => order.Plan.Beat == beat);

    public async Task<Beat> WriteAsync(Film film, SessionId session, BeatOrder order, CancellationToken cancellationToken)
    {
        int times;
        lock (Orders)
        {
            Orders.Enqueue(order);
            times = Orders.Count(one => one.Plan.Made == order.Plan.Made && one.Plan.Option == order.Plan.Option);
        }

        if (Halts(order, times))
        {
            await using var stopped = cancellationToken.Register(() => Stopped.Enqueue(order));
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        return StoryletTelling.Tell(film, order.Plan) with { Writer = Name, Writing = new Writing("here", Name, "beat-1.en", 5, 10, 100) };
    }
}
