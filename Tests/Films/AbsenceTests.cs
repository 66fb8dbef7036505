using Orleans.Story.Rules.Films;

namespace Orleans.Story.Tests.Films;

/// <summary>Who is gone and what is closed: read, barred by itself, and reported where a storylet says otherwise.</summary>
public sealed class AbsenceTests
{
    private const string Gone = "secret: {en: He sold the boat., zh: 船是他卖的。}\n    gone: waits";
    private const string Closed = "sound: {en: Rain on planks., zh: 雨打木板。}\n    closed: [waits]";

    [Fact]
    public void What_takes_somebody_away_bars_the_storylets_they_are_in()
    {
        Read(("film.yaml", "secret: {en: He sold the boat., zh: 船是他卖的。}", Gone)).Problems.Select(problem => problem.What).ShouldContain(
            what => what.StartsWith("the act crossing can run dry", StringComparison.Ordinal), "its only free storylet is barred now");
        var reading = Read(("film.yaml", "secret: {en: She has no ticket., zh: 她没有票。}", "secret: {en: She has no ticket., zh: 她没有票。}\n    gone: [waits]"), ("ends.yaml", "cast: [mei]\n  needs: [waits]", "cast: [mei]"));
        var told = reading.Film.ShouldNotBeNull(string.Join('\n', reading.Problems));
        told.Cast[0].Gone.ShouldBe(["waits"]);
        told.Storylets.Single(one => one.Id == "stays").Bars.ShouldBe(["waits"]);
        told.Storylets.Single(one => one.Id == "horn").Bars.ShouldBeEmpty("nothing is true yet when the film opens");
        told.Storylets.Single(one => one.Id == "lamp").Bars.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("film.yaml", "secret: {en: She has no ticket., zh: 她没有票。}", "secret: {en: She has no ticket., zh: 她没有票。}\n    gone: waits",
        "storylets/ends.yaml(25,11): mei is gone once waits is true, and stays needs waits. Delete this need, or take mei out of its cast.",
        "storylets/ends.yaml(25,11): waits 成立之后，mei 已经不在了，而 stays 需要 waits。请删去这个 needs，或把 mei 移出它的 cast。")]
    [InlineData("film.yaml", "sound: {en: Rain on planks., zh: 雨打木板。}", Closed,
        "storylets/ends.yaml(25,11): pier is closed once waits is true, and stays needs waits. Delete this need, or move it to another place.",
        "storylets/ends.yaml(25,11): waits 成立之后，pier 已经关闭，而 stays 需要 waits。请删去这个 needs，或让它发生在别处。")]
    [InlineData("film.yaml", "secret: {en: He sold the boat., zh: 船是他卖的。}", "secret: {en: He sold the boat., zh: 船是他卖的。}\n    gone: drowned",
        "film.yaml(21,11): the fact \"drowned\" is not among the facts. Write waits.",
        "film.yaml(21,11): facts 里没有事实“drowned”。请写 waits。")]
    [InlineData("film.yaml", "secret: {en: He sold the boat., zh: 船是他卖的。}", "secret: {en: He sold the boat., zh: 船是他卖的。}\n    gone: {waits: true}",
        "film.yaml(21,11): the fact must be a list. Write [one, two], or one item a line, each after a hyphen.",
        "film.yaml(21,11): 事实必须是列表。请写成 [一, 二]，或每行一项、前加连字符。")]
    public void A_mistake_is_reported_with_its_place_in_both_languages(string file, string old, string now, string english, string chinese)
    {
        var problems = Read((file, old, now)).Problems;
        problems.Select(problem => problem.ToString().Replace("Films/pier/", "", StringComparison.Ordinal)).ShouldContain(english);
        problems.Select(problem => problem.In("zh").Replace("Films/pier/", "", StringComparison.Ordinal)).ShouldContain(chinese);
    }

    [Fact]
    public void A_hinge_line_for_the_time_after_is_a_mistake()
    {
        var problems = Read(
            ("film.yaml", "secret: {en: She has no ticket., zh: 她没有票。}", "secret: {en: She has no ticket., zh: 她没有票。}\n    gone: waits"),
            ("beats.yaml", "      The lamp over the ticket window", "      [if waits] The lamp over the ticket window"),
            ("beats.yaml", "      售票窗上的灯自己灭了", "      [if waits] 售票窗上的灯自己灭了")).Problems;
        problems.Select(problem => problem.What).ShouldContain("mei is gone once waits is true, so horn is told without it");
    }

    private static FilmReading Read(params (string File, string Old, string New)[] changes) => FilmReader.Read(
        [.. GoodFilm.Sources.Select(source => changes.Aggregate(source, (now, change) =>
        {
            if (!now.Path.EndsWith(change.File, StringComparison.Ordinal)) return now;
            now.Content.ShouldContain(change.Old);
            return now with { Content = now.Content.Replace(change.Old, change.New, StringComparison.Ordinal) };
        }))]);
}
