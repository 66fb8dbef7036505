using System.Collections.Immutable;

namespace Orleans.Story.Gateway.Api;

/// <summary>The films this hall can show, by slug, as published when the process started.</summary>
internal sealed class FilmShelf
{
    /// <summary>Slugs.</summary>
    public ImmutableArray<string> Slugs { get; private set; } = [];

    /// <summary>Puts films on the shelf in place of those before.</summary>
    public void Fill(ImmutableArray<string> slugs) => Slugs = slugs;
}
