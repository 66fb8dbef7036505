using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;

namespace Orleans.Story.Inference.Writers;

/// <summary>Tells the film's authored storylets. Always there: everyone's fallback, and the whole show without a model.</summary>
public sealed class StoryletWriter : IBeatWriter
{
    /// <inheritdoc/>
    public string Name => StoryletTelling.Writer;

    /// <inheritdoc/>
    public Task<Beat> WriteAsync(Film film, SessionId session, BeatOrder order, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(StoryletTelling.Tell(film, order.Plan));
    }
}
