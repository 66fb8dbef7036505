using System.Collections.Immutable;
using System.Globalization;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Safety;

/// <summary>What must hold for words beside the story before a viewer reads them.</summary>
public static class AsideChecks
{
    /// <summary>All findings; empty when the words may be shown.</summary>
    public static ImmutableArray<Finding> Of(Film film, AsideOrder order, string words) => [.. Length(order, words), .. Secrets(film, order, words)];

    private static IEnumerable<Finding> Length(AsideOrder order, string words)
    {
        var longest = Asides.Longest.In(order.Request.Language);
        if (new StringInfo(words).LengthInTextElements > longest) yield return new("length", Both($"It has more than {longest} characters.", $"超过 {longest} 个字。"));
    }

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
