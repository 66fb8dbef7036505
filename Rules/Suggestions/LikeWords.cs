using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Orleans.Story.Rules.Suggestions;

/// <summary>
/// What a sentence is about, so that two can be held against each other: the words that carry it, in languages written
/// with letters; pairs of characters in Chinese, Japanese and Korean, which set no spaces. Whether it denies is kept
/// apart: "ask him" and "do not ask him" are as unlike as can be.
/// </summary>
/// <remarks>
/// No dictionary and no model: the same on every machine, and a viewer can see why two sentences count as one. What it does
/// not see: synonyms, who does what to whom, and that a simplified character and a traditional one are the same.
/// </remarks>
public sealed class LikeWords
{
    /// <summary>Likeness from which two sentences ask for the same, 0–1.</summary>
    public const double Same = 0.7;

    /// <summary>Words without which an English sentence still says what it says.</summary>
    private static readonly FrozenSet<string> Empty = FrozenSet.ToFrozenSet(
        ("a an the to of in on at and or but with for from by about into onto i you he she it we they me him her us them my your his its our their "
        + "this that these those is are was were be been being do does did have has had will would can could should shall may might must just please "
        + "then now so as if there here what which who whom let lets go goes going get gets want wants maybe some").Split(' '),
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> Denials = FrozenSet.ToFrozenSet(
        "not no never without nobody nothing none cannot dont doesnt didnt cant couldnt wont wouldnt shouldnt mustnt isnt arent wasnt havent".Split(' '),
        StringComparer.Ordinal);

    private static readonly FrozenSet<char> EmptyCharacters = FrozenSet.ToFrozenSet("的了吧呢啊呀吗嘛啦哦那这个去来请让我们你您他她它把被和跟与就都也再又还很太能会要想应该先咱得地着过");

    private static readonly FrozenSet<char> DenyingCharacters = FrozenSet.ToFrozenSet("不别没莫勿未");

    private LikeWords(FrozenSet<string> parts, bool denies) => (Parts, Denies) = (parts, denies);

    /// <summary>Stemmed words and pairs of characters; never empty for a text with anything to read.</summary>
    public FrozenSet<string> Parts { get; }

    /// <summary>Whether it says what is not to be.</summary>
    public bool Denies { get; }

    /// <summary>The parts of a text.</summary>
    public static LikeWords Of(string text)
    {
        var (parts, denies) = Read(text, all: false);
        // A sentence of nothing but little words is about just these.
        if (parts.Count == 0) (parts, denies) = Read(text, all: true);
        if (parts.Count == 0 && text.Length > 0) parts.Add(text);
        return new LikeWords(parts.ToFrozenSet(StringComparer.Ordinal), denies);
    }

    /// <summary>How alike two sentences are, 0–1: the share of what they have in common (Dice 1945); 0 where one denies.</summary>
    public static double Likeness(LikeWords a, LikeWords b)
    {
        if (a.Denies != b.Denies || a.Parts.Count == 0 || b.Parts.Count == 0) return 0;
        var (few, many) = a.Parts.Count < b.Parts.Count ? (a.Parts, b.Parts) : (b.Parts, a.Parts);
        var common = 0;
        foreach (var part in few)
        {
            if (many.Contains(part)) common++;
        }

        return 2.0 * common / (few.Count + many.Count);
    }

    /// <summary>Whether two sentences ask for the same.</summary>
    public static bool AreAlike(LikeWords a, LikeWords b) => Likeness(a, b) >= Same;

    /// <summary>Whether a part is a pair of characters, of which those across the border of two words mean nothing.</summary>
    internal static bool IsPair(string part) => part[0] >= FirstIdeographic;

    /// <summary>Ideographs, kana and hangul syllables lie from here on.</summary>
    private const char FirstIdeographic = '\u2E80';

    private static (HashSet<string> Parts, bool Denies) Read(string text, bool all)
    {
        var parts = new HashSet<string>(StringComparer.Ordinal);
        var denies = false;
        var word = new StringBuilder();
        var before = '\0';
        var lonely = false;
        foreach (var c in text)
        {
            // "don't" is one word, and so is "ferryman's".
            if (c is '\'' or '\u2019') continue;
            if (c >= FirstIdeographic && char.IsLetter(c))
            {
                Close();
                if (DenyingCharacters.Contains(c)) denies = true;
                if (!all && (EmptyCharacters.Contains(c) || DenyingCharacters.Contains(c))) continue;
                // "问问" is "问".
                if (c == before) continue;
                if (before != '\0') parts.Add($"{before}{c}");
                lonely = before == '\0';
                before = c;
            }
            else if (char.IsLetterOrDigit(c) && c < FirstIdeographic)
            {
                word.Append(char.ToLower(c, CultureInfo.InvariantCulture));
            }
            else
            {
                Close();
            }
        }

        Close();
        if (lonely) parts.Add(before.ToString());
        return (parts, denies);

        void Close()
        {
            if (word.Length == 0) return;
            var whole = word.ToString();
            word.Clear();
            if (Denials.Contains(whole)) denies = true;
            if (all || (!Empty.Contains(whole) && !Denials.Contains(whole))) parts.Add(Stem(whole));
        }
    }

    /// <summary>A word less its endings, roughly: asks, asked and asking are one. What it makes of a word is nobody's to read.</summary>
    private static string Stem(string word)
    {
        var stem = word;
        if (stem.Length > 4 && stem.EndsWith("ies", StringComparison.Ordinal)) stem = stem[..^3] + "y";
        else if (stem.Length > 5 && stem.EndsWith("ing", StringComparison.Ordinal)) stem = Undoubled(stem[..^3]);
        else if (stem.Length > 4 && stem.EndsWith("ed", StringComparison.Ordinal)) stem = Undoubled(stem[..^2]);
        else if (stem.Length > 3 && stem[^1] == 's' && stem[^2] is not ('s' or 'u')) stem = stem[..^1];
        return stem.Length > 3 && stem[^1] == 'e' ? stem[..^1] : stem;
    }

    private static string Undoubled(string stem) => stem.Length > 2 && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's') ? stem[..^1] : stem;
}
