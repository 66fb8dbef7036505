using Orleans.Story.Rules.Films;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Drafting;

/// <summary>Finds characters whose wants never collide: the hall is never asked to choose between them and anybody.</summary>
internal static class Conflicts
{
    public static IEnumerable<Advice> Advise(Film film)
    {
        foreach (var one in film.Cast)
        {
            var asked = film.Storylets.Count(storylet => storylet.Options.Any(option => option.For.Contains(one.Id)));
            if (asked == 0)
            {
                yield return new Advice(
                    AdviceKind.NoConflict, false, "cast",
                    Both($"no option takes the side of {one.Name.In("en")}", $"没有一个选项站在{one.Name.In("zh")}这边"),
                    Both("Let an option serve what this character wants (for), or cut the character.", "请让某个选项成全这个角色的愿望（for），或删掉这个角色。"));
            }
            else if (!film.Cast.Any(other => other != one && Collide(film, one.Id, other.Id)))
            {
                yield return new Advice(
                    AdviceKind.NoConflict, false, "cast",
                    Both($"{one.Name.In("en")} never wants anything that costs somebody else", $"{one.Name.In("zh")}想要的，从不跟别人相冲"),
                    Both("Write a choice in which one option is for this character and the other is for somebody else.", "请写一次选择：一项成全这个角色，另一项成全别人。"));
            }
        }
    }

    /// <summary>Whether the hall chooses between the two somewhere.</summary>
    private static bool Collide(Film film, string one, string other) => film.Storylets.Any(storylet =>
        storylet.Options.Any(option => option.For.Contains(one) && !option.For.Contains(other))
        && storylet.Options.Any(option => option.For.Contains(other) && !option.For.Contains(one)));
}
