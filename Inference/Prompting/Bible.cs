using Orleans.Story.Contracts;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Inference.Prompting;

/// <summary>
/// A film as its writer knows it. Equal for every beat of a show, so that a model server reads it once and keeps it.
/// A large film says less in a small context: first what places sound like goes, then what the acts are called, then all
/// of a character but name, want and secret.
/// </summary>
internal static class Bible
{
    /// <summary>How many ways of saying less there are, the whole being 0.</summary>
    internal const int Levels = 4;

    internal static Dictionary<string, string> Blanks(Film film, string language, PromptPack pack, int level) => new(StringComparer.Ordinal)
    {
        ["language"] = Names.Language(language, pack.Language),
        ["title"] = film.Title.In(language),
        ["rating"] = film.Rating,
        ["logline"] = film.Logline.In(language),
        ["cast"] = Lines(film.Cast.Select(one => Person(one, language, pack, level))),
        ["places"] = Lines(film.Places.Select(place => $"- {place.Name.In(language)}{(level == 0 ? Names.Colon(pack) + place.Sound.In(language) : "")}")),
        ["acts"] = level > 1 ? "" : Lines(film.Acts.Select(act => $"- {act.Name.In(language)}")),
    };

    private static string Person(Character one, string language, PromptPack pack, int level)
    {
        var zh = pack.Language == "zh";
        var said = new List<string> { (zh ? "想要：" : "Wants: ") + one.Want.In(language) };
        if (level < 3)
        {
            said.Add((zh ? "害怕：" : "Fears: ") + one.Fear.In(language));
            said.Add((zh ? "口气：" : "Voice: ") + one.Voice.In(language));
        }

        said.Add((zh ? "秘密：" : "Secret: ") + one.Secret.In(language));
        return $"- {one.Name.In(language)}{Names.Colon(pack)}{string.Join(zh ? "" : " ", said)}";
    }

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);
}
