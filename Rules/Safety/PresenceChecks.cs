using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Rules.Safety;

/// <summary>Who can be there, and where it can happen, as the facts stand.</summary>
internal static class PresenceChecks
{
    public static IEnumerable<Finding> Place(Film film, Plan plan, string id)
    {
        if (film.Places.FirstOrDefault(place => Same(place.Id, id)) is not { } place)
            yield return Finding.Of("place", $"There is no place '{id}'.", $"没有地点“{id}”。");
        else if (place.Closed.FirstOrDefault(fact => plan.Facts.Contains(fact)) is { } fact)
            yield return Finding.Of("closed", $"'{id}' is closed since '{fact}' is true.", $"“{fact}”成立之后，地点“{id}”已经关闭。");
    }

    public static IEnumerable<Finding> Character(Film film, Plan plan, string id)
    {
        if (film.Cast.FirstOrDefault(one => Same(one.Id, id)) is not { } character)
            yield return Finding.Of("cast", $"There is no character '{id}'.", $"没有角色“{id}”。");
        else if (character.Gone.FirstOrDefault(fact => plan.Facts.Contains(fact)) is { } fact)
            yield return Finding.Of("gone", $"'{id}' is gone since '{fact}' is true.", $"“{fact}”成立之后，“{id}”已经不在了。");
    }

    /// <summary>A speaker is somebody who is there.</summary>
    public static IEnumerable<Finding> Speaker(Film film, Plan plan, string id, IReadOnlyCollection<string> cast)
    {
        if (!cast.Contains(id, StringComparer.Ordinal)) yield return Finding.Of("speaker", $"'{id}' speaks and is not there.", $"“{id}”不在场，却说了话。");
        foreach (var finding in Character(film, plan, id)) yield return finding;
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.Ordinal);
}
