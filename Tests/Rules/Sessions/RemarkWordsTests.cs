using System.Globalization;
using System.Text;
using Orleans.Story.Rules;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Tests.Rules.Sessions;

/// <summary>What of a viewer's typing is left to be read by others.</summary>
public sealed class RemarkWordsTests
{
    [Theory]
    [InlineData("Don't go!", "Don't go!")]
    [InlineData("  別走…\n  快回來 ", "別走… 快回來")]
    [InlineData("别走　快回来", "别走 快回来")]
    [InlineData("no\u200B\u2060\uFEFFspace", "nospace")]
    [InlineData("ab\u202Ecd\u2066ef\u061C", "abcdef")]
    [InlineData("tag\U000E0041\U000E007Fged", "tagged")]
    [InlineData("bell\a\u001B[31m", "bell[31m")]
    [InlineData("e\u0301", "e\u0301")]
    [InlineData("❤\uFE0F", "❤")]
    [InlineData("😱😱", "😱😱")]
    [InlineData("half \uD83D half", "half half")]
    [InlineData("<b onclick=x>&amp;</b>", "<b onclick=x>&amp;</b>")]
    [InlineData("\u0301\u0302x", "x")]
    [InlineData("a \u0301b", "a b")]
    [InlineData("Tiếng Việt, ภาษาไทยที่นี่", "Tiếng Việt, ภาษาไทยที่นี่")]
    [InlineData("x\u2028y\u2029z\tw\r\nv", "x y z w v")]
    [InlineData("\u2800a\u3164\u115F", "a")]
    public void What_shows_stays_and_what_does_not_show_goes(string typed, string words) => RemarkWords.Clean(typed).ShouldBe(words);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\n\u200B\u202E\u2800 ")]
    [InlineData("\u0301\u0301")]
    public void Nothing_to_read_is_no_remark(string? typed) => RemarkWords.Clean(typed).ShouldBeNull();

    [Fact]
    public void Eighty_characters_are_taken_whatever_they_weigh_and_eighty_one_are_not()
    {
        foreach (var one in (string[])["a", "好", "😱"])
        {
            var most = string.Concat(Enumerable.Repeat(one, RemarkWords.Longest));
            RemarkWords.Clean(most).ShouldBe(most);
            RemarkWords.Clean(most + "\u200B\n ").ShouldBe(most, "what goes does not count");
            RemarkWords.Clean(most + one).ShouldBeNull();
        }

        RemarkWords.Clean(new string(' ', RemarkWords.LongestTyped) + "a").ShouldBeNull("nobody typed that");
    }

    [Fact]
    public void A_tower_of_marks_is_three_storeys_high()
    {
        var words = RemarkWords.Clean("Z" + new string('\u0335', 60) + "algo").ShouldNotBeNull();
        words.ShouldBe("Z\u0335\u0335\u0335algo");
    }

    [Fact]
    public void Whatever_is_typed_what_is_kept_is_plain_bounded_and_kept_again_as_it_is() => Properties.Hold(Properties.Seeds, seed =>
    {
        var typed = new StringBuilder();
        for (var n = 0; n < Seeds.Below(Seeds.For(seed, 0), 120); n++) typed.Append(Some(seed, n + 1));
        if (RemarkWords.Clean(typed.ToString()) is not { } words) return true;
        words.EnumerateRunes().Count().ShouldBeInRange(1, RemarkWords.Longest);
        words.ShouldBe(words.Trim());
        foreach (var letter in words.EnumerateRunes())
        {
            Rune.GetUnicodeCategory(letter).ShouldNotBeOneOf(
                UnicodeCategory.Control, UnicodeCategory.Format, UnicodeCategory.Surrogate, UnicodeCategory.PrivateUse, UnicodeCategory.OtherNotAssigned,
                UnicodeCategory.LineSeparator, UnicodeCategory.ParagraphSeparator);
            (letter.Value != ' ' && Rune.IsWhiteSpace(letter)).ShouldBeFalse();
        }

        return RemarkWords.Clean(words) == words;
    });

    /// <summary>Half of what is drawn is from the corners that matter.</summary>
    private static string Some(long seed, int n)
    {
        string[] corners = [" ", "\n", "\u200D", "\u202E", "\u0301", "\u0335", "\uFE0F", "\uD83D", "好", "א", "é", "\U000E0061", "\u00AD", "\u1100", "\u1161", "\u11A8"];
        var draw = Seeds.Fraction(Seeds.For(seed, n));
        if (draw < 0.5) return corners[(int)(draw * 2 * corners.Length)];
        var value = (int)((draw - 0.5) * 2 * 0x10FFFF);
        return Rune.IsValid(value) ? new Rune(value).ToString() : "\uDC00";
    }
}
