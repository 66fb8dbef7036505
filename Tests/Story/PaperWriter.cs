using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Inference.Writers;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;

namespace Orleans.Story.Tests.Story;

/// <summary>Tells storylets as a model would: it says that it took time and tokens, and errs where it is told to.</summary>
internal sealed class PaperWriter : IBeatWriter
{
    public string Name => "paper";

    public int Slots { get; init; } = 4;

    /// <summary>What each attempt takes, milliseconds.</summary>
    public Func<Plan, long> TakesMs { get; init; } = _ => 1000;

    /// <summary>Whether the first attempt at a plan is wrong.</summary>
    public Func<Plan, bool> Errs { get; init; } = _ => false;

    /// <summary>Whether its repair is wrong too.</summary>
    public Func<Plan, bool> ErrsAgain { get; init; } = _ => false;

    /// <summary>Whether it gives nothing at all.</summary>
    public Func<Plan, bool> Throws { get; init; } = _ => false;

    public List<BeatOrder> Orders { get; init; } = [];

    public Task<Beat> WriteAsync(Film film, SessionId session, BeatOrder order, CancellationToken cancellationToken)
    {
        Orders.Add(order);
        if (Throws(order.Plan)) throw new InvalidOperationException("Nothing came of it.");
        var beat = StoryletTelling.Tell(film, order.Plan) with { Writer = Name, Writing = new Writing("paper", "paper", "paper-1", 1000, 100, TakesMs(order.Plan)) };
        var wrong = order.Repair is null ? Errs(order.Plan) : ErrsAgain(order.Plan);
        return Task.FromResult(wrong ? beat with { Place = "nowhere" } : beat);
    }
}
