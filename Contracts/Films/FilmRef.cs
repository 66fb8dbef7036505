namespace Orleans.Story.Contracts.Films;

/// <summary>
/// Names one exact version of a film. A session pins it at creation, so an edited file never changes a running show.
/// </summary>
/// <param name="Slug">Lower-case letters, digits and hyphens: the folder under <c>Films/</c>.</param>
/// <param name="Hash">SHA-256 of the film's canonical source, 64 lower-case hexadecimal digits.</param>
[GenerateSerializer, Immutable, Alias("story.FilmRef")]
public sealed record FilmRef([property: Id(0)] string Slug, [property: Id(1)] string Hash)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Slug}@{(Hash.Length > 12 ? Hash[..12] : Hash)}";
}
