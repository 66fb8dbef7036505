using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Plot.Simulation;

namespace Orleans.Story.Tests.Films;

/// <summary>Hinge lines, options that are not always offered, sides, scenery, promises and the warm-up.</summary>
public sealed class SceneryTests
{
    private const string Sound = "    sound: {en: Rain on planks., zh: 雨打木板。}\n";
    private const string Facts = "facts:\n";
    private const string Stays = "      Mei is still on the bench";

    [Fact]
    public void Everything_new_is_read()
    {
        var film = Read("film.yaml", Sound, Sound + "    type: hand\n    ambience: [rain, bell]\n    still: stills/pier.jpg\n    audio: rain.ogg\n").Film.ShouldNotBeNull();
        var place = film.Places.ShouldHaveSingleItem();
        place.Type.ShouldBe(Typeface.Hand);
        place.Ambience.ShouldBe([Ambience.Rain, Ambience.Bell]);
        film.Assets.ShouldBe(["stills/pier.jpg", "rain.ogg"]);

        film = Read("film.yaml", Facts, "warmup: {question: {en: Aisle?, zh: 靠边？}, options: [{en: Yes, zh: 是}, {en: No, zh: 否}]}\n" + Facts).Film.ShouldNotBeNull();
        film.WarmUp.ShouldNotBeNull().Options.Length.ShouldBe(2);

        film = Read("film.yaml", Facts, "promises:\n  - {id: boat, statement: {en: Will it come?, zh: 船来不来？}}\n" + Facts).Film.ShouldNotBeNull();
        film.Promises.ShouldHaveSingleItem().Id.ShouldBe("boat");

        film = Read("beats.yaml", "label: {en: Go, zh: 走}", "label: {en: Go, zh: 走}\n      for: [mei]").Film.ShouldNotBeNull();
        film.Storylets[0].Options[1].For.ShouldBe(["mei"]);
    }

    [Theory]
    [InlineData("film.yaml", Sound, Sound + "    type: comic\n", "the type \"comic\" is unknown")]
    [InlineData("film.yaml", Sound, Sound + "    ambience: [rain, thunder]\n", "the sound \"thunder\" is unknown")]
    [InlineData("film.yaml", Sound, Sound + "    ambience: [rain, wind, sea, drip, fire]\n", "5 sounds at once are noise")]
    [InlineData("film.yaml", Sound, Sound + "    still: ../secret.jpg\n", "is not a file name that is served")]
    [InlineData("film.yaml", Sound, Sound + "    still: pier.svg\n", "is not a file name that is served")]
    [InlineData("film.yaml", Sound, Sound + "    audio: pier.jpg\n", "is not a file name that is served")]
    [InlineData("film.yaml", Facts, "warmup: {question: {en: Aisle?, zh: 靠边？}, options: [{en: Yes, zh: 是}]}\n" + Facts, "the warm-up has 1 options")]
    [InlineData("film.yaml", Facts, "promises:\n  - {id: ship, statement: {en: s, zh: 船}}\n" + Facts, "the promise \"boat\" is not among the promises")]
    [InlineData("beats.yaml", "label: {en: Go, zh: 走}", "label: {en: Go, zh: 走}\n      for: [meg]", "the character \"meg\" is not in the cast")]
    [InlineData("beats.yaml", "label: {en: Go, zh: 走}", "label: {en: Go, zh: 走}\n      needs: [waits]", "the hall may be left without a choice in horn")]
    [InlineData("beats.yaml", "      The horn sounds twice.", "      [if waits The horn sounds twice.", "this condition cannot be read")]
    [InlineData("beats.yaml", "      The horn sounds twice.", "      [if rains] The horn sounds twice.", "hinges on another condition in zh")]
    [InlineData("ends.yaml", Stays, "      [if waits] Mei is still on the bench", "hinges on another condition in zh")]
    public void What_is_wrong_is_said(string file, string old, string replacement, string expected)
    {
        var reading = Read(file, old, replacement);
        reading.Film.ShouldBeNull();
        reading.Problems.ShouldContain(problem => problem.What.Contains(expected, StringComparison.Ordinal), string.Join('\n', reading.Problems));
    }

    [Fact]
    public void A_hinge_line_is_told_only_when_its_fact_says_so_and_settled_facts_or_too_many_are_refused()
    {
        var sources = Both("The lamp is back on", "[if waits] The lamp is back on", "灯又亮了", "[if waits] 灯又亮了");
        var lamp = FilmReader.Read(sources).Film.ShouldNotBeNull().Storylets.Single(storylet => storylet.Id == "lamp");
        lamp.Lines[0].When.ShouldBe(new LineCondition("waits", true));
        var film = FilmReader.Read(sources).Film!;
        var told = Enumerable.Range(0, 40).Select(seed => Rehearsals.Tell(film, new RehearsalTerms(180), Audiences.Random, seed))
            .SelectMany(show => show.Steps).Where(step => step.Beat.Storylet == "lamp").ToList();
        told.ShouldNotBeEmpty();
        told.ShouldAllBe(step => step.Beat.Lines.Length == (step.Plan.Facts.Contains("waits") ? 3 : 2));

        var settled = FilmReader.Read(Both("The lamp is back on", "[if not waits] The lamp is back on", "灯又亮了", "[if not waits] 灯又亮了", "  cast: [zhou]\n", "  cast: [zhou]\n  bars: [waits]\n"));
        settled.Problems.ShouldContain(problem => problem.What == "needs or bars of lamp settle waits already");
        var many = FilmReader.Read(Both(
            "The lamp is back on", "[if waits] The lamp is back on", "灯又亮了", "[if waits] 灯又亮了", "      Behind the glass a hand", "      [if waits] Behind the glass a hand", "玻璃后面", "[if waits] 玻璃后面"));
        many.Problems.ShouldContain(problem => problem.What == "2 of 3 lines of lamp hinge on facts");
    }

    [Fact]
    public void An_option_is_offered_only_when_its_facts_allow()
    {
        var film = Read("beats.yaml", "    - label: {en: Nobody, zh: 谁也不去}", "    - label: {en: Mei, zh: 小梅去}\n      needs: [waits]\n    - label: {en: Nobody, zh: 谁也不去}").Film.ShouldNotBeNull();
        var told = Enumerable.Range(0, 40).Select(seed => Rehearsals.Tell(film, new RehearsalTerms(180), Audiences.Random, seed))
            .SelectMany(show => show.Steps).Where(step => step.Beat.Storylet == "lamp").ToList();
        told.Select(step => step.Beat.Options.Length).Distinct().Order().ShouldBe([2, 3]);
        told.ShouldAllBe(step => step.Beat.Options.Length == (step.Plan.Facts.Contains("waits") ? 3 : 2));
    }

    [Fact]
    public void From_ten_minutes_on_a_show_may_need_a_third_of_the_film_at_most() =>
        Read("film.yaml", "minutes: {shortest: 2, longest: 3}", "minutes: {shortest: 2, longest: 10}").Problems
            .ShouldContain(problem => problem.What.Contains("more than a third", StringComparison.Ordinal));

    private static FilmReading Read(string file, string old, string replacement) => FilmReader.Read(GoodFilm.With(file, old, replacement));

    /// <summary>The film with pairs of words replaced in its beats.</summary>
    private static FilmSource[] Both(params string[] pairs) =>
    [
        .. GoodFilm.Sources.Select(source => source with
        {
            Content = pairs.Chunk(2).Aggregate(source.Content, (content, pair) => content.Replace(pair[0], pair[1], StringComparison.Ordinal)),
        }),
    ];
}
