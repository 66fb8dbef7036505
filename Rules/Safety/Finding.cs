using Orleans.Story.Contracts;

namespace Orleans.Story.Rules.Safety;

/// <summary>What a check found.</summary>
/// <param name="Check">The check's name, lower-case words joined by hyphens.</param>
/// <param name="What">What is wrong.</param>
public sealed record Finding(string Check, Text What)
{
    internal static Finding Of(string check, string english, string chinese) => new(check, Text.Both(english, chinese));
}
