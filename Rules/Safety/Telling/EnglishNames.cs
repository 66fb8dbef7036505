using System.Collections.Frozen;

namespace Orleans.Story.Rules.Safety;

/// <summary>
/// Proper names in English that a film does not know: a capital within a sentence, or a capital before a word that only people
/// do. What has an article before it (ships, offices, bands) and what stands in capitals throughout (signs) is no person.
/// </summary>
internal static class EnglishNames
{
    private static readonly FrozenSet<string> Common = Set(
        "january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday "
        + "god lord heaven christ jesus buddha allah devil satan christmas easter halloween ramadan hanukkah eve bible koran "
        + "i i'm i'll i'd i've ok okay mr mrs ms miss dr prof sir madam ma'am sergeant captain doctor professor father mother mum mom mummy mommy dad daddy papa mama grandma grandpa granny nana auntie aunt uncle sister brother "
        + "english chinese french german spanish italian russian japanese korean american british european african asian indian greek latin roman irish scottish welsh dutch portuguese arabic turkish jewish christian muslim buddhist catholic mandarin cantonese "
        + "america england britain scotland ireland wales france germany spain italy russia china japan korea india africa asia europe australia canada mexico brazil egypt greece rome paris london berlin moscow beijing shanghai tokyo york hong kong singapore atlantic pacific arctic antarctic mediterranean "
        + "earth mars venus mercury jupiter saturn uranus neptune pluto north south east west northern southern eastern western milky internet web wifi wi fi morse braille braun celsius fahrenheit "
        + "romeo juliet hamlet shakespeare mozart beethoven bach einstein newton noah adam moses");

    private static readonly FrozenSet<string> Titles = Set("mr mrs ms miss dr prof sir captain doctor professor inspector sergeant officer nurse uncle aunt auntie");

    private static readonly FrozenSet<string> PeopleOnly = Set("says said asks asked nods nodded shrugs shrugged frowns frowned grins grinned mutters muttered winks winked");

    private static readonly FrozenSet<string> Pronouns = Set(
        "he she it they we you who what that this nobody somebody everybody anybody someone everyone anyone both neither either one another each all some none others");

    /// <summary>Names that neither the film nor what was told knows, as written.</summary>
    public static IEnumerable<string> Unknown(string wording, Predicate<string> isKnown)
    {
        var words = EnglishWords.Of(wording);
        // A label or a headline in title case says nothing about names.
        if (words.Count > 2 && words.Count(word => word.IsCapitalised && !StartsSentence(wording, word.Start) && !Titles.Contains(word.Key)) * 2 > words.Count) yield break;
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (!word.IsCapitalised || Common.Contains(word.Key) || isKnown(word.Key) || IsInflected(word.Key, isKnown)) continue;
            var before = i > 0 ? words[i - 1].Key : "";
            if (before is "the" or "a" or "an") continue;
            if (Titles.Contains(before) && word.Start - words[i - 1].Start <= before.Length + 3) yield return word.Text;
            else if (!StartsSentence(wording, word.Start)) yield return word.Text;
            else if (i + 1 < words.Count && PeopleOnly.Contains(words[i + 1].Key) && !Pronouns.Contains(word.Key) && wording[words[i + 1].Start - 1] == ' ') yield return word.Text;
        }
    }

    /// <summary>A known word with an ending: "Deckhands" where the film has a deckhand.</summary>
    private static bool IsInflected(string key, Predicate<string> isKnown) =>
        (key.EndsWith('s') && isKnown(key[..^1])) || isKnown(key + "s") || (key.EndsWith("'ll", StringComparison.Ordinal) && isKnown(key[..^3])) || (key.EndsWith("'d", StringComparison.Ordinal) && isKnown(key[..^2]));

    private static bool StartsSentence(string wording, int at)
    {
        for (var i = at - 1; i >= 0; i--)
        {
            if (wording[i] is '.' or '!' or '?' or '…' or ':' or ';' or '—' or '–' or '“' or '”' or '"' or '(' or '[' or '/' or '*' or '‘' or '\n' or '「') return true;
            if (wording[i] == '\'' && (i == 0 || wording[i - 1] == ' ')) return true;
            if (wording[i] is not ' ') return false;
        }

        return true;
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
