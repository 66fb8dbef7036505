using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot.Simulation;
using Orleans.Story.Rules.Safety;
using Orleans.Story.Tests.Rules.Plot;

namespace Orleans.Story.Tests.Rules.Safety;

/// <summary>A line as a model might write it: sound ones air, and each kind of unsound one is found by its own check.</summary>
public sealed class LineCheckTests
{
    private static readonly Film Wild = PaperFilms.Of(1);
    private static readonly Plan Plan = Rehearsals.Tell(Wild, new RehearsalTerms(600), Audiences.Random, 1).Steps[2].Plan;

    [Theory]
    [InlineData("en", "The rope gives, and nobody on deck says a word about it.")]
    [InlineData("en", "“You came back,” he says. “I never thought you'd come back.”")]
    [InlineData("en", "Twelve. Thirteen. Fourteen. STOP, says the sign.")]
    [InlineData("en", "I'm sorry, but I can't help you. Not tonight, not in March.")]
    [InlineData("en", "Lightning turns the deck white. Ann, run! God, it's cold.")]
    [InlineData("en", "No, no, no. Ha ha ha ha.")]
    [InlineData("en", "She writes one sign in the dust: 早. It means early.")]
    [InlineData("zh", "绳子松了，甲板上谁也没说话。")]
    [InlineData("zh", "“你回来了，”他说，“我以为你再也不回来。”")]
    [InlineData("zh", "哈哈哈哈，好，好，好。OK，走吧。")]
    [InlineData("zh", "一位老先生站在门口，那位女士没有看他。")]
    [InlineData("zh", "老百姓姓什么都行，马上走，马老了。")]
    [InlineData("zh", "他叫马上过来的人把高处的灯关了。")]
    public void A_sound_line_airs(string language, string words) => Checks(language, words).ShouldBeEmpty();

    [Theory]
    [InlineData("name", "en", "Behind them Marcus closes the door without a sound.")]
    [InlineData("name", "en", "Good evening, Mr. Henderson.")]
    [InlineData("name", "en", "Marcus says nothing.")]
    [InlineData("name", "en", "They sail for Port Verity at dawn.")]
    [InlineData("name", "zh", "门口站着亚历山大·霍夫曼，浑身是水。")]
    [InlineData("name", "zh", "他叫王建国。")]
    [InlineData("name", "zh", "王先生把伞放下。")]
    [InlineData("name", "zh", "老王说：走吧。")]
    [InlineData("name", "zh", "那个人姓赵。")]
    [InlineData("leak", "en", "As an AI, I cannot continue this scene.")]
    [InlineData("leak", "en", "Sure! Here is the next scene.")]
    [InlineData("leak", "en", "Here's the revised dialogue you asked for.")]
    [InlineData("leak", "en", "<|im_start|>assistant")]
    [InlineData("leak", "en", "```json")]
    [InlineData("leak", "en", "{\"options\": [\"stay\"]}")]
    [InlineData("leak", "en", "ann: I know.")]
    [InlineData("leak", "en", "ann｜I know.")]
    [InlineData("leak", "en", "**The door opens.**")]
    [InlineData("leak", "en", "The audience has voted, so the boat turns.")]
    [InlineData("leak", "en", "Follow the system prompt.")]
    [InlineData("leak", "zh", "作为一个AI，我不能继续。")]
    [InlineData("leak", "zh", "以下是续写的剧本：")]
    [InlineData("leak", "zh", "好的，以下是下一段。")]
    [InlineData("leak", "zh", "根据您的要求，船开始下沉。")]
    [InlineData("leak", "zh", "旁白：船开始下沉。")]
    [InlineData("leak", "zh", "人ann：我知道。")]
    [InlineData("language", "en", "绳子松了，甲板上谁也没说话。")]
    [InlineData("language", "en", "Le bateau ne part pas avec les enfants dans la nuit.")]
    [InlineData("language", "en", "Корабль тонет медленно.")]
    [InlineData("language", "zh", "The rope gives, and nobody says a word.")]
    [InlineData("language", "zh", "船はもう沈んでしまいました、さようなら。")]
    [InlineData("language", "zh", "他说 I really do not want to stay here any longer。")]
    [InlineData("repetition", "en", "and then we go and then we go and then we go and then we go")]
    [InlineData("repetition", "en", "row row row row row row row row")]
    [InlineData("repetition", "zh", "我们走吧我们走吧我们走吧我们走吧")]
    [InlineData("rating", "en", "What the fuck is that?")]
    [InlineData("rating", "zh", "这傻逼是谁？")]
    [InlineData("blocklist", "en", "Just kill yourself.")]
    [InlineData("hidden", "en", "The door\u200B opens.")]
    [InlineData("shape", "en", "   ")]
    public void An_unsound_line_is_found(string check, string language, string words) =>
        Checks(language, words).Select(finding => finding.Check).ShouldContain(check);

    [Fact]
    public void A_line_that_does_not_fit_on_the_wall_is_found()
    {
        Checks("en", string.Join(' ', Enumerable.Range(0, 60).Select(n => $"w{n}x"))).Select(finding => finding.Check).ShouldContain("length");
        Checks("zh", string.Concat(Enumerable.Range(0, 91).Select(n => (char)('\u4E00' + n)))).Select(finding => finding.Check).ShouldContain("length");
    }

    [Fact]
    public void Who_is_not_there_and_who_is_gone_does_not_speak()
    {
        Of(Wild, Plan, Said("ann", "Well."), ["bo"]).ShouldContain("speaker");
        Of(Wild, Plan, Said("zoe", "Well."), ["zoe"]).ShouldContain("cast");
        var film = Wild with { Cast = [.. Wild.Cast.Select(one => one.Id == "ann" ? one with { Gone = ["fact-1", "fact-2"] } : one)] };
        Of(film, Plan with { Facts = ["fact-2"] }, Said("ann", "Well."), ["ann"]).ShouldBe(["gone"]);
        Of(film, Plan with { Facts = ["fact-3"] }, Said("ann", "Well."), ["ann"]).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_happens_where_it_is_closed()
    {
        var film = Wild with { Places = [.. Wild.Places.Select(one => one.Id == "roof" ? one with { Closed = ["fact-1"] } : one)] };
        LineChecks.Of(film, Plan with { Facts = ["fact-1"] }, "roof", ["ann"], Said("ann", "Well."), ["en"]).Select(one => one.Check).ShouldBe(["closed"]);
        LineChecks.Of(film, Plan with { Facts = ["fact-1"] }, "road", ["ann"], Said("ann", "Well."), ["en"]).ShouldBeEmpty();
        LineChecks.Of(film, Plan, "moon", ["ann"], Said("ann", "Well."), ["en"]).Select(one => one.Check).ShouldBe(["place"]);
    }

    [Fact]
    public void A_line_told_before_is_not_told_again_almost_word_for_word()
    {
        const string Line = "The rope gives, and nobody on deck says a word about it.";
        var past = new CheckTerms(Past("en", Line));
        Checks("en", "The rope gives, and nobody on the deck says a word about it.", past).Select(one => one.Check).ShouldBe(["repetition"]);
        Checks("en", "The rope holds. Everybody talks at once about something else.", past).ShouldBeEmpty();
        Checks("zh", "绳子松了，甲板上谁也没有说一句话。", new CheckTerms(Past("zh", "绳子松了，甲板上谁也没有说一句话！"))).Select(one => one.Check).ShouldBe(["repetition"]);
        LineChecks.Of(Wild, Plan, "road", [], Said(null, Line), ["en"], [Said("ann", Line)]).Select(one => one.Check).ShouldBe(["repetition"]);
        LineChecks.Of(Wild, Plan, "road", [], Said(null, "Mind the step."), ["en"], [Said("ann", "Mind the step.")]).ShouldBeEmpty("a refrain may come back");
    }

    [Fact]
    public void A_name_that_aired_is_known_and_the_director_may_bring_in_whom_they_like()
    {
        Checks("en", "Then Marcus laughs.", new CheckTerms(Past("en", "Behind them Marcus closes the door."))).ShouldBeEmpty();
        Checks("zh", "王先生笑了。", new CheckTerms(Past("zh", "王先生把伞放下。"))).ShouldBeEmpty();
        LineChecks.Of(Wild, Plan, "road", [], Said(null, "Behind them Marcus closes the door.") with { ByDirector = true }, ["en"]).ShouldBeEmpty();
    }

    [Fact]
    public void The_rating_in_force_and_the_venues_words_decide()
    {
        Checks("en", "What the fuck is that?", new CheckTerms(Rating: "15")).ShouldBeEmpty();
        Checks("en", "Popcorn, anyone?", new CheckTerms(Blocklist: Blocklist.BuiltIn.With([new("popcorn", "never")]))).Select(one => one.Check).ShouldBe(["blocklist"]);
    }

    [Fact]
    public void What_the_film_calls_its_people_may_be_said()
    {
        var film = Wild with { Cast = [.. Wild.Cast, Wild.Cast[0] with { Id = "dick", Name = Text.Both("Dick", "迪克") }] };
        Of(film, Plan, Said(null, "Then Dick comes in."), []).ShouldBeEmpty();
        Checks("en", "Then Dick comes in.").Select(one => one.Check).ShouldContain("rating");
    }

    [Fact]
    public void What_the_director_forbade_is_found() =>
        Of(Wild, Plan with { Steering = Steering.None with { Forbidden = ["gun"] } }, Said(null, "A gunshot, far off."), []).ShouldBe(["forbidden-word"]);

    [Fact]
    public void A_note_for_writers_is_not_recited()
    {
        var film = Wild with { Cast = [Wild.Cast[0] with { Voice = Text.Both("Orders and figures. Answers a question with a smaller one.", "只说口令和数字。人家问大的，他答小的。") }, .. Wild.Cast.Skip(1)] };
        Of(film, Plan, Said("ann", "Orders and figures, answers a question with a smaller one, that is me."), ["ann"]).ShouldContain("leak");
        Of(film, Plan, Said("ann", "I answer a question with a question."), ["ann"]).ShouldBeEmpty();
    }

    private static StorySoFar Past(string language, string words) =>
        new([new PastBeat(0, "act-0", "road", [], Text.Of(language, words), [new Line(null, Text.Of(language, words))], null)]);

    private static Line Said(string? speaker, string words) => new(speaker, Text.Of("en", words));

    private static ImmutableArray<Finding> Checks(string language, string words, CheckTerms? terms = null) =>
        LineChecks.Of(Wild, Plan, "road", ["ann"], new Line("ann", Text.Of(language, words)), [language], terms: terms);

    private static IEnumerable<string> Of(Film film, Plan plan, Line line, string[] cast) =>
        LineChecks.Of(film, plan, "road", cast, line, ["en"]).Select(finding => finding.Check);
}
