using System.Text;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Rules.Safety;

/// <summary>
/// Words that a director forbids for an evening. Case does not matter. In languages written with letters a word is found
/// where one begins (<c>gun</c> in "gunshot", not in "begun"); in Chinese, Japanese and Korean anywhere.
/// </summary>
public static class ForbiddenWords
{
    /// <summary>Longest word, characters.</summary>
    public const int Longest = 40;

    /// <summary>Most words in force at once.</summary>
    public const int Most = 30;

    /// <summary>Whether any of the words is in a text.</summary>
    public static bool In(Text text, IReadOnlyCollection<string> words) =>
        words.Count > 0 && (In(text.Words, words) || text.Others.Any(other => In(other.Words, words)));

    /// <summary>Whether any of the words is in what a beat has not said yet.</summary>
    /// <param name="beat">The beat.</param>
    /// <param name="words">The words.</param>
    /// <param name="aired">Lines that have aired and are not looked at.</param>
    public static bool In(Beat beat, IReadOnlyCollection<string> words, int aired = 0) =>
        words.Count > 0 && (beat.Lines.Skip(aired).Any(line => In(line.Words, words)) || In(beat.Moment, words)
            || (beat.Question is { } question && In(question, words)) || beat.Options.Any(option => In(option.Label, words)));

    /// <summary>Whether any of the words is anywhere in a storylet.</summary>
    public static bool In(Storylet storylet, IReadOnlyCollection<string> words) =>
        words.Count > 0 && (storylet.Lines.Any(line => In(line.Words, words)) || In(storylet.Moment, words)
            || (storylet.Question is { } question && In(question, words)) || storylet.Options.Any(option => In(option.Label, words)));

    private static bool In(string text, IReadOnlyCollection<string> words) => words.Any(word => Found(text, word));

    private static bool Found(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (at == 0 || !IsAlphabetic(word[0]) || !char.IsLetterOrDigit(text[at - 1]) || !IsAlphabetic(text[at - 1])) return true;
        }

        return false;
    }

    /// <summary>Whether words of its script are set apart by spaces. Ideographs, kana and hangul syllables lie from U+2E80 on.</summary>
    private static bool IsAlphabetic(char letter) => letter < 0x2E80;
}
