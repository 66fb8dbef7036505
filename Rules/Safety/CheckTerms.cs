using Orleans.Story.Contracts.Inference;

namespace Orleans.Story.Rules.Safety;

/// <summary>What the checks go by besides film, plan and beat.</summary>
/// <param name="Past">What was told before, or <see langword="null"/> where nobody knows: then nothing is held against it.</param>
/// <param name="Rating">The age rating in force, or <see langword="null"/> for the film's own.</param>
/// <param name="Blocklist">The words in force, or <see langword="null"/> for the built-in ones.</param>
public sealed record CheckTerms(StorySoFar? Past = null, string? Rating = null, Blocklist? Blocklist = null)
{
    /// <summary>The film's rating, the built-in words, nothing told before.</summary>
    public static CheckTerms Usual { get; } = new();

    /// <summary>What an order's beat is checked by.</summary>
    public static CheckTerms Of(BeatOrder order, Blocklist blocklist) => new(order.Past, order.Rating, blocklist);
}
