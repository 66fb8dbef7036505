using System.Text.Json.Nodes;
using Orleans.Story.Rules.Drafting;

namespace Orleans.Story.Tests.Rules.Drafting;

public sealed class DraftFoldTests
{
    private static readonly Draft Whole = ScaffoldTests.Made("The Pier", "mystery", "Mara finds a letter. Zhou sold the boat.", ["en", "zh"], 11);

    [Fact]
    public void The_same_premise_and_seed_give_the_same_draft_and_another_seed_another()
    {
        DraftJson.Write(ScaffoldTests.Made("The Pier", "mystery", "Mara finds a letter. Zhou sold the boat.", ["en", "zh"], 11)).ShouldBe(DraftJson.Write(Whole));
        DraftJson.Write(ScaffoldTests.Made("The Pier", "mystery", "Mara finds a letter. Zhou sold the boat.", ["en", "zh"], 12)).ShouldNotBe(DraftJson.Write(Whole));
    }

    [Fact]
    public void The_premise_is_in_the_film()
    {
        var film = DraftFiles.Write(Whole).Film!;
        film.Cast[0].Name.Words.ShouldBe("Mara");
        film.Logline.Words.ShouldBe("Mara finds a letter. Zhou sold the boat.");
        film.Storylets.Single(storylet => storylet.Opening).Lines[0].Words.In("en").ShouldBe("Mara finds a letter.");
        film.Storylets.Single(storylet => storylet.Id == "past").Lines[0].Words.In("en").ShouldBe("Zhou sold the boat.");
        film.Facts.Single(fact => fact.Id == "lost").Statement.In("zh").ShouldBe("那封信不见了。");
    }

    [Fact]
    public void A_draft_survives_its_file_and_a_broken_file_is_none()
    {
        var json = DraftJson.Write(Whole);
        DraftJson.Write(DraftJson.Read(json)!).ShouldBe(json);
        foreach (var broken in (string[])["", "{", "{}", "null", "[]", json.Replace("\"mystery\"", "\"opera\""), json.Replace("\"chosen\": 0", "\"chosen\": 7"), json.Replace("\"1-arrival\"", "\"../x\"")])
            DraftJson.Read(broken).ShouldBeNull(broken.Length > 80 ? broken[..80] : broken);
    }

    [Fact]
    public void Nothing_but_a_person_changes_what_a_person_accepted()
    {
        var accepted = DraftFold.Accept(Whole, "opening").Draft;
        var opening = accepted.Find("opening")!;
        var asked = DraftFold.Propose(accepted, "opening", Scaffolding.Propose(accepted, "opening")).Draft.Find("opening")!;
        (asked.State, asked.Current, asked.Alternatives.Length).ShouldBe((PartState.Accepted, opening.Current, 2));

        // Another cast: what is only proposed speaks of the new people, what was accepted stays as it is.
        var recast = Scaffolding.Refresh(DraftFold.Propose(accepted, "cast", Scaffolding.Propose(accepted, "cast")).Draft);
        recast.Find("opening")!.Current.ShouldBe(opening.Current);
        recast.Find("ally")!.Current!.Content.ShouldNotBe(Whole.Find("ally")!.Current!.Content);
    }

    [Fact]
    public void Steps_that_make_no_sense_are_refused_and_change_nothing()
    {
        DraftFold.Accept(Whole, "nobody").Refusal!.Code.ShouldBe("no-such-part");
        DraftFold.Choose(Whole, "cast", 5).Refusal!.Code.ShouldBe("no-such-alternative");
        DraftFold.Replace(Whole, "cast", "  \n").Refusal!.Code.ShouldBe("empty-part");
        DraftFold.Replace(Whole, "cast", new string('x', Proposal.Longest + 1)).Refusal!.Code.ShouldBe("part-too-long");
        DraftFold.Propose(Whole, "acts", Scaffolding.Propose(Whole, "acts")).Refusal!.Code.ShouldBe("no-other");
        var open = DraftFold.Reject(Whole, "acts").Draft;
        (open.Find("acts")!.State, open.IsWhole, DraftFold.Accept(open, "acts").Refusal!.Code).ShouldBe((PartState.Open, false, "nothing-proposed"));
    }

    [Fact]
    public void Wordings_are_bounded_and_the_one_in_force_is_never_forgotten()
    {
        var draft = DraftFold.Accept(Whole, "head").Draft;
        var kept = draft.Find("head")!.Current;
        for (var i = 0; i < 20; i++) draft = DraftFold.Propose(draft, "head", new Proposal($"title: {i}\n", "hand")).Draft;
        draft.Find("head")!.Alternatives.Length.ShouldBe(DraftFold.MostAlternatives);
        draft.Find("head")!.Current.ShouldBe(kept);
    }

    [Fact]
    public void A_problem_is_said_where_it_is()
    {
        var broken = DraftFold.Replace(Whole, "claim", Whole.Find("claim")!.Current!.Content.Replace("sets: [owed]", "sets: [owned]")).Draft;
        var report = Advising.Of(broken);
        report.IsFilm.ShouldBeFalse();
        var problem = report.Reading.Problems.First(problem => !problem.Problem.IsWarning);
        problem.Part.ShouldBe("claim");
        broken.Find("claim")!.Current!.Content.Split('\n')[problem.Line - 1].ShouldContain("owned");
    }

    [Fact]
    public void The_scaffolds_own_shape_is_an_answer_that_fits()
    {
        foreach (var part in Whole.Parts.Where(Rewording.IsFor))
        {
            var result = Rewording.Of(Whole, part.Id, Rewording.Shape(Whole, part.Id), "m");
            result.Problems.ShouldBeEmpty(part.Id);
            result.Proposal!.By.ShouldBe("m");
        }
    }

    [Theory]
    [InlineData("{}", "missing")]
    [InlineData("{\"lines\":7,\"moment\":[],\"question\":null,\"options\":{}}", "lines")]
    [InlineData("{\"lines\":{\"en\":[\"nobody｜Hello.\"],\"zh\":[\"nobody｜你好。\"]},\"moment\":{\"en\":\"x\",\"zh\":\"x\"},\"question\":{\"en\":\"x\",\"zh\":\"x\"},\"options\":[{\"en\":\"a\",\"zh\":\"a\"},{\"en\":\"b\",\"zh\":\"b\"}]}", "nobody")]
    [InlineData("{\"lines\":{\"en\":[\"Rain.\"],\"zh\":[\"雨。\"]},\"moment\":{\"en\":\"x\",\"zh\":\"x\"},\"question\":{\"en\":\"x\",\"zh\":\"x\"},\"options\":[{\"en\":\"a\",\"zh\":\"a\"},{\"en\":\"b\",\"zh\":\"b\"}]}", "to read")]
    public void An_answer_that_does_not_fit_says_why(string answer, string why)
    {
        var result = Rewording.Of(Whole, "claim", JsonNode.Parse(answer)!.AsObject(), "m");
        result.Proposal.ShouldBeNull();
        string.Join("; ", result.Problems).ShouldContain(why);
    }
}
