using Orleans.Story.Rules;
using Orleans.Story.Rules.Suggestions;

namespace Orleans.Story.Tests.Rules.Suggestions;

/// <summary>Suggestions that ask for the same are one, whoever comes first.</summary>
public sealed class SuggestionGroupsTests
{
    private static readonly string[] Wordings =
    [
        "Ask the ferryman about the letter", "ask ferryman about that letter", "Ask the ferryman about the letter now please", "Ask the captain about the letter",
        "Do not ask the ferryman about the letter", "Open the hold", "open the hold now", "Turn the boat back", "turn back", "read the letter aloud",
        "去问船夫那封信的事", "问问船夫那封信的事", "去问船长那封信的事", "打开货舱", "把货舱打开", "回头吧", "把船开回头",
    ];

    [Fact]
    public void The_order_in_which_they_come_changes_nothing() => Properties.Hold(Properties.Seeds, seed =>
    {
        var said = Said(seed, 40);
        var shuffled = said.OrderBy(one => Seeds.For(seed, one.Seat * 7919 + one.Words.Length)).Select((one, at) => new Suggestion(Id(seed, 500 + at), one.Seat, one.Words, 1_000 + at)).ToList();
        return Shape(SuggestionGroups.Of(said, [])).SequenceEqual(Shape(SuggestionGroups.Of(shuffled, [])), StringComparer.Ordinal);
    });

    [Fact]
    public void Everyone_is_in_one_group_and_like_its_centre_and_a_seat_counts_once() => Properties.Hold(Properties.Seeds, seed =>
    {
        var said = Said(seed, 40);
        var decided = said.Where(one => Seeds.Fraction(Seeds.For(seed, one.AtMs)) < 0.1).Select(one => one.Id).ToList();
        var groups = SuggestionGroups.Of(said, decided);
        return groups.SelectMany(group => group.Members).Select(one => one.Id).Order().SequenceEqual(said.Select(one => one.Id).Order())
            && groups.All(group => group.Members.All(member => LikeWords.AreAlike(member.Like, group.Center.Like)))
            && groups.All(group => group.Seats == group.Members.Select(member => member.Seat).Distinct().Count() && group.AtMs == group.Members.Min(member => member.AtMs))
            && groups.All(group => group.Members.Contains(group.Center))
            && decided.Select(id => said.First(one => one.Id == id).Words).Distinct(StringComparer.Ordinal).Count() == groups.Count(group => decided.Contains(group.Center.Id));
    });

    [Fact]
    public void A_bridge_joins_no_two_groups()
    {
        Suggestion[] said = [Of(1, "open hold door"), Of(2, "open hold door now"), Of(3, "open hold door slowly tonight"), Of(4, "watch door slowly tonight"), Of(5, "watch door slowly tonight again")];
        var groups = SuggestionGroups.Of(said, []);
        groups.Length.ShouldBeGreaterThan(1);
        groups.ShouldAllBe(group => group.Members.All(member => LikeWords.AreAlike(member.Like, group.Center.Like)));
    }

    [Fact]
    public void A_wording_that_got_a_yes_stays_the_centre_however_many_say_it_otherwise()
    {
        Suggestion[] said = [Of(1, "Ask the ferryman about the letter now please"), .. Enumerable.Range(2, 9).Select(seat => Of(seat, "Ask the ferryman about the letter"))];
        SuggestionGroups.Of(said, [])[0].Center.Seat.ShouldBe(2);
        var group = SuggestionGroups.Of(said, [said[0].Id]).ShouldHaveSingleItem();
        (group.Center.Seat, group.Seats).ShouldBe((1, 10));
    }

    [Fact]
    public void Four_hundred_are_merged_before_anybody_notices()
    {
        var said = Said(7, 400);
        var took = System.Diagnostics.Stopwatch.StartNew();
        SuggestionGroups.Of(said, []).Length.ShouldBeLessThan(Wordings.Length + 1);
        took.ElapsedMilliseconds.ShouldBeLessThan(2_000);
    }

    [Theory]
    [InlineData("Ask the ferryman", "Ask the ferryman")]
    [InlineData("  Ask\u200B the\n ferryman ", "Ask the ferryman")]
    [InlineData("Say \"yes\" {now} <b>", "Say 'yes' now b")]
    [InlineData("！！！", null)]
    [InlineData("", null)]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901", null)]
    public void What_is_kept_can_stand_on_a_card_and_in_a_quotation(string typed, string? kept) => SuggestionWords.Clean(typed).ShouldBe(kept);

    [Fact]
    public void A_label_is_in_the_language_it_looks_like()
    {
        SuggestionWords.Label("去问船夫", ["en", "zh"]).ShouldBe(Orleans.Story.Contracts.Text.Of("zh", "去问船夫"));
        SuggestionWords.Label("Ask him", ["zh", "en"]).Language.ShouldBe("en");
        SuggestionWords.Label("去问船夫", ["en"]).Language.ShouldBe("zh");
        SuggestionWords.Label("Ask Bo 博", ["zh"]).Language.ShouldBe("en");
    }

    private static List<Suggestion> Said(long seed, int most)
    {
        var count = 1 + Seeds.Below(Seeds.For(seed, 1), most);
        return
        [
            .. Enumerable.Range(0, count).Select(at => new Suggestion(
                Id(seed, at), 1 + Seeds.Below(Seeds.For(seed, 100 + at), 25), Wordings[Seeds.Below(Seeds.For(seed, 900 + at), Wordings.Length)], 1_000 + at)),
        ];
    }

    private static Suggestion Of(int seat, string words) => new(Id(1, seat), seat, words, seat);

    private static Guid Id(long seed, int at)
    {
        var bytes = new byte[16];
        BitConverter.TryWriteBytes(bytes, Seeds.For(seed, 5_000 + at));
        BitConverter.TryWriteBytes(bytes.AsSpan(8), at);
        return new Guid(bytes);
    }

    /// <summary>Groups as what was said in them by whom, whenever that was.</summary>
    private static IEnumerable<string> Shape(IEnumerable<SuggestionGroup> groups) => groups
        .Select(group => $"{group.Center.Words}|{group.Seats}|{string.Join(';', group.Members.Select(member => $"{member.Seat}:{member.Words}").Order(StringComparer.Ordinal))}")
        .Order(StringComparer.Ordinal);
}
