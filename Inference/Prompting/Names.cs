using Orleans.Story.Contracts;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Inference.Prompting;

/// <summary>Ids as the words that a writer reads.</summary>
internal static class Names
{
    internal static string Colon(PromptPack pack) => pack.Language == "zh" ? "：" : ": ";

    internal static string Comma(PromptPack pack) => pack.Language == "zh" ? "、" : ", ";

    internal static string Semicolon(PromptPack pack) => pack.Language == "zh" ? "；" : "; ";

    internal static string Place(Film film, string id, string language) => Of(film.Places.FirstOrDefault(one => Same(one.Id, id))?.Name, id, language);

    internal static string Person(Film film, string id, string language) => Of(film.Cast.FirstOrDefault(one => Same(one.Id, id))?.Name, id, language);

    internal static string Act(Film film, string id, string language) => Of(film.Acts.FirstOrDefault(one => Same(one.Id, id))?.Name, id, language);

    internal static string Fact(Film film, string id, string language) => Of(film.Facts.FirstOrDefault(one => Same(one.Id, id))?.Statement, id, language);

    internal static string Promise(Film film, string id, string language) => Of(film.Promises.FirstOrDefault(one => Same(one.Id, id))?.Statement, id, language);

    /// <summary>A language by its name in another; one that has none here is named by its tag.</summary>
    internal static string Language(string tag, string language) => (tag.Split('-')[0], language) switch
    {
        ("en", "zh") => "英文",
        ("en", _) => "English",
        ("zh", "zh") => "中文（简体）",
        ("zh", _) => "Chinese (Simplified)",
        _ => tag,
    };

    private static string Of(Text? words, string id, string language) => words?.In(language) ?? id;

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.Ordinal);
}
