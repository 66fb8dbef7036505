using System.Collections.Immutable;

namespace Orleans.Story.Rules.Films;

/// <summary>Age ratings, the mildest first.</summary>
public static class Ratings
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<string> All { get; } = ["G", "PG", "12", "15", "18"];

    /// <summary>Whether there is such a rating.</summary>
    public static bool Exists(string rating) => All.Contains(rating, StringComparer.Ordinal);

    /// <summary>Whether what is rated <paramref name="rating"/> may be told where at most <paramref name="most"/> is allowed.</summary>
    public static bool Allows(string most, string rating) => Place(rating) <= Place(most);

    /// <summary>From 0; what is no rating is beyond them all, so that nothing slips through by a typing error.</summary>
    internal static int Place(string rating) => All.IndexOf(rating, 0, StringComparer.Ordinal) is >= 0 and var place ? place : All.Length;
}
