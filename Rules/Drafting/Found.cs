using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Words = Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Drafting;

/// <summary>What a premise names: people, a thing, places. By word lists and capitals, so it misses much and invents nothing.</summary>
/// <param name="Names">People, in order of appearance, at most three.</param>
/// <param name="Thing">The thing named first, or <see langword="null"/>.</param>
/// <param name="Places">Places, in order of appearance, at most two.</param>
internal sealed partial record Found(ImmutableArray<string> Names, Words? Thing, ImmutableArray<Prop> Places)
{
    private const int MostNames = 3;
    private const int MostPlaces = 2;

    /// <summary>Capitals that are nobody's name.</summary>
    private static readonly HashSet<string> NotNames = new(StringComparer.Ordinal)
    {
        "The", "A", "An", "It", "He", "She", "They", "We", "You", "This", "That", "There", "Here", "One", "Two", "Three", "Everyone", "Everybody", "Someone", "Somebody",
        "Nobody", "Nothing", "Everything", "Something", "What", "Who", "Which", "Where", "When", "Why", "How", "If", "As", "By", "On", "In", "At", "To", "For", "From", "But", "And",
        "Or", "So", "Then", "Now", "Tonight", "Today", "Tomorrow", "Rain", "Snow", "Night", "Winter", "Summer", "Spring", "Autumn", "War", "Time", "Love", "Death", "His", "Her", "Their",
        "My", "Our", "Your", "Its", "Each", "Every", "Another", "Ships", "Years", "All", "None", "Only", "Before", "After", "Until", "While", "Without", "With", "Ignore",
        "I", "Mr", "Mrs", "Ms", "Dr", "God", "English", "Chinese", "French", "German", "American", "Christmas", "Easter", "Earth", "Mars", "Moon",
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "March", "April", "May", "June", "July",
        "August", "September", "October", "November", "December",
    };

    /// <summary>Begin like names and are words.</summary>
    private static readonly HashSet<string> NotChineseNames = new(StringComparer.Ordinal)
    {
        "老师", "老人", "老板", "老家", "老宅", "老屋", "老楼", "老房", "老街", "老城", "老式", "老旧", "老去", "老了", "老的", "老是", "老婆", "老公", "老友", "老戏", "老船", "老太", "老头", "老爷", "老妇",
        "小时", "小心", "小镇", "小说", "小区", "小店", "小孩", "小岛", "小城", "小船", "小屋", "小的", "小姐", "小学", "小路", "小偷", "小伙", "小事", "小声", "小女", "小男", "小村",
        "阿姨", "阿婆", "阿公", "阿爸", "阿妈",
    };

    public static Found Of(Premise premise)
    {
        var text = premise.Words;
        var words = LatinWords().Matches(text).Select(found => found.Value.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        var names = premise.Spoken == "zh" ? ChineseNames(text) : EnglishNames(premise);
        var thing = First(Grammar.Of.Things, text, words).FirstOrDefault();
        return new Found([.. names.Take(MostNames)], thing?.Name, [.. First(Grammar.Of.Settings, text, words).Take(MostPlaces)]);
    }

    /// <summary>The props that are named, in the order in which they are.</summary>
    private static IEnumerable<Prop> First(ImmutableArray<Prop> props, string text, HashSet<string> words) =>
        props.Where(prop => prop.IsIn(text, words)).OrderBy(prop => prop.Find.Min(find => text.IndexOf(find, StringComparison.OrdinalIgnoreCase) is >= 0 and var at ? at : int.MaxValue));

    /// <summary>Capitals inside a sentence, or at its beginning before a verb that ends in -s or -ed.</summary>
    private static IEnumerable<string> EnglishNames(Premise premise)
    {
        var named = premise.Sentences.SelectMany(sentence => Capitalised().Matches(sentence).Where(found => found.Index > 0 || Acts().IsMatch(sentence)).Select(found => found.Value)).ToHashSet(StringComparer.Ordinal);
        return Capitalised().Matches(premise.Words).Select(found => found.Value).Where(name => named.Contains(name) && !NotNames.Contains(name) && name.Length <= 20).Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> ChineseNames(string text) =>
        FamiliarName().Matches(text).Select(found => found.Value).Where(name => !NotChineseNames.Contains(name)).Distinct(StringComparer.Ordinal);

    /// <summary>Somebody does something: Mara finds, Tom lost.</summary>
    [GeneratedRegex("^[A-Z][a-z]+ ([a-z]+(s|ed)|found|lost|had|was|has|is|came|went|left|knew|kept|saw|met|lives|and [A-Z][a-z]+) ", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Acts();

    [GeneratedRegex("[A-Za-z]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LatinWords();

    [GeneratedRegex(@"\b[A-Z][a-z]+\b(?!')|\b[A-Z][a-z]+\b(?='s)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Capitalised();

    /// <summary>老周, 小梅, 阿宽: how people in a premise are called.</summary>
    [GeneratedRegex("(?<![\u4E00-\u9FFF][大最古变多])[老小阿][\u4E00-\u9FFF]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FamiliarName();
}
