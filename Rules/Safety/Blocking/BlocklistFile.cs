using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Orleans.Story.Contracts;
using Orleans.Story.Rules.Films;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Safety;

/// <summary>Something in a list of words that its author has to mend.</summary>
/// <param name="Line">From 1.</param>
/// <param name="What">What is wrong and what to do: sentences.</param>
public sealed record BlocklistProblem(int Line, Text What)
{
    /// <summary>With its line, in <paramref name="language"/>.</summary>
    public string In(string language) => language == "zh" ? $"第 {Line} 行：{What.In("zh")}" : $"Line {Line}: {What.In("en")}";
}

/// <summary>What came of reading a list of words.</summary>
/// <param name="Words">The words; not to be used where there are problems.</param>
/// <param name="Problems">Every problem found, in the order of lines.</param>
public sealed record BlocklistReading(ImmutableArray<BlockedWord> Words, ImmutableArray<BlocklistProblem> Problems);

/// <summary>
/// Reads a venue's words: one a line, <c>word | rating</c> or <c>word | rating | language</c>. The rating is the mildest at which it
/// may be said, or <c>never</c>, or <c>allow</c>. Empty lines and lines that begin with <c>#</c> are passed over. Pure.
/// </summary>
public static partial class BlocklistFile
{
    /// <summary>Longest word or phrase, characters: more is a sentence, and no disguise of it would be found.</summary>
    public const int Longest = 60;

    /// <summary>Most words of one file; more make every remark slow to take.</summary>
    public const int Most = 5000;

    /// <summary>Problems that are named; the rest are only counted.</summary>
    private const int MostProblems = 20;

    /// <summary>Reads the whole file.</summary>
    public static BlocklistReading Read(string content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var words = ImmutableArray.CreateBuilder<BlockedWord>();
        var problems = ImmutableArray.CreateBuilder<BlocklistProblem>();
        var lines = content.TrimStart('\uFEFF').Split('\n');
        for (var i = 0; i < lines.Length && problems.Count < MostProblems; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            var parts = line.Split(['|', '｜']);
            if (Wrong(parts) is { } wrong) problems.Add(new BlocklistProblem(i + 1, wrong));
            else words.Add(new BlockedWord(parts[0].Trim(), Rating(parts[1])!, parts.Length > 2 ? parts[2].Trim() : null));
            if (words.Count <= Most) continue;
            problems.Add(new BlocklistProblem(i + 1, Both($"A list has at most {Most} words. Delete some.", $"一份词表最多 {Most} 个词，请删去一些。")));
            break;
        }

        return new BlocklistReading(words.ToImmutable(), problems.ToImmutable());
    }

    private static Text? Wrong(string[] parts)
    {
        var word = parts[0].Trim();
        var letters = Entry.Key(word);
        if (parts.Length is < 2 or > 3)
            return Both("A line is: word | rating, or: word | rating | language.", "每行写成：词 | 分级，或：词 | 分级 | 语言。");
        if (word.Length > Longest) return Both($"A word or phrase has at most {Longest} characters; this one has {word.Length}.", $"词或短语最多 {Longest} 个字符，这里有 {word.Length} 个。");
        if (!letters.Any(Lookalikes.IsIdeograph) && letters.Count(char.IsAsciiLetter) < 2)
            return Both("A word has at least two letters, or one Chinese character. Write it before the first bar.", "词至少要有一个汉字或两个字母，请写在第一条竖线之前。");
        if (!letters.Any(Lookalikes.IsIdeograph) && letters.AsSpan().TrimEnd('*').Contains('*'))
            return Both("A star stands at the end of a word only: stem*.", "星号只能写在词尾，例如 stem*。");
        if (Rating(parts[1]) is null)
            return Both($"There is no rating \"{parts[1].Trim()}\". Write G, PG, 12, 15, 18, never or allow.", $"没有“{parts[1].Trim()}”这个分级。请写 G、PG、12、15、18、never 或 allow。");
        return parts.Length > 2 && !Tag().IsMatch(parts[2].Trim())
            ? Both($"\"{parts[2].Trim()}\" is not a language tag. Write one like en or zh, or leave it out.", $"“{parts[2].Trim()}”不是语言标签。请写 en 或 zh 之类，或者不写。")
            : null;
    }

    private static string? Rating(string written) =>
        Ratings.All.Append(BlockedWord.Never).Append(BlockedWord.Allow).FirstOrDefault(rating => string.Equals(rating, written.Trim(), StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"\A[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tag();
}
