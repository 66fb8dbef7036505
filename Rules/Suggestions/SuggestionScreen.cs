using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Safety;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Rules.Suggestions;

/// <summary>
/// What code says about a suggestion before any person reads it: what a remark may not say, no option may say either. A
/// viewer's words and a director's wording both pass here.
/// </summary>
public static class SuggestionScreen
{
    /// <summary>Why what was typed may be no option, or <see langword="null"/>.</summary>
    /// <param name="typed">As it came: what cleaning takes away is looked at, too.</param>
    /// <param name="steering">What the director wants: words forbidden for the evening are forbidden here, too.</param>
    /// <param name="terms">The rating and the list in force; without a rating the mildest.</param>
    public static Refusal? Refuses(string typed, Steering steering, CheckTerms terms)
    {
        if (SuggestionWords.Clean(typed) is not { } words) return TurnRefusals.BadSuggestion;
        return RemarkScreen.Of(typed, terms.Rating ?? Ratings.All[0], terms.Blocklist).Refusal ?? (IsForbidden(words, steering) ? TurnRefusals.NotHere : null);
    }

    /// <summary>Whether the director has forbidden a word in it, which may have happened since it came.</summary>
    public static bool IsForbidden(string words, Steering steering) => ForbiddenWords.In(Text.Of("", words), steering.Forbidden);
}
