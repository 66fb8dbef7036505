using System.Collections.Immutable;
using System.Globalization;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Safety;

/// <summary>What must hold for words beside the story before a viewer reads them.</summary>
public static class AsideChecks
{
    /// <summary>All findings; empty when the words may be shown.</summary>
    /// <param name="film">The film, as far as the show's rating allows.</param>
    /// <param name="order">What was asked for.</param>
    /// <param name="words">What came.</param>
    /// <param name="blocklist">The words in force, or <see langword="null"/> for the built-in ones.</param>
    public static ImmutableArray<Finding> Of(Film film, AsideOrder order, string words, Blocklist? blocklist = null)
    {
        var known = new Known(film, new CheckTerms(order.Past, order.Rating, blocklist));
        var text = Text.Of(order.Request.Language, words);
        return [.. Length(order, words), .. Secrets(film, order, words), .. WordingChecks.OfShow(known, text), .. Forbidden(order, text)];
    }

    private static IEnumerable<Finding> Length(AsideOrder order, string words)
    {
        var longest = Asides.Longest.In(order.Request.Language);
        if (new StringInfo(words).LengthInTextElements > longest) yield return new("length", Both($"It has more than {longest} characters.", $"超过 {longest} 个字。"));
    }

    private static IEnumerable<Finding> Forbidden(AsideOrder order, Text text) => (order.Forbidden ?? [])
        .Where(word => ForbiddenWords.In(text, [word])).Select(word => Finding.Of("forbidden-word", $"'{word}' is forbidden tonight.", $"今晚禁用“{word}”。"));

    /// <summary>A secret is in no prompt of an aside; a model that says one word for word has it from elsewhere, and keeps it.</summary>
    private static IEnumerable<Finding> Secrets(Film film, AsideOrder order, string words)
    {
        var language = order.Request.Language;
        foreach (var one in film.Cast.Where(one => Secret(one, language) is { } secret && words.Contains(secret, StringComparison.OrdinalIgnoreCase)))
            yield return new("secret", Both($"It gives the secret of '{one.Id}' away.", $"泄露了“{one.Id}”的秘密。"));
    }

    /// <summary>Shorter ones stand in other words by chance.</summary>
    private static string? Secret(Character one, string language)
    {
        var secret = one.Secret.In(language).TrimEnd('.', '。');
        return secret.Length >= ShortestSecret.In(language) ? secret : null;
    }

    private static WordingLimit ShortestSecret { get; } = new(12, 5);
}
