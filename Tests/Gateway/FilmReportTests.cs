using System.Collections.Immutable;
using Orleans.Story.Gateway.Films;
using Orleans.Story.Gateway.Terminal;
using Orleans.Story.Rules.Films.Audit;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Gateway;

public sealed class FilmReportTests
{
    private static readonly AuditReport Well = new(
        Shows: 10_200,
        OnTime: 1,
        RanDry: 0,
        DryAfter: [],
        Twice: 0,
        Findings: [],
        Storylets: [.. PaperFilm.Film.Storylets.Select(storylet => new Reach(storylet.Id, 0.5))],
        Unpaid: [new Reach("letter", 0.05)],
        Acts: [new ActTension("one", (0, 0.2), 0.1), new ActTension("two", (0.2, 0.6), 0.4)],
        Overlap: (0.4, 1));

    private static readonly LikeLines Alike = new("one-0", "one-1", "en", "Rain again.", "Rain, again.");

    /// <summary>Each way in which a film is not ready: the label of the line that says so, what that line or those below it name, and the finding.</summary>
    private static readonly Dictionary<string, (string Names, AuditReport Audit)> Troubles = new(StringComparer.Ordinal)
    {
        ["on time"] = ("99.50 %", Well with { OnTime = 0.995 }),
        ["told twice"] = ("3", Well with { Twice = 3 }),
        ["canon"] = ("unknown-speaker", Well with { Findings = [new Reach("unknown-speaker", 0.1)] }),
        ["dead ends"] = ("one-2", Well with { RanDry = 0.1, DryAfter = [new Reach("one-2", 0.1)] }),
        ["reach"] = ("two-4", Well with { Storylets = [.. Well.Storylets.Select(reach => reach.Id == "two-4" ? reach with { Share = 0 } : reach)] }),
        ["promises"] = ("letter", Well with { Unpaid = [new Reach("letter", 0.2)] }),
        ["tension"] = ("two (0.40–0.50): flat", Well with { Acts = [Well.Acts[0], Well.Acts[1] with { Written = (0.4, 0.5) }] }),
        ["arc"] = ("sags", Well with { Acts = [Well.Acts[1], Well.Acts[0]] }),
        ["opposites"] = ("60.0 %", Well with { Overlap = (0.6, 1) }),
    };

    public static TheoryData<string> Labels => [.. Troubles.Keys];

    [Fact]
    public void A_film_without_trouble_is_ready_for_a_hall()
    {
        var (well, said) = Report(Well);
        well.ShouldBeTrue();
        said.ShouldNotContain(line => line.StartsWith('!'));
        said[^1].ShouldBe("Ready for a hall.");
    }

    [Theory]
    [MemberData(nameof(Labels))]
    public void One_trouble_is_marked_and_named_and_the_film_is_not_ready(string label)
    {
        var (well, said) = Report(Troubles[label].Audit);
        well.ShouldBeFalse();
        var marked = said.Index().Single(line => line.Item.StartsWith('!'));
        marked.Item.ShouldStartWith($"! {label} ");
        string.Join('\n', said.Skip(marked.Index).Take(2)).ShouldContain(Troubles[label].Names);
        said[^1].ShouldStartWith("Not ready");
    }

    [Fact]
    public void Lines_heard_before_are_shown_beside_each_other()
    {
        var (well, said) = Report(Well, Alike);
        well.ShouldBeFalse();
        said.ShouldContain(line => line.StartsWith("! heard before", StringComparison.Ordinal));
        said.ShouldContain("      one-0 / one-1 (en): Rain again. / Rain, again.");
    }

    [Fact]
    public void What_few_audiences_never_saw_is_named_and_not_held_against_the_film()
    {
        var (well, said) = Report(Troubles["reach"].Audit with { Shows = 700 });
        well.ShouldBeTrue();
        said.ShouldContain(line => line.Contains("never", StringComparison.Ordinal) && line.EndsWith("two-4", StringComparison.Ordinal));
    }

    [Fact]
    public void A_long_list_is_cut_and_says_by_how_much()
    {
        var (_, said) = Report(Well with { Storylets = [.. Well.Storylets.Select(reach => reach with { Share = 0 })] });
        said.Count(line => line.TrimStart().StartsWith("never", StringComparison.Ordinal)).ShouldBe(12);
        said.ShouldContain(line => line.TrimStart() == $"and {PaperFilm.Film.Storylets.Length - 12} more");
    }

    private static (bool Well, IReadOnlyList<string> Said) Report(AuditReport audit, params ImmutableArray<LikeLines> alike)
    {
        using var to = new StringWriter();
        var well = new FilmReport(to, new Words("en"), PaperFilm.Film).Print(audit, alike, TimeSpan.Zero);
        return (well, to.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'));
    }
}
