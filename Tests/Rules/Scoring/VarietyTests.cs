using System.Collections.Immutable;
using FsCheck.Fluent;
using Orleans.Story.Rules.Scoring;

namespace Orleans.Story.Tests.Rules.Scoring;

/// <summary>distinct-n and self-BLEU against values worked out by hand, and what holds of any texts.</summary>
public sealed class VarietyTests
{
    private static ImmutableArray<string> T(string text) => Tokens.Of(text);

    /// <summary>Texts of up to twelve tokens out of five, one to six of them.</summary>
    private static FsCheck.Gen<ImmutableArray<string>[]> Texts { get; } =
        Gen.Elements("a", "b", "c", "d", "e").ArrayOf().Select(tokens => tokens.Take(12).ToImmutableArray()).ArrayOf().Select(texts => texts.Take(6).Append(["a", "b"]).ToArray());

    [Fact]
    public void Distinct_n_by_hand()
    {
        // the cat the cat sat: 3 words of 5; the-cat cat-the the-cat cat-sat: 3 pairs of 4; 3 threes of 3.
        DistinctN.Of([T("The cat, the cat sat.")], 1).ShouldBe(3 / 5.0);
        DistinctN.Of([T("The cat, the cat sat.")], 2).ShouldBe(3 / 4.0);
        DistinctN.Of([T("The cat, the cat sat.")], 3).ShouldBe(1.0);
        // No run crosses from one text to the next: 开门 twice is one pair of two.
        DistinctN.Of([T("开门"), T("开门")], 2).ShouldBe(1 / 2.0);
        DistinctN.Of([T("开门"), T("开门")], 3).ShouldBeNull();
        DistinctN.Of([], 1).ShouldBeNull();
    }

    [Fact]
    public void Bleu_by_hand()
    {
        // Papineni et al. 2002, example 2: "the" is counted as often as a reference has it, twice of seven.
        // Words 2/7; pairs, threes, fours without a match: 0.1 of 6, 5, 4. Closest length of 7 and 6... is 7, so no penalty.
        SelfBleu.Bleu(T("the the the the the the the"), [T("The cat is on the mat today"), T("There is a cat on the mat")])
            .ShouldBe(Math.Pow(2 / 7.0 * (0.1 / 6) * (0.1 / 5) * (0.1 / 4), 0.25), 1e-12);
        // Five words, all in the reference in order, which has one more: 5/5, 4/4, 3/3, 2/2, and e^(1 − 6/5).
        SelfBleu.Bleu(T("she waits by the door"), [T("she waits by the door again")]).ShouldBe(Math.Exp(1 - (6 / 5.0)), 1e-12);
        // 4 of 5 words, 2 of 4 pairs (she-waits, waits-by), 1 of 3 threes, none of 2 fours.
        SelfBleu.Bleu(T("she waits by the door"), [T("she waits by a door")]).ShouldBe(Math.Pow(4 / 5.0 * (2 / 4.0) * (1 / 3.0) * (0.1 / 2), 0.25), 1e-12);
        SelfBleu.Bleu(T("rain"), [T("snow")]).ShouldBe(0);
        SelfBleu.Bleu(T(""), [T("snow")]).ShouldBe(0);
    }

    [Fact]
    public void Self_bleu_by_hand()
    {
        SelfBleu.Of([T("他在门口等着"), T("他在门口等着")]).ShouldNotBeNull().ShouldBe(1, 1e-12);
        SelfBleu.Of([T("rain falls on deck"), T("nobody has spoken yet")]).ShouldBe(0);
        SelfBleu.Of([T("alone")]).ShouldBeNull();
        // Of three, the first two are equal and the third shares nothing.
        SelfBleu.Of([T("one two three four"), T("one two three four"), T("five six seven eight")]).ShouldNotBeNull().ShouldBe(2 / 3.0, 1e-12);
    }

    [Fact]
    public void Self_bleu_is_the_mean_of_bleu_against_all_others() => Properties.Hold(
        Texts,
        texts =>
        {
            if (texts.Length < 2) return SelfBleu.Of(texts) is null;
            var mean = texts.Select((text, i) => SelfBleu.Bleu(text, [.. texts.Where((_, j) => j != i)])).Average();
            return Math.Abs(SelfBleu.Of(texts)!.Value - mean) < 1e-9 && mean is >= 0 and <= 1 + 1e-9;
        });

    [Fact]
    public void A_text_more_that_was_there_makes_nothing_more_distinct() => Properties.Hold(
        Texts,
        texts => Enumerable.Range(1, 3).All(n =>
        {
            var (once, twice) = (DistinctN.Of(texts, n), DistinctN.Of([.. texts, .. texts], n));
            return once is null ? twice is null : once is > 0 and <= 1 && Math.Abs(twice!.Value - (once.Value / 2)) < 1e-12;
        }));
}
