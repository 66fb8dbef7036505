using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;

namespace Orleans.Story.Inference.Prompting;

/// <summary>What a beat's function asks of its writer.</summary>
internal static class Functions
{
    internal static Text Ask(BeatFunction function) => function switch
    {
        BeatFunction.Setup => Text.Both("setup – who, where, and what is wanted", "铺垫——谁，在哪里，想要什么"),
        BeatFunction.Complication => Text.Both("complication – what they want gets harder to have", "阻碍——想要的东西变得更难得到"),
        BeatFunction.Reversal => Text.Both("reversal – it turns into its opposite", "反转——局面翻到反面"),
        BeatFunction.Reveal => Text.Both("reveal – something hidden comes out", "揭示——藏着的东西露出来"),
        BeatFunction.Crisis => Text.Both("crisis – the dilemma at its sharpest, no way out without loss", "危机——两难到了最尖锐的时候，怎样都要失去"),
        BeatFunction.Climax => Text.Both("climax – the decisive act, and what it costs", "高潮——决定性的一举，以及它的代价"),
        BeatFunction.Resolution => Text.Both("resolution – how it ends", "结局——故事怎样收场"),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "No such function."),
    };
}
