using System.Text.RegularExpressions;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Exports;

namespace Orleans.Story.Tests.Rules.Exports;

/// <summary>What the staff did has words, and the same ones in the table that is downloaded as on the page.</summary>
public sealed partial class InterventionWordsTests
{
    private static readonly string[] Kinds =
    [
        .. Enum.GetNames<OperatorAction>(), .. Enum.GetNames<DirectorAction>(), .. Enum.GetNames<RemarkVerdict>().Select(verdict => $"{verdict}Remark"),
        .. Enum.GetNames<SuggestionVerdict>().Select(verdict => $"{verdict}Turn"), "WordTurn",
    ];

    [Fact]
    public void Every_command_of_the_staff_has_words_in_both_languages()
    {
        foreach (var kind in Kinds)
        {
            InterventionWords.Has(kind).ShouldBeTrue(kind);
            InterventionWords.Of(kind).Has("en").ShouldBeTrue(kind);
            InterventionWords.Of(kind).Has("zh").ShouldBeTrue(kind);
        }
    }

    [Fact]
    public void A_command_of_another_version_keeps_its_name() => InterventionWords.Of("Juggle").ShouldBe(Text.Of("en", "Juggle"));

    [Fact]
    public void The_page_says_the_same()
    {
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Exports", "words.ts"));
        var (english, chinese) = Blocks().Matches(page).Select(block => Entries().Matches(block.Value).ToDictionary(one => one.Groups["kind"].Value, one => one.Groups["words"].Value)).ToArray() switch
        {
            [var first, var second] => (first, second),
            var other => throw new InvalidDataException($"The page has {other.Length} tables."),
        };
        english.Keys.Order().ShouldBe(Kinds.Order());
        chinese.Keys.Order().ShouldBe(Kinds.Order());
        foreach (var kind in Kinds) InterventionWords.Of(kind).ShouldSatisfyAllConditions(words => words.In("en").ShouldBe(english[kind]), words => words.In("zh").ShouldBe(chinese[kind]));
    }

    [GeneratedRegex(@"kinds: \{.*?\n  \}", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"(?<kind>\w+): '(?<words>[^']*)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Entries();
}
