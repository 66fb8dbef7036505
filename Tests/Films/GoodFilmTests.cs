using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Tests.Films;

public sealed class GoodFilmTests
{
    private static Film Film { get; } = FilmReader.Read(GoodFilm.Sources).Film.ShouldNotBeNull();

    [Fact]
    public void Has_no_problems() => FilmReader.Read(GoodFilm.Sources).Problems.ShouldBeEmpty();

    [Fact]
    public void Says_what_the_file_says()
    {
        Film.Ref.Slug.ShouldBe("pier");
        Film.Languages.ShouldBe(["en", "zh"]);
        Film.Title.In("zh").ShouldBe("码头");
        Film.Logline.In("en").ShouldBe("Two people miss a boat.");
        Film.Rating.ShouldBe("PG");
        Film.Minutes.ShouldBe(new RunningTimes(2, 3));
        Film.Cast.Select(character => character.Id).ShouldBe(["mei", "zhou"]);
        Film.Cast[1].Secret.In("en").ShouldBe("He sold the boat.");
        Film.Places.ShouldHaveSingleItem().Palette.ShouldBe(["#0b1a2e", "#f4f1e8", "#e0a030"]);
        Film.Facts.ShouldHaveSingleItem().Statement.In("zh").ShouldBe("小梅等下一班船。");
        Film.Acts.Select(act => (act.Id, act.Share, act.TensionFrom, act.TensionTo))
            .ShouldBe([("departure", 0.5, 0.1, 0.4), ("crossing", 0.5, 0.4, 0.9)]);
    }

    [Theory]
    [InlineData("draw", TieRule.Draw)]
    [InlineData("first", TieRule.First)]
    [InlineData("last", TieRule.Last)]
    public void Says_who_wins_a_tie(string word, TieRule rule)
    {
        Film.Ties.ShouldBe(TieRule.Draw);
        FilmReader.Read(GoodFilm.With("film.yaml", "rating: PG", $"rating: PG\nties: {word}")).Film.ShouldNotBeNull().Ties.ShouldBe(rule);
    }

    [Fact]
    public void Tells_storylets_in_the_order_of_files()
    {
        Film.Storylets.Select(storylet => storylet.Id).ShouldBe(["horn", "lamp", "morning", "stays"]);
        var horn = Film.Storylets[0];
        horn.Function.ShouldBe(BeatFunction.Setup);
        horn.Opening.ShouldBeTrue();
        horn.Acts.ShouldBe(["departure"]);
        horn.Tension.ShouldBe(0.2);
        horn.Place.ShouldBe("pier");
        horn.Moment.In("en").ShouldBe("Night, rain");
        horn.Cast.ShouldBe(["mei", "zhou"]);
        horn.Opens.ShouldBe(["boat"]);
        horn.Question.ShouldNotBeNull().In("zh").ShouldBe("她等不等？");
        horn.Options.Select(option => option.Label.In("en")).ShouldBe(["Wait", "Go"]);
        horn.Options[0].Sets.ShouldBe(["waits"]);
        horn.Options[1].Sets.ShouldBeEmpty();
        Film.Storylets[3].Needs.ShouldBe(["waits"]);
        Film.Storylets[3].IsEnding.ShouldBeTrue();
        Film.Storylets[3].Question.ShouldBeNull();
    }

    [Fact]
    public void Airs_a_line_per_line_with_either_bar()
    {
        var lines = Film.Storylets[0].Lines;
        lines.Select(line => line.Speaker).ShouldBe([null, "mei", "zhou", null, "mei"]);
        lines[2].Words.In("en").ShouldBe("I said I would never leave it. You heard what you wanted.");
        lines[2].Words.In("zh").ShouldBe("我说的是再也不离开。你只听你想听的。");
        lines[0].Words.ShouldBe(lines[0].Words with { Language = "en" });
    }

    [Fact]
    public void Every_text_has_the_original_first()
    {
        var text = Film.Cast[0].Name;
        text.Language.ShouldBe("en");
        text.Others.ShouldBe([new Wording("zh", "小梅")]);
    }
}
