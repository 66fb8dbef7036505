using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Rules.Suggestions;

/// <summary>
/// Which scene of a film a suggestion may lead to: the one that is about most of what the suggestion is about, rare words
/// counting more than common ones (inverse document frequency, Spärck Jones 1972). Where no scene is about enough of it
/// there is no road, and an honest hall does not offer one.
/// </summary>
public static class Roads
{
    /// <summary>Share of a suggestion that a scene must be about, 0–1.</summary>
    public const double Enough = 0.5;

    /// <summary>A word that is nowhere in the film weighs so much of the heaviest: the suggestion is partly about something else.</summary>
    private const double Unheard = 0.5;

    /// <summary>The same for a pair of characters, most of which stand across the border of two words and mean nothing.</summary>
    private const double UnheardPair = 0.1;

    /// <summary>One word in common is a coincidence.</summary>
    private const int FewestCommon = 2;

    private static readonly ConditionalWeakTable<Film, Dictionary<string, Index>> Made = [];

    /// <summary>The scene most like a suggestion, or <see langword="null"/> when none is like enough.</summary>
    /// <param name="film">The film.</param>
    /// <param name="may">Scenes that the canon allows, the best for the story first: of two as like, the first.</param>
    /// <param name="like">What the suggestion is about.</param>
    /// <param name="language">The language it is in; the film's first where the film has not that one.</param>
    public static Storylet? Find(Film film, IEnumerable<Storylet> may, LikeWords like, string language)
    {
        var index = IndexOf(film, film.Languages.Contains(language) ? language : film.Languages[0]);
        Storylet? found = null;
        var best = 0.0;
        foreach (var storylet in may)
        {
            if (index.About(storylet.Id, like) is var share && share >= Enough && share > best) (found, best) = (storylet, share);
        }

        return found;
    }

    private static Index IndexOf(Film film, string language)
    {
        var made = Made.GetValue(film, static _ => new Dictionary<string, Index>(StringComparer.Ordinal));
        lock (made)
        {
            if (!made.TryGetValue(language, out var index)) made.Add(language, index = new Index(film, language));
            return index;
        }
    }

    private sealed class Index
    {
        private readonly Dictionary<string, FrozenSet<string>> parts = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> scenes = new(StringComparer.Ordinal);
        private readonly List<(FrozenSet<string> Parts, char First, char Last)> names = [];

        internal Index(Film film, string language)
        {
            foreach (var name in film.Cast.Select(one => one.Name).Concat(film.Places.Select(one => one.Name)).Select(one => one.In(language)))
            {
                // A single character stands in too many words to be known for a name.
                if (LikeWords.Of(name).Parts is { Count: > 0 } pairs && pairs.All(pair => pair.Length == 2 && LikeWords.IsPair(pair))) names.Add((pairs, name[0], name[^1]));
            }

            foreach (var storylet in film.Storylets)
            {
                var about = Parts(film, storylet, language);
                parts[storylet.Id] = about;
                foreach (var part in about) scenes[part] = scenes.GetValueOrDefault(part) + 1;
            }
        }

        /// <summary>The share of a suggestion that a scene is about, 0–1; 0 for a coincidence.</summary>
        internal double About(string storylet, LikeWords like)
        {
            if (!parts.TryGetValue(storylet, out var about)) return 0;
            var (all, common, count) = (0.0, 0.0, 0);
            var named = names.Where(name => name.Parts.IsSubsetOf(like.Parts)).ToList();
            foreach (var part in like.Parts.Where(part => !IsBorder(part, named)))
            {
                var weight = Weight(part);
                all += weight;
                if (!about.Contains(part)) continue;
                common += weight;
                count++;
            }

            return count < Math.Min(FewestCommon, like.Parts.Count) || all == 0 ? 0 : common / all;
        }

        /// <summary>Whether a pair is half a name and half its neighbour: "梅问" in "周梅问老柯" is no word of either.</summary>
        private static bool IsBorder(string part, List<(FrozenSet<string> Parts, char First, char Last)> named) =>
            LikeWords.IsPair(part) && part.Length == 2 && named.Exists(name => part[0] == name.Last || part[1] == name.First) && !named.Exists(name => name.Parts.Contains(part));

        private double Weight(string part)
        {
            var heaviest = Math.Log(1 + parts.Count);
            return scenes.TryGetValue(part, out var count) ? Math.Log(1 + ((double)parts.Count / count)) : heaviest * (LikeWords.IsPair(part) ? UnheardPair : Unheard);
        }

        /// <summary>Where it happens, who is there, and what is said: not what the hall may choose after it.</summary>
        private static FrozenSet<string> Parts(Film film, Storylet storylet, string language)
        {
            var all = new HashSet<string>(StringComparer.Ordinal);
            foreach (var line in storylet.Lines) all.UnionWith(LikeWords.Of(line.Words.In(language)).Parts);
            all.UnionWith(LikeWords.Of(storylet.Moment.In(language)).Parts);
            foreach (var place in film.Places.Where(one => string.Equals(one.Id, storylet.Place, StringComparison.Ordinal))) all.UnionWith(LikeWords.Of(place.Name.In(language)).Parts);
            foreach (var person in film.Cast.Where(one => storylet.Cast.Contains(one.Id))) all.UnionWith(LikeWords.Of(person.Name.In(language)).Parts);
            return all.ToFrozenSet(StringComparer.Ordinal);
        }
    }
}
