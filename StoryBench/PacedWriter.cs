using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Inference.Writers;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;
using Orleans.Story.StoryBench.Shows;

namespace Orleans.Story.StoryBench;

/// <summary>The storylets, told as slowly as a model would: what a show makes of a writer's pace, whatever the words.</summary>
/// <param name="seconds">What a beat takes, seconds.</param>
/// <param name="slots">Beats at once.</param>
/// <param name="show">The show's clock.</param>
public sealed class PacedWriter(int seconds, int slots, ShowTime show) : IBeatWriter
{
    /// <inheritdoc/>
    public string Name => NameOf(seconds);

    /// <inheritdoc/>
    public int Slots => slots;

    /// <inheritdoc/>
    public Task<Beat> WriteAsync(Film film, SessionId session, BeatOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        cancellationToken.ThrowIfCancellationRequested();
        show.Pass(seconds * 1000L);
        return Task.FromResult(StoryletTelling.Tell(film, order.Plan) with { Writer = Name });
    }

    /// <summary>What tables call it.</summary>
    internal static string NameOf(int seconds) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"paced {seconds} s");
}
