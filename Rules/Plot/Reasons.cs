using System.Globalization;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Plot;

/// <summary>What a reason is found from.</summary>
/// <param name="Lived">What the hall lived through.</param>
/// <param name="Plan">The plan, without its reason.</param>
/// <param name="Chosen">The storylet.</param>
/// <param name="Mood">How the hall stands to the story.</param>
/// <param name="Again">Whether time was lost and the beat is planned again.</param>
/// <param name="OutOfStory">Whether the film ends before its time because nothing is left to tell.</param>
internal sealed record Why(Lived Lived, Plan Plan, FilmIndex.Entry Chosen, Mood Mood, bool Again, bool OutOfStory);

/// <summary>
/// Why the planner chose, in one sentence for people. It says what moved the choice and names a character, a place or an
/// open question where the card has room for it; it never says what will happen.
/// </summary>
internal static class Reasons
{
    /// <summary>How far the hall may be from the story before anyone speaks of it.</summary>
    internal const double Near = 0.12;

    /// <summary>What fits on the decision card.</summary>
    internal const int MostLetters = 79;

    /// <inheritdoc cref="MostLetters"/>
    internal const int MostIdeographs = 33;

    /// <summary>A choice this old is worth recalling.</summary>
    private const int OldChoice = 2;

    /// <summary>Whoever was away for so many beats was missed.</summary>
    private const int Missed = 4;

    internal static Text For(Why why)
    {
        var grounds = new List<Text[]>();
        if (why.Plan.Beat == 0) grounds.Add(Opening);
        else if (why.Plan.Ends) Ending(why, grounds);
        else Turns(why, grounds);
        // The first ground is the strongest; now and then the second speaks, so that a long show does not repeat itself.
        var ground = grounds[grounds.Count > 1 && Seeds.Below(Seeds.For(why.Plan.Seed, 77), 3) == 0 ? 1 : 0];
        // Beat by beat the next wording, so that two cards in a row never say the same; options of one round differ too.
        return ground[(why.Plan.Beat + Math.Max(0, why.Plan.Option)) % ground.Length];
    }

    private static void Ending(Why why, List<Text[]> grounds)
    {
        if (why.OutOfStory) grounds.Add(AllTold);
        if (why.Chosen.Needs.Any(fact => why.Lived.ChosenAgo(fact) is not null)) grounds.Add(EndsAsChosen);
        if (!why.Chosen.Pays.IsEmpty) grounds.Add(EndsPaying);
        grounds.Add(EndsInTime);
    }

    private static void Turns(Why why, List<Text[]> grounds)
    {
        var film = why.Lived.Film.Film;
        var storylet = why.Chosen.Storylet;
        if (why.Plan.Function == BeatFunction.Climax) grounds.Add(Climax);
        if (why.Again) grounds.Add(TimeLost);
        if (Felt(why) is { } felt) grounds.Add(felt);
        if (!storylet.Pays.IsEmpty)
        {
            var statement = film.Promises.FirstOrDefault(one => string.Equals(one.Id, storylet.Pays[0], StringComparison.Ordinal))?.Statement;
            grounds.Add([.. Named(statement, "Still open: {0}", "悬而未决：{0}"), .. Owed]);
        }

        if (why.Chosen.Needs.Any(fact => why.Lived.ChosenAgo(fact) >= OldChoice)) grounds.Add(Recalled);
        var missed = storylet.Cast.Where(id => why.Lived.Told.Count > Missed && why.Lived.Absent(id) >= Missed).MaxBy(why.Lived.Absent);
        if (missed is not null && film.Cast.FirstOrDefault(one => string.Equals(one.Id, missed, StringComparison.Ordinal)) is { } character)
        {
            grounds.Add([
                .. Named(character.Name, "{0} has been out of sight for too long.", "{0}已经很久没露面了。"),
                .. Named(character.Name, "Nobody has asked about {0} for a while. The story has.", "好一阵没人提起{0}，故事还记着。"),
                .. Away,
            ]);
        }

        if (why.Chosen.Needs.Any(fact => why.Lived.ChosenAgo(fact) is not null)) grounds.Add(JustChosen);
        if (why.Lived.Last is { } last && !string.Equals(last.Storylet.Place, storylet.Place, StringComparison.Ordinal)
            && film.Places.FirstOrDefault(one => string.Equals(one.Id, storylet.Place, StringComparison.Ordinal)) is { } place)
        {
            if (why.Plan.Beat % 2 == 0) grounds.Add(ByFunction(why.Plan.Function));
            grounds.Add([
                .. Named(place.Name, "Time to see what is going on elsewhere: {0}.", "该看看别处的动静了：{0}。"),
                .. why.Lived.Told.Count > 1 && string.Equals(why.Lived.Told[^2].Storylet.Place, last.Storylet.Place, StringComparison.Ordinal)
                    ? Named(place.Name, "We have been here long enough. Next: {0}.", "这里待得够久了，下一处：{0}。")
                    : Named(place.Name, "Meanwhile, elsewhere: {0}.", "与此同时，另一处：{0}。"),
                .. Elsewhere,
            ]);
        }

        grounds.Add(ByFunction(why.Plan.Function));
    }

    /// <summary>What the hall felt, and what the story makes of it as it was really chosen.</summary>
    private static Text[]? Felt(Why why)
    {
        var before = why.Lived.Last?.Storylet.Tension ?? 0;
        var now = why.Chosen.Storylet.Tension;
        return (why.Mood, now - before) switch
        {
            (Mood.Breathless, > 0) => StillTighter,
            (Mood.Breathless or Mood.AfterPeaks, < -0.05) => LetOut,
            (Mood.Calm, > 0.05) => Stirred,
            _ => null,
        };
    }

    private static Text[] ByFunction(BeatFunction function) => function switch
    {
        BeatFunction.Setup => Laid,
        BeatFunction.Complication => Harder,
        BeatFunction.Reversal => Turned,
        BeatFunction.Reveal => Hidden,
        BeatFunction.Crisis => Sharp,
        _ => Climax,
    };

    /// <summary>The sentence with a name in it, if the film has the name in both languages and the card has room.</summary>
    private static Text[] Named(Text? name, string english, string chinese)
    {
        if (name is null || !name.Has("en") || !name.Has("zh")) return [];
        var en = string.Format(CultureInfo.InvariantCulture, english, name.In("en")).Replace("..", ".", StringComparison.Ordinal);
        var zh = string.Format(CultureInfo.InvariantCulture, chinese, name.In("zh"));
        return en.Length <= MostLetters && zh.Length <= MostIdeographs ? [Text.Both(en, zh)] : [];
    }

    private static Text[] Opening { get; } =
    [
        Text.Both("The lights go down. Someone has to begin.", "灯光暗下，总得有人先开口。"),
        Text.Both("Every story needs a first step. This is it.", "故事总要迈出第一步，就是现在。"),
    ];

    private static Text[] AllTold { get; } = [Text.Both("Nothing is left unsaid, so it ends before its time.", "话已说尽，故事提前收场。")];

    private static Text[] EndsAsChosen { get; } =
    [
        Text.Both("You have chosen all along; this is where it leads.", "一路都是你们选的，终点就在这里。"),
        Text.Both("No other hall would have come out exactly here.", "换一场观众，就不会走到这里。"),
        Text.Both("Your choices have added up. Here is the sum.", "你们的选择加在一起，便是这个结局。"),
    ];

    private static Text[] EndsPaying { get; } =
    [
        Text.Both("What was promised is still open. Now it is paid.", "许下的还没有兑现，现在兑现。"),
        Text.Both("One question is left, and just enough time to answer it.", "只剩一个问题，也只剩回答它的时间。"),
    ];

    private static Text[] EndsInTime { get; } =
    [
        Text.Both("Time is nearly up: the story lands here.", "时间将尽，故事在此落幕。"),
        Text.Both("The clock has the last word: it ends here.", "时钟说了最后一句：到此为止。"),
    ];

    private static Text[] Climax { get; } =
    [
        Text.Both("One beat is left before the ending: everything comes to a head.", "离结局只剩一步，一切在此了断。"),
        Text.Both("There is no more room to wait: now it is decided.", "再没有可等的余地，现在就见分晓。"),
        Text.Both("All roads have been leading to this one moment.", "所有的路，都通向这一刻。"),
    ];

    private static Text[] TimeLost { get; } =
    [
        Text.Both("Time was lost, so the story takes the shorter road.", "耽搁了一阵，故事抄近路走。"),
        Text.Both("The hall had to wait; the story will not.", "全场等了一会儿，故事不再等了。"),
        Text.Both("The clock went on without us: the story catches up.", "钟没有等人，故事赶上去。"),
    ];

    private static Text[] StillTighter { get; } =
    [
        Text.Both("The hall held its breath: what was coming comes early.", "全场屏息，该来的提前来了。"),
        Text.Both("Nobody in the hall looked away, so the story does not either.", "没有人移开目光，故事也不回避。"),
        Text.Both("The hall is leaning forward: nobody gets to breathe now.", "全场都往前倾，这会儿谁也别松气。"),
        Text.Both("Nobody coughed. The story takes that for a yes.", "没有人咳嗽，故事就当大家答应了。"),
    ];

    private static Text[] LetOut { get; } =
    [
        Text.Both("The hall held its breath long enough: the story lets it out.", "全场屏息已久，故事让大家喘口气。"),
        Text.Both("After so much pressure, a moment to breathe.", "绷得太紧了，先缓一口气。"),
        Text.Both("Hearts are beating fast: the story slows down for them.", "心跳得太快，故事放慢一步。"),
    ];

    private static Text[] Stirred { get; } =
    [
        Text.Both("The hall was calm. Too calm: the wind gets up.", "全场太平静了，于是起风了。"),
        Text.Both("You sat back. The story leans forward.", "你们往后一靠，故事便逼近一步。"),
        Text.Both("It was quiet in here. That is about to change.", "这里太安静了，马上就不会了。"),
    ];

    private static Text[] Owed { get; } =
    [
        Text.Both("The story owes you an answer, and has not forgotten.", "故事欠你们一个答案，它没有忘。"),
        Text.Both("A promise has been open long enough.", "有个悬念已经挂得够久了。"),
        Text.Both("What was left open wants to be closed.", "悬着的事，该落地了。"),
    ];

    private static Text[] Recalled { get; } =
    [
        Text.Both("You chose this a while ago. Now it comes back.", "这是你们早先的选择，现在回来了。"),
        Text.Both("An earlier choice of yours has been travelling. It arrives.", "你们先前的选择一直在路上，此刻到了。"),
        Text.Both("Nothing you chose is lost; here it matters.", "选过的都不会白选，此处见效。"),
        Text.Both("The story remembers what you decided back then.", "当时你们怎么定的，故事都记得。"),
    ];

    private static Text[] JustChosen { get; } =
    [
        Text.Both("You wanted it so, and it has consequences.", "你们要这样，后果随之而来。"),
        Text.Both("You said it; the story takes you at your word.", "你们开了口，故事便当真。"),
        Text.Both("That choice opens a door. It is already moving.", "这一选打开了一扇门，门已经动了。"),
    ];

    private static Text[] Away { get; } = [Text.Both("Somebody has been out of sight for too long.", "有人已经很久没露面了。")];

    private static Text[] Elsewhere { get; } = [Text.Both("Something is going on elsewhere in the meantime.", "与此同时，别处也有动静。")];

    private static Text[] Laid { get; } =
    [
        Text.Both("You should know who is here before it starts to hurt.", "在疼起来之前，先认清这里都有谁。"),
        Text.Both("The story is still laying out its cards.", "故事还在摊开手里的牌。"),
        Text.Both("There is still time to look around. Use it.", "还有时间四下看看，别浪费。"),
    ];

    private static Text[] Harder { get; } =
    [
        Text.Both("It has been going too well.", "未免太顺利了。"),
        Text.Both("It is time for things to get harder.", "是时候让事情变难了。"),
        Text.Both("Every way out has its price. Here comes one.", "每条出路都有代价，这就来了一个。"),
    ];

    private static Text[] Turned { get; } =
    [
        Text.Both("The story has run straight for long enough: it turns.", "故事直行已久，该转弯了。"),
        Text.Both("When all seems clear, look again.", "看似分明的时候，再看一眼。"),
        Text.Both("The wind has been steady for too long.", "风向稳得太久了。"),
    ];

    private static Text[] Hidden { get; } =
    [
        Text.Both("Something hidden is due to come out.", "藏着的事，该见光了。"),
        Text.Both("Somebody here has kept quiet for long enough.", "有人沉默得够久了。"),
        Text.Both("The hall has earned a piece of the truth.", "大家该得到一点真相了。"),
    ];

    private static Text[] Sharp { get; } =
    [
        Text.Both("The arc climbs towards its peak; nobody gets off now.", "情节攀向顶点，谁也下不了车。"),
        Text.Both("Both ways cost something. That is the point.", "两条路都要付出，难就难在这里。"),
        Text.Both("There is less and less room to turn round.", "回头的余地越来越小。"),
    ];
}
