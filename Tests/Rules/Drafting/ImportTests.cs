using Orleans.Story.Rules.Drafting;

namespace Orleans.Story.Tests.Rules.Drafting;

public sealed class ImportTests
{
    private const string Script = """
        Title: _Night Ferry_
        Author: Somebody

        # Act one

        INT. WHEELHOUSE - NIGHT #1#

        = She finds it.

        The radio *hisses*. [[ check the sound ]] Nobody has touched it.

        MARA (V.O.)
        (quietly)
        How many people
        are aboard?

        CAPTAIN ODUYA ^
        Fewer than there were.

        /* cut
        this */

        CUT TO:

        EXT./INT. DECK – LATER

        !SMASH
        @McAvoy
        I heard that.

        # 第二幕

        .LIMBO

        > THE END <
        """;

    [Fact]
    public void Fountain_is_read_as_people_write_it()
    {
        var treatment = FountainImport.Read(Script);
        treatment.Title.ShouldBe("Night Ferry");
        treatment.Beats.Select(beat => (beat.Act, beat.Place, beat.Moment)).ShouldBe([("Act one", "WHEELHOUSE", "NIGHT"), ("Act one", "DECK", "LATER")]);
        treatment.Beats[0].Lines.ShouldBe(
        [
            new TreatmentLine(null, "The radio hisses. Nobody has touched it."),
            new TreatmentLine("Mara", "How many people are aboard?"),
            new TreatmentLine("Captain Oduya", "Fewer than there were."),
        ]);
        treatment.Beats[0].Notes.ShouldBe(["She finds it.", "check the sound"]);
        treatment.Beats[1].Lines.ShouldBe([new TreatmentLine(null, "SMASH"), new TreatmentLine("McAvoy", "I heard that.")]);
    }

    [Theory]
    [InlineData("内景 灯塔 夜", "灯塔", "夜")]
    [InlineData("内景。灯塔 — 夜", "灯塔", "夜")]
    [InlineData("外景. 码头，黄昏", "码头", "黄昏")]
    [InlineData("3. 夜内 船舱", "船舱", null)]
    [InlineData("内/外 车里 日", "车里", "日")]
    public void Chinese_headings_are_known(string heading, string place, string? moment)
    {
        var treatment = FountainImport.Read($"{heading}\n\n灯灭了。\n\n小梅：（低声）你听。\n老周：听见了。\n");
        var beat = treatment.Beats.Single();
        (beat.Place, beat.Moment).ShouldBe((place, moment));
        beat.Lines.ShouldBe([new TreatmentLine(null, "灯灭了。"), new TreatmentLine("小梅", "你听。"), new TreatmentLine("老周", "听见了。")]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFFFC0\uFFFC [[")]
    [InlineData("[[ a ]] \uFFFC9\uFFFC")]
    [InlineData("/* */ */ [[ ]] ]] MARA\n\n\nMARA\n(")]
    [InlineData("Title:\n\n@\n@x\n.\n..\n>\n!\n~\n=\n==\n#\n")]
    [InlineData("\\\uD800 \\* \uE000")]
    public void Whatever_is_brought_along_is_read_or_empty(string text)
    {
        FountainImport.Read(text).Beats.ShouldAllBe(beat => beat.Lines.All(line => line.Words.Length > 0));
        TreatmentImport.Read(text).Beats.ShouldAllBe(beat => beat.Lines.All(line => line.Words.Length > 0));
    }

    [Fact]
    public void A_treatment_gives_a_title_acts_and_a_beat_a_paragraph()
    {
        var treatment = Treatments.Read("# The Pier\n\n## One\n\nMara **waits**.\nShe has no ticket.\n\n- The boat is late.\n- [Zhou](https://x.example) sold it.\n\n---\n\n## Two\n\nMorning.\n");
        treatment.Title.ShouldBe("The Pier");
        treatment.Beats.Select(beat => (beat.Act, string.Join(' ', beat.Lines.Select(line => line.Words)))).ShouldBe(
            [("One", "Mara waits. She has no ticket."), ("One", "The boat is late."), ("One", "Zhou sold it."), ("Two", "Morning.")]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(12)]
    [InlineData(40)]
    public void Any_number_of_scenes_is_a_film(int scenes)
    {
        var text = string.Join("\n\n", Enumerable.Range(1, scenes).Select(i => $"INT. ROOM {i % 7} - NIGHT\n\nScene number {i} begins with a sound that nobody in the house can place at all, {new string((char)('a' + (i % 26)), 6)}.\n\nMARA\nNumber {i}: {string.Join(' ', Enumerable.Range(i * 31, 9))}?\n\nTOM\n{string.Join(' ', Enumerable.Range(i * 57, 12))}."));
        var (premise, refusal) = Premise.Of("Rooms", "mystery", null, [], 4, Treatments.Read(text, "x.fountain"));
        refusal.ShouldBeNull();
        var draft = Scaffolding.Fill(Beginning.Of(premise!));
        draft.Parts.Count(part => part.Beat >= 0).ShouldBe(scenes);
        var reading = DraftFiles.Write(draft);
        reading.Problems.Select(problem => problem.Problem.ToString()).ShouldBeEmpty();
        var told = reading.Film!.Storylets.SelectMany(storylet => storylet.Lines).Select(line => line.Words.Words).ToList();
        for (var i = 1; i <= scenes; i++) told.ShouldContain(words => words.StartsWith($"Number {i}:", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_brought_along_in_one_language_is_not_claimed_in_another()
    {
        var source = Treatments.Read("INT. ROOM\n\nRain.\n\nINT. HALL\n\nMore rain.\n");
        Premise.Of("Rain", "", null, ["en", "zh"], 1, source).Refusal!.Code.ShouldBe("no-translation");
        Premise.Of("Rain", "", null, [], 1, source).Premise!.Languages.ShouldBe(["en"]);
    }
}
