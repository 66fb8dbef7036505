using System.Collections.Immutable;

namespace Orleans.Story.Rules.Suggestions;

/// <summary>A suggestion.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Seat">Who wrote it.</param>
/// <param name="Words">What it says, cleaned.</param>
/// <param name="AtMs">When it came, UTC milliseconds.</param>
public sealed record Suggestion(Guid Id, int Seat, string Words, long AtMs)
{
    /// <summary>What it is about.</summary>
    public LikeWords Like { get; } = LikeWords.Of(Words);
}

/// <summary>Suggestions that ask for the same.</summary>
/// <param name="Center">The one whose words stand for all: every member is like it.</param>
/// <param name="Members">All, the first first, the centre among them.</param>
public sealed record SuggestionGroup(Suggestion Center, ImmutableArray<Suggestion> Members)
{
    /// <summary>How many seats ask for it; a seat counts once.</summary>
    public int Seats { get; } = Members.Select(member => member.Seat).Distinct().Count();

    /// <summary>When the first of them came, UTC milliseconds.</summary>
    public long AtMs => Members[0].AtMs;
}

/// <summary>
/// Merges suggestions by likeness. A group is a star and no chain: everyone in it is like the one whose words would stand
/// on the button, so that nobody is counted for words that are not theirs.
/// </summary>
/// <remarks>
/// The order in which suggestions come changes nothing: the next centre is the wording that most seats are like, and of
/// two the one that sorts first. Two things do depend on time, and are meant to: a wording that somebody decided about stays
/// a centre, and once there are <see cref="Most"/> groups a suggestion that is like none of them is not taken.
/// </remarks>
public static class SuggestionGroups
{
    /// <summary>Most groups of one beat, more than anybody reads while it is told. Full: only what joins a group is taken.</summary>
    public const int Most = 40;

    /// <summary>The groups, in the order in which their centres were found.</summary>
    /// <param name="all">The suggestions, each id once.</param>
    /// <param name="decided">Suggestions that somebody decided about, which are centres before all others, in this order.</param>
    public static ImmutableArray<SuggestionGroup> Of(IReadOnlyCollection<Suggestion> all, IReadOnlyList<Guid> decided)
    {
        var wordings = all
            .GroupBy(one => one.Words, StringComparer.Ordinal)
            .Select(same => new Wording([.. same.OrderBy(one => one.AtMs).ThenBy(one => one.Id)]))
            .OrderBy(one => one.Words, StringComparer.Ordinal)
            .ToList();
        Compare(wordings);
        var centers = decided
            .Select(id => wordings.Find(wording => wording.Said.Any(one => one.Id == id)))
            .OfType<Wording>()
            .Distinct()
            .ToList();
        var groups = ImmutableArray.CreateBuilder<SuggestionGroup>();
        foreach (var center in centers.Concat(wordings.OrderByDescending(wording => wording.Seats)))
        {
            if (center.Taken) continue;
            var members = ImmutableArray.CreateBuilder<Suggestion>();
            foreach (var like in center.Alike)
            {
                // What somebody decided about is a group of its own, however like another it is.
                if (like.Taken || (like != center && centers.Contains(like))) continue;
                like.Taken = true;
                members.AddRange(like.Said);
            }

            var named = center.Said.FirstOrDefault(one => decided.Contains(one.Id)) ?? center.Said[0];
            groups.Add(new SuggestionGroup(named, [.. members.OrderBy(one => one.AtMs).ThenBy(one => one.Id)]));
        }

        return groups.ToImmutable();
    }

    private static void Compare(List<Wording> wordings)
    {
        for (var i = 0; i < wordings.Count; i++)
        {
            wordings[i].Alike.Add(wordings[i]);
            for (var j = 0; j < i; j++)
            {
                if (!LikeWords.AreAlike(wordings[i].Said[0].Like, wordings[j].Said[0].Like)) continue;
                wordings[i].Alike.Add(wordings[j]);
                wordings[j].Alike.Add(wordings[i]);
            }
        }

        foreach (var wording in wordings) wording.Seats = wording.Alike.SelectMany(like => like.Said).Select(one => one.Seat).Distinct().Count();
    }

    /// <summary>The same words from however many seats.</summary>
    private sealed class Wording(ImmutableArray<Suggestion> said)
    {
        internal ImmutableArray<Suggestion> Said => said;

        internal string Words => said[0].Words;

        internal List<Wording> Alike { get; } = [];

        internal int Seats { get; set; }

        internal bool Taken { get; set; }
    }
}
