using System.Collections.Immutable;
using FsCheck.Fluent;
using Orleans.Story.Rules.Staff;

namespace Orleans.Story.Tests.Rules.Staff;

public sealed class StaffPassTests
{
    private static readonly StaffKey Key = new([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);
    private static readonly StaffPass Pass = new("ana", ["operator", "director"], 2_000);

    [Fact]
    public void A_pass_opens_with_its_own_key_until_it_lapses()
    {
        var opened = Key.Open(Key.Seal(Pass), 1_999).ShouldNotBeNull();
        (opened.Name, opened.UntilMs, opened.IsHouse).ShouldBe(("ana", 2_000L, false));
        opened.Roles.ShouldBe(Pass.Roles);
        Key.Open(Key.Seal(Pass), 2_000).ShouldBeNull("it has lapsed");
        StaffKey.New().Open(Key.Seal(Pass), 0).ShouldBeNull("another key");
        foreach (var nothing in (string?[])[null, "", ";", ";;;;", "1;2000;operator;ana", new string('x', 10_000)]) Key.Open(nothing, 0).ShouldBeNull();
    }

    [Fact]
    public void A_pass_changed_in_any_one_character_opens_to_nothing()
    {
        var text = Key.Seal(Pass);
        Properties.Hold(
            from at in Gen.Choose(0, text.Length - 1)
            from to in Gen.Choose(32, 126)
            where text[at] != (char)to
            select (at, to: (char)to),
            change => Key.Open(string.Concat(text.AsSpan(0, change.at), $"{change.to}", text.AsSpan(change.at + 1)), 0) is null);
        Properties.Hold(Gen.Choose(0, text.Length - 1), length => Key.Open(text[..length], 0) is null);
    }

    [Fact]
    public void Parts_cannot_be_smuggled_in_with_a_name()
    {
        Should.Throw<ArgumentException>(() => Key.Seal(Pass with { Name = "ana;house" }));
        Should.Throw<ArgumentException>(() => Key.Seal(Pass with { Roles = ["operator,house"] }));
        Should.Throw<ArgumentException>(() => new StaffKey(new byte[31]));
    }
}
