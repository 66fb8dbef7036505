using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Tests.Support;

/// <summary>A film made of cardboard: four acts, an opening, five storylets an act, three endings, two languages.</summary>
public static class PaperFilm
{
    public static Film Film { get; } = Make();

    public static Text Say(string english, string chinese) => new("en", english, [new Wording("zh", chinese)]);

    private static Film Make()
    {
        string[] acts = ["one", "two", "three", "four"];
        BeatFunction[] functions = [BeatFunction.Setup, BeatFunction.Complication, BeatFunction.Reveal, BeatFunction.Crisis];
        var storylets = ImmutableArray.CreateBuilder<Storylet>();
        storylets.Add(Told("opening", BeatFunction.Setup, "one", 0.2) with { Opening = true });
        for (var act = 0; act < acts.Length; act++)
        {
            for (var i = 0; i < 5; i++) storylets.Add(Told($"{acts[act]}-{i}", functions[act], acts[act], (act / 4.0) + (i / 20.0)));
        }

        storylets.Add(Ending("ending-plain", []));
        storylets.Add(Ending("ending-left", ["chose-0"]));
        storylets.Add(Ending("ending-right", ["chose-1"]));
        return new Film
        {
            Ref = new FilmRef("paper", new string('a', 64)),
            Languages = ["en", "zh"],
            Title = Say("Paper", "纸"),
            Logline = Say("A film made of cardboard.", "一部纸板做的电影。"),
            Rating = "G",
            Minutes = new RunningTimes(2, 20),
            Cast = [Someone("ann"), Someone("bo")],
            Places = [new Place("room", Say("Room", "房间"), ["#000000", "#ffffff", "#ffcc00"], Say("Still.", "寂静。"))],
            Facts = [.. Enumerable.Range(0, 3).Select(i => new Fact($"chose-{i}", Say($"They chose {i}.", $"他们选了{i}。")))],
            Acts = [.. acts.Select((act, i) => new Act(act, Say($"Act {i + 1}", $"第{i + 1}幕"), 0.25, i / 4.0, (i + 1) / 4.0))],
            Storylets = storylets.ToImmutable(),
        };
    }

    private static Character Someone(string id) => new(id, Say(id, id), Say("w", "想"), Say("f", "怕"), Say("v", "声"), Say("s", "密"));

    private static Storylet Ending(string id, ImmutableArray<string> needs) =>
        Told(id, BeatFunction.Resolution, "four", 0.4) with { Needs = needs, Question = null, Options = [] };

    private static Storylet Told(string id, BeatFunction function, string act, double tension) => new()
    {
        Id = id,
        Function = function,
        Acts = [act],
        Tension = tension,
        Place = "room",
        Moment = Say("Day", "白天"),
        Cast = ["ann", "bo"],
        Lines =
        [
            new StoryletLine(null, Say($"The room, {id}. Rain on the one window it has.", $"房间，{id}。唯一的窗上有雨。")),
            new StoryletLine("ann", Say("You came back for the letter, not for me.", "你是为那封信回来的，不是为我。")),
            new StoryletLine("bo", Say("I came back because the door was open.", "我回来，是因为门开着。")),
            new StoryletLine(null, Say("Neither of them closes it.", "谁也没去关门。")),
        ],
        Question = Say("Who speaks first?", "谁先开口？"),
        Options =
        [
            new StoryletOption(Say("Ann speaks", "安开口"), ["chose-0"]),
            new StoryletOption(Say("Bo speaks", "博开口"), ["chose-1"]),
            new StoryletOption(Say("Nobody does", "都不说话"), ["chose-2"]),
        ],
    };
}
