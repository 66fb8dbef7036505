using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Safety;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Rules.Suggestions;

/// <summary>
/// What code says about a suggestion before any person reads it. The one place where further screens belong: a viewer's
/// words and a director's wording both pass here, on arrival and again before they stand on the wall.
/// </summary>
public static class SuggestionScreen
{
    /// <summary>Why the words may be no option, or <see langword="null"/>.</summary>
    /// <param name="words">The words, cleaned.</param>
    /// <param name="steering">What the director wants: words forbidden for the evening are forbidden here, too.</param>
    public static Refusal? Refuses(string words, Steering steering) =>
        ForbiddenWords.In(Text.Of("", words), steering.Forbidden) ? TurnRefusals.NotHere : null;
}
