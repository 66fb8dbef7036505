using System.Globalization;
using Orleans.Story.Contracts;

namespace Orleans.Story.Rules.Viewers;

/// <summary>What a viewer may call themselves.</summary>
public static class ProfileRules
{
    /// <summary>Longest name, characters.</summary>
    public const int LongestName = 24;

    private static readonly string[] Languages = ["en", "zh"];

    /// <summary>What is wrong with a profile, or <see langword="null"/>.</summary>
    public static Refusal? Check(string language, string? name)
    {
        if (!Languages.Contains(language, StringComparer.Ordinal))
            return new("bad-language", Text.Both("The interface speaks English (en) and Chinese (zh).", "界面语言为英文（en）和中文（zh）。"));
        return name is not null && (name.Length is 0 or > LongestName || name.Any(IsHidden) || string.IsNullOrWhiteSpace(name))
            ? new("bad-name", Text.Both($"A name has 1 to {LongestName} visible characters.", $"名字须为 1 到 {LongestName} 个可见字符。"))
            : null;
    }

    /// <summary>Control, format (zero-width, bidirectional, tag) and variation-selector characters never come from a person's wish.</summary>
    private static bool IsHidden(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || c is >= '\uFE00' and <= '\uFE0F' or '\uDB40';
}
