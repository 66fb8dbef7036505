using System.Collections.Immutable;

namespace Orleans.Story.Gateway.Hosting;

/// <summary>What the composition does once the grains answer and before the doors open.</summary>
public interface IHallSetup
{
    /// <summary>Publishes every film of the library to its grain and tells their slugs. Repeating it changes nothing.</summary>
    Task<ImmutableArray<string>> PublishFilms(CancellationToken stop);
}
