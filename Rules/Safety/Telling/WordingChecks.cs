using Orleans.Story.Contracts;
using Orleans.Story.Rules.Films.Reading;

namespace Orleans.Story.Rules.Safety;

/// <summary>What is checked of every piece of text in a beat, in each language that it exists in.</summary>
internal static class WordingChecks
{
    /// <summary>Findings for a text.</summary>
    /// <param name="known">What the checks know.</param>
    /// <param name="text">A line, moment, question or label.</param>
    /// <param name="byDirector">Whether a director wrote it, who may bring in whom they like.</param>
    public static IEnumerable<Finding> Of(Known known, Text text, bool byDirector = false) =>
        FilmWords.Wordings(text).SelectMany(wording => Of(known, wording.Words, wording.Language, byDirector, ofShow: false));

    /// <summary>Findings for what is said about the show to one viewer: it may name whom the viewer named, and speak of the audience.</summary>
    public static IEnumerable<Finding> OfShow(Known known, Text text) =>
        FilmWords.Wordings(text).SelectMany(wording => Of(known, wording.Words, wording.Language, byDirector: true, ofShow: true));

    private static IEnumerable<Finding> Of(Known known, string words, string language, bool byDirector, bool ofShow)
    {
        foreach (var blocked in known.Film.Blocked(words, language, known.Rating, known.List))
        {
            yield return blocked.Rating == BlockedWord.Never
                ? Finding.Of("blocklist", $"'{blocked.Word}' is on the list of words that are never told.", $"“{blocked.Word}”在禁用词表里，任何时候都不能说。")
                : Finding.Of("rating", $"'{blocked.Word}' is for {blocked.Rating}, and the show is {known.Rating}.", $"“{blocked.Word}”属于 {blocked.Rating} 级，而本场是 {known.Rating} 级。");
        }

        // What the film itself says is its author's, and was looked at when it was read.
        if (known.Film.IsOwn(words)) yield break;
        if (HiddenCharacters.FirstIn(words) is { } hidden)
            yield return Finding.Of("hidden", $"There is an invisible character (U+{hidden.Value:X4}).", $"有一个看不见的字符（U+{hidden.Value:X4}）。");
        if (Leaks.In(known.Film, words, language, ofShow) is { } leak)
            yield return Finding.Of("leak", $"'{Short(leak)}' is about the writing and not of the story.", $"“{Short(leak)}”说的是写作本身，不是故事。");
        if (Scripts.IsOther(words, language, known.Has))
            yield return Finding.Of("language", $"'{Short(words)}' is not in '{language}'.", $"“{Short(words)}”不是用语言“{language}”写的。");
        if (Repeats.Loops(words, language))
            yield return Finding.Of("repetition", $"'{Short(words)}' goes round in circles.", $"“{Short(words)}”一直在重复。");
        if (byDirector) yield break;
        foreach (var name in Names(known, words, language).Distinct(StringComparer.Ordinal))
            yield return Finding.Of("name", $"Nobody knows who or what '{name}' is.", $"没有人知道“{name}”是谁、是什么。");
    }

    private static IEnumerable<string> Names(Known known, string words, string language) => language.Split('-')[0] switch
    {
        "en" => EnglishNames.Unknown(words, known.Has),
        "zh" => ChineseNames.Unknown(words, known.Says),
        _ => [],
    };

    private static string Short(string words) => words.Length <= 40 ? words : words[..39] + "…";
}
