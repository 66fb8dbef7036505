using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;

namespace Orleans.Story.Rules.Plot;

/// <summary>Why the planner chose, in one sentence for people.</summary>
internal static class Reasons
{
    private const double Near = 0.12;

    internal static Text For(BeatFunction function, double target, double? arousal, bool ends, int beats) =>
        (ends, beats, arousal) switch
        {
            (true, _, _) => Text.Both("Time is nearly up: the story lands here.", "时间将尽，故事在此落幕。"),
            (_, 1, _) => Text.Both("One beat is left before the ending: everything comes to a head.", "离结局只剩一拍，一切在此了断。"),
            (_, _, { } felt) when felt < target - Near => Text.Both("The hall is calmer than the story wants: the pressure rises.", "全场比故事所需的更平静，于是风浪渐起。"),
            (_, _, { } felt) when felt > target + Near => Text.Both("The hall is holding its breath: the story lets it out.", "全场屏住了呼吸，故事让它缓一口气。"),
            _ => function switch
            {
                BeatFunction.Setup => Text.Both("The story is still being laid out.", "故事仍在铺陈。"),
                BeatFunction.Complication => Text.Both("It is time for things to get harder.", "是时候让事情变得更难了。"),
                BeatFunction.Reversal => Text.Both("The story has run straight long enough: it turns.", "故事直行已久，该转弯了。"),
                BeatFunction.Reveal => Text.Both("Something hidden is due to come out.", "藏着的事，该见光了。"),
                _ => Text.Both("The arc climbs towards its peak.", "情节正攀向顶点。"),
            },
        };
}
