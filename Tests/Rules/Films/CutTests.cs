using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot.Simulation;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Rules.Films;

public sealed class CutTests
{
    /// <summary>However a hall votes, whatever goes wrong: nothing above the rating is told, and the show ends on an ending.</summary>
    [Fact]
    public void No_telling_leaves_its_rating()
    {
        var cut = FilmCuts.Within(PaperFilm.Rated, "PG");
        var high = PaperFilm.Rated.Storylets.Where(storylet => storylet.Rating == "15").Select(storylet => storylet.Id).ToHashSet(StringComparer.Ordinal);
        Properties.Hold(
            Properties.Seeds,
            seed =>
            {
                var show = Rehearsals.Tell(cut, new RehearsalTerms(6 * 60) { Trouble = Trouble.Much }, Audiences.Random, seed);
                return !show.Storylets.Any(high.Contains) && show.Storylets.Length > 2;
            },
            count: 200);
    }

    [Fact]
    public void Terms_that_leave_too_little_are_refused_with_the_rating_that_would_do()
    {
        var film = PaperFilm.Rated;
        TermsCheck.Of(Terms(6, "PG"), film).ShouldBeNull();
        TermsCheck.Of(Terms(9, "15"), film).ShouldBeNull();
        TermsCheck.Of(Terms(9, null), film).ShouldBeNull();
        Says(9, "PG").ShouldBe("Within PG this film runs 6 minutes at most. Choose a shorter show, or 15 or above.");
        Says(9, "12").ShouldBe("Within 12 this film runs 6 minutes at most. Choose a shorter show, or 15 or above.");
        Says(5, "G").ShouldBe("Within G there is too little of this film to tell. Choose PG or above.");
        Says(5, "PG-13").ShouldBe("The rating must be one of: G, PG, 12, 15, 18.");
        Says(60, "PG").ShouldBe("This film runs between 2 and 9 minutes.");
        TermsCheck.Of(Terms(9, "PG"), film)!.Sentence.In("zh").ShouldBe("在 PG 之内，这部影片最长 6 分钟。请缩短片长，或选 15 或更高。");

        SessionTerms Terms(int minutes, string? rating) => PaperShow.Terms(film, minutes) with { Rating = rating };
        string Says(int minutes, string rating) => TermsCheck.Of(Terms(minutes, rating), film).ShouldNotBeNull().Sentence.Words;
    }

    [Fact]
    public void What_is_no_rating_is_stricter_than_all()
    {
        Ratings.Allows("18", "X").ShouldBeFalse();
        Ratings.Allows("PG", "PG").ShouldBeTrue();
        Ratings.Allows("PG", "12").ShouldBeFalse();
    }
}
