using Orleans.Story.Contracts.Inference;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Safety;

namespace Orleans.Story.Inference.Prompting;

/// <summary>The prompt of an aside: one message that holds what its order holds, and no secret of any character.</summary>
public static class AsidePrompt
{
    /// <summary>Which prompt is in use.</summary>
    public const string Name = "aside-1";

    /// <summary>Tokens that an answer may have.</summary>
    public const int Answer = 400;

    /// <summary>The message.</summary>
    /// <param name="film">The film.</param>
    /// <param name="order">What is to be written.</param>
    /// <param name="context">The model's context, tokens.</param>
    public static string Of(Film film, AsideOrder order, int context)
    {
        var language = order.Request.Language;
        var pack = PromptPack.For(Name, language);
        var now = order.Past.Beats[^1];
        var place = film.Places.FirstOrDefault(one => string.Equals(one.Id, now.Place, StringComparison.Ordinal));
        var one = film.Cast.FirstOrDefault(character => string.Equals(character.Id, order.Request.Character, StringComparison.Ordinal));
        var blanks = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["title"] = film.Title.In(language),
            ["rating"] = film.Rating,
            ["language"] = Names.Language(language, pack.Language),
            ["place"] = place?.Name.In(language) ?? now.Place,
            ["moment"] = order.Moment.In(language),
            ["sound"] = place?.Sound.In(language) ?? "",
            ["present"] = string.Join(Names.Comma(pack), now.Cast.Select(id => Names.Person(film, id, language))),
            ["act"] = Names.Act(film, now.Act, language),
            ["name"] = one?.Name.In(language) ?? "",
            ["voice"] = one?.Voice.In(language) ?? "",
            ["want"] = one?.Want.In(language) ?? "",
            ["fear"] = one?.Fear.In(language) ?? "",
            ["words"] = Quotation.Of(order.Request.Words) ?? "",
            ["story"] = " ",
        };
        var section = order.Request.Kind switch
        {
            AsideKind.Missed => "missed",
            AsideKind.Scene => "scene",
            AsideKind.Talk => "talk",
            AsideKind.Summary => "summary",
            AsideKind.Review => "review",
            _ => throw new ArgumentOutOfRangeException(nameof(order), order.Request.Kind, "No such aside."),
        };
        var room = context - Answer - Tokens.PerMessage - Tokens.Of(pack.Fill(section, blanks));
        blanks["story"] = Abridgement.Of(film, order.Past, language, pack: PromptPack.For(BeatPrompt.Name, language), room: Math.Max(0, room));
        return pack.Fill(section, blanks);
    }
}
