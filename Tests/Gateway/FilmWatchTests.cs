using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Gateway;

public sealed class FilmWatchTests
{
    private const string Rain = "The room, one-2. Rain on the one window it has.";
    private const string Snow = "The room, one-2. Snow on the one window it has.";
    private const string Broken = "  Not a film as it is saved; the rehearsal goes on with the version before.";

    [Fact]
    public async Task A_saved_storylet_becomes_a_version_of_its_own_and_is_named()
    {
        await using var rehearsal = (await Rehearsing.Open()).Begin();
        rehearsal.Paper.Edit(PaperFolder.Storylets, Rain, Snow);
        await rehearsal.Until("the save to be taken", () => rehearsal.Said.Count > 0);
        rehearsal.Said.ShouldBe(["  From the next beat on as saved: one-2."]);
        var version = await rehearsal.Version(rehearsal.Show.Reloads.ShouldHaveSingleItem());
        First(version, "one-2").ShouldBe(Snow);
        First(version, "one-1").ShouldBe(First(PaperFilm.Film, "one-1"));
    }

    [Fact]
    public async Task A_broken_save_is_told_where_and_how_to_mend_and_changes_nothing_until_it_is_mended()
    {
        await using var rehearsal = (await Rehearsing.Open()).Begin();
        var line = rehearsal.Paper.Edit(PaperFolder.Storylets, "place: room", "place: roof");
        await rehearsal.Until("the mistake to be named", () => rehearsal.Said.Contains(Broken));
        rehearsal.Said.ShouldBe([$"{rehearsal.Paper.Folder}/{PaperFolder.Storylets}({line},10): the place \"roof\" is not among the places. Write room.", Broken]);
        rehearsal.Show.Reloads.ShouldBeEmpty();

        rehearsal.Paper.Edit(PaperFolder.Storylets, Rain, Snow);
        rehearsal.Paper.Edit(PaperFolder.Storylets, "place: roof", "place: room");
        await rehearsal.Until("the mended save to be taken", () => rehearsal.Said.Any(said => said.EndsWith("as saved: one-2.", StringComparison.Ordinal)));
        First(await rehearsal.Version(rehearsal.Show.Reloads.ShouldHaveSingleItem()), "one-2").ShouldBe(Snow);
    }

    [Fact]
    public async Task A_broken_save_is_told_in_the_reader_s_language()
    {
        await using var rehearsal = (await Rehearsing.Open("zh")).Begin();
        var line = rehearsal.Paper.Edit(PaperFolder.Storylets, "place: room", "place: roof");
        await rehearsal.Until("the mistake to be named", () => rehearsal.Said.Count > 1);
        rehearsal.Said.First().ShouldBe($"{rehearsal.Paper.Folder}/{PaperFolder.Storylets}({line},10): places 里没有场景“roof”。请写 room。");
    }

    [Fact]
    public async Task What_came_and_what_went_is_named_and_so_is_a_change_beside_the_storylets()
    {
        await using var rehearsal = (await Rehearsing.Open()).Begin();
        rehearsal.Paper.Edit(PaperFolder.Storylets, "- id: one-2\n", "- id: one-six\n");
        await rehearsal.Until("the new name to be taken", () => rehearsal.Said.Count == 1);
        rehearsal.Said.Last().ShouldBe("  From the next beat on as saved: one-six, -one-2.");
        rehearsal.Paper.Edit("film.yaml", "{en: Ann,", "{en: Anna,");
        await rehearsal.Until("the other name to be taken", () => rehearsal.Said.Count == 2);
        rehearsal.Said.Last().ShouldBe("  From the next beat on as saved: people, places or facts.");
        rehearsal.Show.Reloads.Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task A_save_before_the_watch_began_is_not_lost()
    {
        await using var rehearsal = await Rehearsing.Open();
        rehearsal.Paper.Edit(PaperFolder.Storylets, Rain, Snow);
        rehearsal.Begin();
        await rehearsal.Until("the early save to be taken", () => rehearsal.Said.Count > 0);
        rehearsal.Said.ShouldBe(["  From the next beat on as saved: one-2."]);
    }

    [Fact]
    public async Task Saving_the_same_words_again_says_and_changes_nothing()
    {
        await using var rehearsal = (await Rehearsing.Open()).Begin();
        for (var saves = 0; saves < 3; saves++)
        {
            var readings = rehearsal.Readings;
            rehearsal.Paper.Save("notes.txt", new string('x', saves));
            rehearsal.Paper.Edit(PaperFolder.Storylets, Rain, Rain);
            await rehearsal.Until("the save to be read", () => rehearsal.Readings > readings);
        }

        rehearsal.Paper.Edit(PaperFolder.Storylets, Rain, Snow);
        await rehearsal.Until("the change to be taken", () => rehearsal.Said.Count > 0);
        rehearsal.Said.Count.ShouldBe(1);
        rehearsal.Show.Reloads.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_folder_that_is_gone_for_a_while_is_named_and_taken_when_it_is_back()
    {
        await using var rehearsal = (await Rehearsing.Open()).Begin();
        await rehearsal.Until("a first look", () => rehearsal.Readings > 1);
        var aside = rehearsal.Paper.Folder + "-aside";
        Directory.Move(rehearsal.Paper.Folder, aside);
        await rehearsal.Until("the gap to be named", () => rehearsal.Said.Contains(Broken));
        rehearsal.Said.Count.ShouldBe(2);
        rehearsal.Said.First().ShouldStartWith($"{rehearsal.Paper.Folder}(1,1): the folder cannot be read");
        Directory.Move(aside, rehearsal.Paper.Folder);
        rehearsal.Paper.Edit(PaperFolder.Storylets, Rain, Snow);
        await rehearsal.Until("the film to be taken again", () => !rehearsal.Show.Reloads.IsEmpty);
    }

    [Fact]
    public async Task A_session_that_refuses_says_why_in_the_reader_s_language_and_keeps_its_version()
    {
        await using var rehearsal = (await Rehearsing.Open("zh")).Begin();
        rehearsal.Show.Refuses = Refusals.Ended;
        rehearsal.Paper.Edit(PaperFolder.Storylets, Rain, Snow);
        await rehearsal.Until("the refusal", () => rehearsal.Said.Count > 0);
        rehearsal.Said.ShouldBe(["  " + Refusals.Ended.Sentence.In("zh")]);

        rehearsal.Show.Refuses = null;
        rehearsal.Paper.Edit(PaperFolder.Storylets, "The room, one-3. Rain", "The room, one-3. Hail");
        await rehearsal.Until("the next save to be taken", () => rehearsal.Said.Count > 1);
        rehearsal.Said.Last().ShouldBe("  从下一拍起采用新版本：one-2, one-3。");
    }

    [Fact]
    public async Task A_session_that_does_not_answer_is_asked_again()
    {
        await using var rehearsal = (await Rehearsing.Open()).Begin();
        rehearsal.Show.Fails = true;
        rehearsal.Paper.Edit(PaperFolder.Storylets, Rain, Snow);
        await rehearsal.Until("a second question", () => rehearsal.Show.Reloads.Count > 1);
        rehearsal.Said.ShouldBeEmpty();
        rehearsal.Show.Fails = false;
        await rehearsal.Until("the save to be taken", () => rehearsal.Said.Count > 0);
        rehearsal.Said.ShouldBe(["  From the next beat on as saved: one-2."]);
    }

    private static string First(Film film, string storylet) => film.Storylets.Single(one => one.Id == storylet).Lines[0].Words.In("en");
}
