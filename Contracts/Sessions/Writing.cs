using System.Text.Json.Serialization;

namespace Orleans.Story.Contracts.Sessions;

/// <summary>How a model wrote a beat: what a record, a bench and a data set need to know of it. It holds no key and no address.</summary>
/// <param name="Endpoint">The endpoint's name in the settings.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Prompt">Version of the prompt, for instance <c>beat-1.en</c>.</param>
/// <param name="TokensIn">Tokens read, as the server counted them, or estimated where it did not.</param>
/// <param name="TokensOut">Tokens written, counted likewise.</param>
/// <param name="TookMs">From the first request to the whole answer, milliseconds.</param>
/// <param name="Repaired">Names of the checks that the first attempt failed, comma-separated, or <see langword="null"/> when it passed.</param>
[GenerateSerializer, Immutable, Alias("story.Writing")]
public sealed record Writing(
    [property: Id(0)] string Endpoint,
    [property: Id(1)] string Model,
    [property: Id(2)] string Prompt,
    [property: Id(3)] int TokensIn,
    [property: Id(4)] int TokensOut,
    [property: Id(5)] long TookMs,
    [property: Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Repaired = null);
