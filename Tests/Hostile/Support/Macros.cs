using System.Globalization;
using System.Text.RegularExpressions;

namespace Orleans.Story.Tests.Hostile.Support;

/// <summary>What a corpus line cannot spell out: <c>{{500*ab}}</c> is "ab" 500 times, <c>{name}</c> what the hall calls so.</summary>
internal static partial class Macros
{
    public static string Expand(string text, IReadOnlyDictionary<string, string> names)
    {
        var repeated = Repeat().Replace(text, match => string.Concat(
            Enumerable.Repeat(match.Groups["text"].Value, int.Parse(match.Groups["times"].Value, CultureInfo.InvariantCulture))));
        return Name().Replace(repeated, match => names.TryGetValue(match.Groups["name"].Value, out var value) ? value : match.Value);
    }

    [GeneratedRegex(@"\{\{(?<times>\d+)\*(?<text>.*?)\}\}", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Repeat();

    [GeneratedRegex(@"\{(?<name>[a-zA-Z]+)\}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Name();
}
