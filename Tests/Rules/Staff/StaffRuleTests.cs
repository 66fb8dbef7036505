using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Orleans.Story.Contracts.Staff;
using Orleans.Story.Rules.Staff;

namespace Orleans.Story.Tests.Rules.Staff;

public sealed class StaffRuleTests
{
    private static readonly ImmutableArray<ImmutableArray<string>> RoleSets =
    [
        [], ["operator"], ["director"], ["admin"], ["admin", "operator"], ["operator", "operator"], ["house"], ["admin", "house"], ["operator", "director", "admin"], ["root"],
    ];

    private static readonly string[] Names = ["operator", "ana", "bo", "dee", "Eve", "-x", "", "a;b", "名"];

    private static Gen<Step> Steps { get; } =
        from kind in Gen.Choose(0, 6)
        from name in Gen.Elements(Names)
        from roles in Gen.Elements(RoleSets.AsEnumerable())
        from later in Gen.Choose(-5, 5)
        select new Step(kind, name, roles, later);

    [Fact]
    public void A_house_that_has_an_admin_always_has_one_and_never_a_name_or_role_that_cannot_be() =>
        Properties.Hold(Gen.ListOf(Steps), steps =>
        {
            var (book, now, n) = (First(), 1_000L, 0);
            foreach (var step in steps)
            {
                now += step.Later;
                book = step.Do(book, now, ++n).Book ?? book;
                if (book.Admins == 0) return false;
                if (book.Members.Select(member => member.Name).Distinct(StringComparer.Ordinal).Count() != book.Members.Length) return false;
                if (book.Members.Any(member => !StaffRules.IsName(member.Name) || StaffRules.Ordered(member.Account.Roles) is not { } ordered || !ordered.SequenceEqual(member.Account.Roles))) return false;
            }

            return true;
        });

    [Fact]
    public void A_change_of_password_or_roles_voids_earlier_sign_ins_and_nothing_else_does() =>
        Properties.Hold(Gen.ListOf(Steps), steps =>
        {
            var (book, now, n) = (First(), 1_000L, 0);
            foreach (var step in steps)
            {
                now += step.Later;
                var next = step.Do(book, now, ++n).Book ?? book;
                foreach (var member in next.Members)
                {
                    if (book.Find(member.Name) is not { } before) continue;
                    var changed = before.PasswordHash != member.Account.PasswordHash || !before.Roles.SequenceEqual(member.Account.Roles);
                    var voided = member.Account.SinceMs > before.SinceMs;
                    // A clock that was set back must not make an old sign-in good again.
                    if (changed != voided || member.Account.SinceMs < before.SinceMs) return false;
                }

                book = next;
            }

            return true;
        });

    [Fact]
    public void What_somebody_else_chose_must_be_changed_and_what_one_chose_oneself_need_not()
    {
        var made = StaffRules.Make(First(), "ana", "h1", ["operator"], 5).Book!;
        made.Find("ana")!.MustChange.ShouldBeTrue();
        var own = StaffRules.ChangeOwn(made, "ana", "h2", 6).Book!;
        own.Find("ana")!.MustChange.ShouldBeFalse();
        StaffRules.Reset(own, "ana", "h3", 7).Book!.Find("ana")!.MustChange.ShouldBeTrue();
        StaffRules.Rehash(own, "ana", "h2", "h4").Find("ana").ShouldBe(own.Find("ana")! with { PasswordHash = "h4" });
        StaffRules.Rehash(own, "ana", "not it", "h4").ShouldBe(own);
        StaffRules.SetRoles(own, "ana", ["operator"], 99).Book.ShouldBe(own, "the same roles sign nobody out");
    }

    [Fact]
    public void A_house_has_a_hundred_accounts_at_most()
    {
        var book = First();
        for (var i = 1; i < StaffRules.MostAccounts; i++) book = StaffRules.Make(book, $"n{i}", "h", ["operator"], i).Book!;
        StaffRules.Make(book, "one-more", "h", ["operator"], 1).Refusal!.Code.ShouldBe("too-many-accounts");
    }

    [Theory]
    [InlineData("short", "weak-password")]
    [InlineData("ninechars", "weak-password")]
    [InlineData("aaaaaaaaaaaa", "weak-password")]
    [InlineData("operator12", "weak-password")]
    [InlineData("the old password", "weak-password")]
    [InlineData("ｔｈｅ ｏｌｄ ｐａｓｓｗｏｒｄ", "weak-password")]
    [InlineData("four plain words here", null)]
    [InlineData("海上升明月天涯共此时", null)]
    public void A_password_is_long_and_new_and_that_is_all(string wanted, string? code) =>
        PasswordRules.Check("operator", "the old password", wanted)?.Code.ShouldBe(code);

    [Fact]
    public void A_password_that_is_no_text_or_endless_is_refused_and_not_thrown_at()
    {
        PasswordRules.Fold("\ud800 half a pair").ShouldBeNull();
        PasswordRules.Check("operator", "x", new string('x', 257))!.Code.ShouldBe("weak-password");
        PasswordRules.Fold("ｂｕｓｏ－ｋｉｔａ").ShouldBe("buso-kita", "a Chinese input method's wide letters are the same");
    }

    private static StaffBook First() => StaffRules.MakeFirst(StaffBook.Empty, "operator", "h0", mustChange: true, 1_000).Book!;

    private sealed record Step(int Kind, string Name, ImmutableArray<string> Roles, int Later)
    {
        public StaffDecision Do(StaffBook book, long now, int n) => Kind switch
        {
            0 => StaffRules.Make(book, Name, $"made {n}", Roles, now),
            1 => StaffRules.Reset(book, Name, $"reset {n}", now),
            2 => StaffRules.ChangeOwn(book, Name, $"own {n}", now),
            3 => StaffRules.SetRoles(book, Name, Roles, now),
            4 => StaffRules.Remove(book, Name),
            5 => StaffRules.MakeFirst(book, "operator", $"first {n}", mustChange: true, now),
            _ => StaffRules.Make(book, Name, $"again {n}", Roles, now),
        };
    }
}
